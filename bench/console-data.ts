/**
 * A district with everything that a console meets after years: 20,000 subjects, half a million entries, a million notices.
 * The register, two quarters, their visits, findings and alarms are written by the product itself; `console-history.ts`
 * repeats them in SQL. Such copies have real states, figures and entries, but no valid hashes: reads do not ask for them.
 */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { apply } from '../cases/apply.ts';
import type { CasesDeps } from '../cases/deps.ts';
import { fire } from '../cases/fire.ts';
import { deliverInbox } from '../cases/inbox.ts';
import { freezeFigures } from '../cases/supervision/freeze.ts';
import { startOfDay } from '../domain/kernel/civil-day.ts';
import type { Actor, PostRole } from '../domain/kernel/process.ts';
import type { Round } from '../domain/supervision/round-state.ts';
import type { ChecklistItem } from '../domain/supervision/round-visits.ts';
import { quarterOf } from '../domain/supervision/cycle-request.ts';
import { dayAfter, kickOff, loadDistrict, type District } from './district.ts';
import { abreast } from './measure.ts';
import { repeatHistory } from './console-history.ts';

const ABREAST = 8;
const MORNING_MS = 9 * 3_600_000;
/** Of a hundred visits, so many find something. */
const FINDINGS = 1;

/** Of a hundred rounds of the quarter, so many were made. */
interface Lived {
  readonly first: string;
  readonly visitedOn: string;
  readonly share: number;
}

/** Does nothing where it was done before. */
export async function fillConsole(deps: CasesDeps, today: string, say: (line: string) => void): Promise<void> {
  if (await isFilled(deps.pool)) return;
  say('载入示例辖区');
  const district = await loadDistrict(deps, 1);
  const thisQuarter = firstDayOf(today);
  const lastQuarter = firstDayOf(dayAfter(thisQuarter, -1));
  await live(deps, district, { first: lastQuarter, visitedOn: dayAfter(lastQuarter, 40), share: 97 }, say);
  await live(deps, district, { first: thisQuarter, visitedOn: dayAfter(today, -1), share: 55 }, say);
  say('到点');
  await fireAll(deps);
  await report(deps, district, quarterOf(lastQuarter));
  say('历年流水、通知与日志');
  await repeatHistory(deps.pool, quarterOf(lastQuarter), say);
}

async function isFilled(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ some: boolean; done: boolean }>(
    "SELECT EXISTS (SELECT FROM units) AS some, EXISTS (SELECT FROM notices WHERE message_id LIKE 'bench/%') AS done",
  );
  const { some = false, done = false } = rows[0] ?? {};
  if (some && !done) throw new Error('the data of an earlier run is half made; remove it and start again');
  return done;
}

const MONTHS = ['01', '04', '07', '10'] as const;
const firstDayOf = (on: string): string => `${on.slice(0, 4)}-${MONTHS[Number(quarterOf(on).slice(6)) - 1] ?? '01'}-01`;

const asOf = (deps: CasesDeps, on: string): CasesDeps => ({
  ...deps,
  now: () => Promise.resolve(startOfDay(on) + MORNING_MS),
});

/** A quarter kicked off on its first morning, and the visits of most of its rounds. */
async function live(deps: CasesDeps, { officer }: District, lived: Lived, say: (line: string) => void): Promise<void> {
  const quarter = quarterOf(lived.first);
  say(`${quarter}:启动`);
  const cycle = await kickOff(asOf(deps, lived.first), { kind: 'quarter', quarter }, officer);
  const { rows } = await deps.pool.query<{ id: string; unit: string; role: PostRole; state: Round }>(
    `SELECT c.id, p.unit_id AS unit, p.role, c.state FROM cases c JOIN posts p ON p.id = c.holder_post
      WHERE c.kind = 'round' AND c.cycle_id = $1 AND c.closed_at IS NULL ORDER BY md5(c.id)`,
    [cycle],
  );
  const made = rows.slice(0, Math.ceil((rows.length * lived.share) / 100));
  say(`${quarter}:${String(made.length)} 个轮次的走访`);
  const items = (await deps.office.inForce(deps.pool)).policy.value<readonly ChecklistItem[]>('supervision.checklist');
  const then = asOf(deps, lived.visitedOn);
  let visits = 0;
  await abreast(made, ABREAST, async ({ id, unit, role, state: { person, post, visits: due } }) => {
    if (person === null) return;
    const actor: Actor = { person, post, unit, role, capacity: 'self' };
    for (const { subject } of due) {
      visits += 1;
      await visit(then, { caseId: id, actor, subject, items, on: lived.visitedOn, found: visits % 100 < FINDINGS });
    }
  });
  while ((await deliverInbox(then)) > 0);
}

interface Visit {
  readonly caseId: string;
  readonly actor: Actor;
  readonly subject: string;
  readonly items: readonly ChecklistItem[];
  readonly on: string;
  readonly found: boolean;
}

async function visit(deps: CasesDeps, { caseId, actor, subject, items, on, found }: Visit): Promise<void> {
  const [first] = items;
  const command = {
    type: 'record-visit',
    visit: randomUUID(),
    subject,
    visitedOn: on,
    mode: 'on-site',
    items: items.map(({ code }) => ({ code, met: !(found && code === first?.code) })),
    findings: found
      ? [{ finding: randomUUID(), item: first?.code, severity: 'general', text: `冷藏柜温度过高(${subject})` }]
      : [],
    evidence: [{ digest: 'b'.repeat(64), takenOn: on }],
    confirmedBy: 'business',
  };
  const answer = await apply(deps, command, { caseId, key: command.visit, actor });
  if (!answer.ok) throw new Error(`visit refused: ${JSON.stringify(answer.refusal)}`);
}

/** A quarter that is over is reported and closed: boards count only those that run. */
async function report(deps: CasesDeps, { officer }: District, quarter: string): Promise<void> {
  const caseId = `cycle/${quarter}`;
  if (!(await freezeFigures(deps, caseId))) throw new Error(`the figures of ${quarter} could not be frozen`);
  const closed = await apply(deps, { type: 'close' }, { caseId, key: `bench/close/${quarter}`, actor: officer });
  if (!closed.ok) throw new Error(`close refused: ${closed.refusal.code}`);
}

/** Every alarm that is due; a case may have several rungs behind it. */
async function fireAll(deps: CasesDeps): Promise<void> {
  for (let left = 5; left > 0; left -= 1) {
    const { rows } = await deps.pool.query<{ id: string }>(
      `SELECT id FROM cases WHERE closed_at IS NULL AND next_alarm_at <= floor(extract(epoch FROM now()) * 1000) ORDER BY id`,
    );
    if (rows.length === 0) return;
    await abreast(rows, ABREAST, async ({ id }) => void (await fire(deps, id)));
    while ((await deliverInbox(deps)) > 0);
  }
}
