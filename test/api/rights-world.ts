/** Two towns side by side, everything worth reading in the first, and one person for every role, place and relation to it. */
import type { Serving } from './serving.ts';
import { digestOf, evidenceOnDisk, keepEvidence } from '../../cases/evidence-store.ts';
import { apply } from '../../cases/apply.ts';
import { openCase } from '../../cases/open.ts';
import { previewCycle } from '../../cases/supervision/preview.ts';
import { changeRegister } from '../../cases/register/change-register.ts';
import { SYSTEM, type Actor, type PostRole, type Typed } from '../../domain/kernel/process.ts';
import type { RegisterChange } from '../../domain/register/change.ts';
import { ROLES } from '../../domain/rights/table.ts';

export const PLACES = ['own', 'other'] as const;
export type Place = (typeof PLACES)[number];
export const RELATIONS = ['none', 'holder', 'notified', 'guarantor'] as const;
export type Relation = (typeof RELATIONS)[number];

/** Somebody with a role, in the town of the target or the other one, and what they have to do with the target. */
export interface Someone {
  readonly role: PostRole;
  readonly place: Place;
  readonly relation: Relation;
  readonly person: string;
  readonly post: string;
  readonly unit: string;
}

/** One of everything that can be asked for by its id; all of it lies in the first town. */
export interface Target {
  readonly key: string;
  readonly correction: string;
  /** Without its kind. */
  readonly round: string;
  readonly subject: string;
  readonly subjectName: string;
  /** What somebody wrote in the correction. */
  readonly words: string;
  readonly notice: string;
  readonly digest: string;
  /** Of the cadre who found it. */
  readonly post: string;
  readonly person: string;
  readonly unit: string;
  /** A cycle of the first town, looked at before it is started: the same for every target. */
  readonly preview: string;
}

export interface World {
  readonly people: readonly Someone[];
  readonly targetOf: (someone: Someone) => Target;
  readonly targets: readonly Target[];
}

export const CYCLE = '2026-Q4';
/** Where every target lies, and the town above it. */
export const COMMUNITY = 'C1';
export const TOWN = { own: 'T1', other: 'T2' } as const;
/** The cadre of the first town who found everything, and the regulator who deals with it. */
export const FINDER = 'finder';
export const REGULATOR = 'regulator-1';

const ON = '2026-01-05';

export const PEOPLE: readonly Someone[] = ROLES.flatMap((role) =>
  PLACES.flatMap((place) =>
    RELATIONS.map((relation) => {
      const id = `${role}-${place}-${relation}`;
      return { role, place, relation, person: `h-${id}`, post: id, unit: TOWN[place] };
    }),
  ),
);

const keyOf = ({ relation, post }: Someone): string => (relation === 'none' ? 'shared' : post);
const KEYS = [...new Set(PEOPLE.map(keyOf))];
export const nameOfSubject = (key: string): string => `店〔${key}〕`;
export const wordsOfFinding = (key: string): string => `言〔${key}〕冷藏不足`;

const post = (id: string, unit: string, role: PostRole, guarantees: boolean): RegisterChange => ({
  type: 'post-added',
  post: id,
  unit,
  title: `岗位${id}`,
  role,
  superior: null,
  class: guarantees ? 'C' : null,
  on: ON,
});
const held = (id: string, by: string): readonly RegisterChange[] => [
  {
    type: 'person-added',
    person: by,
    data: { name: `人${by}`, email: `${by}@test.invalid`, phone: '0571-87650000' },
    generated: true,
  },
  { type: 'tenure-began', post: id, person: by, on: ON },
];

const REGISTER: readonly RegisterChange[] = [
  { type: 'unit-added', unit: 'D', name: '测试区', kind: 'district', parent: null },
  { type: 'unit-added', unit: TOWN.own, name: '甲镇', kind: 'town', parent: 'D' },
  { type: 'unit-added', unit: TOWN.other, name: '乙镇', kind: 'town', parent: 'D' },
  { type: 'unit-added', unit: COMMUNITY, name: '甲社区', kind: 'community', parent: TOWN.own },
  post(FINDER, TOWN.own, 'cadre', true),
  ...held(FINDER, `h-${FINDER}`),
  post(REGULATOR, TOWN.own, 'regulator', false),
  ...held(REGULATOR, `h-${REGULATOR}`),
  ...PEOPLE.flatMap(({ post: id, person, unit, role }) => [post(id, unit, role, false), ...held(id, person)]),
  ...KEYS.flatMap((key): RegisterChange[] => [
    {
      type: 'subject-added',
      subject: `s-${key}`,
      name: nameOfSubject(key),
      creditCode: null,
      class: 'C',
      risk: 'low',
      trade: '餐饮',
      unit: COMMUNITY,
      address: '测试路 1 号',
      on: ON,
    },
    { type: 'bound', subject: `s-${key}`, post: FINDER, on: ON },
  ]),
];

const regulator: Actor = {
  person: `h-${REGULATOR}`,
  post: REGULATOR,
  role: 'regulator',
  unit: TOWN.own,
  capacity: 'self',
};
const office: Actor = {
  person: 'h-district-office-own-none',
  post: 'district-office-own-none',
  role: 'district-office',
  unit: TOWN.own,
  capacity: 'self',
};

/** A cycle of the first town alone. */
export const SPECIAL = {
  kind: 'unit',
  name: 'special',
  fromOn: '2026-12-01',
  toOn: '2026-12-20',
  unit: TOWN.own,
} as const;

