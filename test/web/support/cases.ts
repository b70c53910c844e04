/** Cases with a history, made through the product's own commands at instants of the test's choosing. */
import { apply } from '../../../cases/apply.ts';
import type { CasesDeps } from '../../../cases/deps.ts';
import type { Actor, PostRole, Typed } from '../../../domain/kernel/process.ts';
import type { Console } from './console.ts';

export const shanghai = (local: string): number => Date.parse(`${local}:00+08:00`);

/** From now on it is this instant for the API's reads and acts. */
export function setNow({ api }: Pick<Console, 'api'>, local: string): void {
  const at = shanghai(local);
  Object.assign(api.cases, { now: () => Promise.resolve(at) });
}

export interface Who {
  readonly person: string;
  readonly post: string;
  readonly unit: string;
  readonly role: PostRole;
}

/** The holders of the posts of a role, in a unit or anywhere. */
export async function holdersOf({ api }: Pick<Console, 'api'>, role: PostRole, unit?: string): Promise<readonly Who[]> {
  const { rows } = await api.database.pool.query<Who>(
    `SELECT t.person_id AS person, p.id AS post, p.unit_id AS unit, p.role FROM posts p JOIN tenures t ON t.post_id = p.id
      WHERE p.role = $1 AND t.to_on IS NULL AND ($2::text IS NULL OR p.unit_id = $2) ORDER BY p.id`,
    [role, unit ?? null],
  );
  return rows;
}

const asActor = ({ person, post, unit, role }: Who): Actor => ({ person, post, unit, role, capacity: 'self' });

let keys = 0;

/** Says something to a case at an instant. Throws the refusal's code. */
export async function sayAt(deps: CasesDeps, at: number, who: Who, caseId: string, command: Typed): Promise<void> {
  const then: CasesDeps = { ...deps, now: () => Promise.resolve(at) };
  const answer = await apply(then, command, { caseId, key: `history-${String((keys += 1))}`, actor: asActor(who) });
  if (!answer.ok) throw new Error(`${command.type}: ${answer.refusal.code}`);
}

export interface SomeRound {
  readonly caseId: string;
  readonly cadre: Who;
  /** Subjects still to be visited, and the town they lie in. */
  readonly subjects: readonly string[];
  readonly town: string;
}

/** The rounds of community cadres with the most subjects, largest first. */
export async function largestRounds({ api }: Pick<Console, 'api'>): Promise<readonly SomeRound[]> {
  const { rows } = await api.database.pool.query<Omit<SomeRound, 'cadre'> & Who>(
    `SELECT c.id AS "caseId", t.person_id AS person, p.id AS post, p.unit_id AS unit, p.role,
            (SELECT array_agg(v ->> 'subject') FROM jsonb_array_elements(c.state -> 'visits') v) AS subjects,
            split_part(u.path, '/', 2) AS town
       FROM cases c JOIN posts p ON p.id = c.holder_post JOIN tenures t ON t.post_id = p.id AND t.to_on IS NULL
            JOIN units u ON u.id = p.unit_id
      WHERE c.kind = 'round' AND u.kind = 'community' AND c.closed_at IS NULL
      ORDER BY jsonb_array_length(c.state -> 'visits') DESC, c.id`,
  );
  return rows.map(({ caseId, subjects, town, person, post, unit, role }) => ({
    caseId,
    subjects,
    town,
    cadre: { person, post, unit, role },
  }));
}

/** A visit with as many findings as asked for. */
export async function visitAt(
  { api }: Pick<Console, 'api'>,
  at: number,
  { caseId, cadre, subjects }: SomeRound,
  { findings, nth = 0 }: { readonly findings: number; readonly nth?: number },
): Promise<string> {
  const client = await api.cases.pool.connect();
  try {
    const { policy } = await api.cases.office.inForce(client);
    const checklist = policy.value<{ code: string; required: boolean }[]>('supervision.checklist');
    const items = checklist.filter(({ required }) => required).map(({ code }) => ({ code, met: false }));
    const item = items[0]?.code ?? '';
    const visit = `v-${String(nth)}-${String(at)}`;
    await sayAt(api.cases, at, cadre, caseId, {
      type: 'record-visit',
      visit,
      subject: subjects[nth] ?? '',
      visitedOn: new Date(at + 8 * 3_600_000).toISOString().slice(0, 10),
      mode: 'on-site',
      items,
      findings: Array.from({ length: findings }, (_, n) => ({
        finding: `f-${String(nth)}-${String(n + 1)}`,
        item,
        severity: 'general',
        text: `冷藏柜温度过高,第 ${String(n + 1)} 处`,
      })),
      evidence: [{ digest: 'a'.repeat(64), takenOn: new Date(at + 8 * 3_600_000).toISOString().slice(0, 10) }],
      confirmedBy: 'business',
    } as Typed);
    return `correction/${caseId.slice('round/'.length)}/f-${String(nth)}-1`;
  } finally {
    client.release();
  }
}