export async function settleWorld(api: Serving): Promise<World> {
  const written = await changeRegister(api.cases, REGISTER, { actor: SYSTEM, key: 'world' });
  if (!written.ok) throw new Error(`world: ${JSON.stringify(written)}`);
  await open(api, 'cycle', CYCLE, office, {
    type: 'open',
    title: '第四季度',
    period: { fromOn: '2026-10-01', toOn: '2026-12-31' },
    scope: { kind: 'quarter' },
    planHash: 'a'.repeat(64),
    rounds: KEYS.length,
    visits: KEYS.length,
    provisional: false,
  });
  const targets = new Map<string, Target>();
  const preview = await previewCycle(api.cases, SPECIAL, office);
  if ('refused' in preview) throw new Error(`preview: ${preview.refused.code}`);
  for (const [nth, key] of KEYS.entries())
    targets.set(key, { ...(await plant(api, key, nth + 1)), preview: preview.hash });
  for (const someone of PEOPLE) await relate(api, someone, targetOf(targets, someone));
  return { people: PEOPLE, targets: [...targets.values()], targetOf: (someone) => targetOf(targets, someone) };
}

function targetOf(targets: ReadonlyMap<string, Target>, someone: Someone): Target {
  const target = targets.get(keyOf(someone));
  if (target === undefined) throw new Error(`nothing is planted for ${someone.post}`);
  return target;
}

async function open(api: Serving, kind: string, key: string, actor: Actor, said: object): Promise<void> {
  const command = said as Typed;
  const opened = await openCase(api.cases, { kind, key, command, idempotencyKey: `open-${kind}-${key}`, actor });
  if (!opened.ok) throw new Error(`${kind}/${key}: ${opened.refusal.code}`);
}

/** A subject's round, its correction with words and a file, a notice of it: all of the first town. */
async function plant(api: Serving, key: string, ordinal: number): Promise<Omit<Target, 'preview'>> {
  const subject = `s-${key}`;
  const round = `${CYCLE}/r-${key}`;
  await open(api, 'round', round, SYSTEM, {
    type: 'open',
    cycle: CYCLE,
    period: { fromOn: '2026-10-01', toOn: '2026-12-31' },
    post: FINDER,
    unit: COMMUNITY,
    person: `h-${FINDER}`,
    visits: [{ subject, onSite: false }],
    dueOn: '2026-12-31',
  });
  await api.database.pool.query(
    `INSERT INTO cycle_plan (cycle_id, ordinal, post_id, round_key, input, problems, result)
     VALUES ($1, $2, $3, $4, $5, '[]', 'opened')`,
    [`cycle/${CYCLE}`, ordinal, FINDER, round, JSON.stringify({ unit: COMMUNITY, visits: [{ subject }] })],
  );
  const file = `f-${key}`;
  const correction = `correction/${CYCLE}/${FINDER}/${file}`;
  await open(api, 'correction', `${CYCLE}/${FINDER}/${file}`, SYSTEM, {
    type: 'open',
    round: `round/${round}`,
    subject,
    unit: COMMUNITY,
    finding: file,
    item: 'storage',
    severity: 'general',
    foundOn: '2026-11-24',
    foundBy: FINDER,
    finder: `h-${FINDER}`,
    text: wordsOfFinding(key),
  });
  const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(`像〔${key}〕`)]);
  const digest = digestOf(bytes);
  const store = evidenceOnDisk(api.evidenceDir);
  await keepEvidence(
    { pool: api.database.pool, store },
    { digest, bytes, mediaType: 'image/jpeg', person: `h-${REGULATOR}` },
  );
  const said: readonly object[] = [
    { type: 'claim' },
    { type: 'order', dueOn: '2026-12-10', requirement: wordsOfFinding(key) },
    { type: 'report-done', evidence: [{ digest, takenOn: '2026-11-24' }] },
  ];
  for (const [nth, command] of said.entries()) {
    const target = { caseId: correction, key: `${key}-${String(nth)}`, actor: regulator };
    const answer = await apply(api.cases, command as Typed, target);
    if (!answer.ok) throw new Error(`${correction}: ${answer.refusal.code}`);
  }
  const { rows } = await api.database.pool.query<{ id: string }>(
    `INSERT INTO notices (case_id, seq, post, template, channel, urgency, details, at)
     VALUES ($1, 1, $2, 'next-cycle-proposed', 'mail', 'digest', '{}', 0) RETURNING id`,
    [correction, FINDER],
  );
  return {
    key,
    correction,
    round,
    subject,
    subjectName: nameOfSubject(key),
    words: wordsOfFinding(key),
    notice: rows[0]?.id ?? '',
    digest,
    post: FINDER,
    person: `h-${FINDER}`,
    unit: COMMUNITY,
  };
}

/** What makes the target somebody's own. */
async function relate({ database: { pool } }: Serving, { relation, post: id }: Someone, target: Target): Promise<void> {
  const both = [target.correction, `round/${target.round}`];
  switch (relation) {
    case 'none':
      return;
    case 'holder':
      await pool.query('UPDATE cases SET holder_post = $1 WHERE id = ANY($2)', [id, both]);
      return;
    case 'notified':
      await pool.query('UPDATE notices SET post = $1 WHERE id = $2', [id, target.notice]);
      await pool.query(
        `INSERT INTO notices (case_id, seq, post, template, channel, urgency, details, at)
         VALUES ($1, 1, $2, 'next-cycle-proposed', 'mail', 'digest', '{}', 0)`,
        [`round/${target.round}`, id],
      );
      return;
    case 'guarantor':
      await pool.query('UPDATE bindings SET post_id = $1 WHERE subject_id = $2', [id, target.subject]);
  }
}
