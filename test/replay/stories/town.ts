/** The small town that every story is told of, its people, its register and what they may say. Tells no story itself. */
import { loadOfficeData } from '../../../cases/office-data.ts';
import { CALENDAR_NAME } from '../../../cases/office.ts';
import type { CalendarData } from '../../../domain/kernel/calendar.ts';
import type { Actor, PostRole } from '../../../domain/kernel/process.ts';
import type { RegisterChange } from '../../../domain/register/change.ts';

const ON = '2026-09-01';
export const DIGEST = 'a'.repeat(64);

export const acting = (post: string, role: PostRole, unit: string): Actor => ({
  person: `p-${post}`,
  post,
  role,
  unit,
  capacity: 'self',
});

export const OFFICE = acting('fso', 'district-office', 'xh');
export const TOWN_HEAD = acting('t1-head', 'town-head', 't1');
export const TOWN_OFFICE = acting('t1-office', 'town-office', 't1');
export const STATION = acting('t1-station', 'regulator-head', 't1');
export const REGULATOR = acting('t1-r1', 'regulator', 't1');
export const BUREAU = acting('msa-head', 'department-head', 'msa');
export const [CADRE_1, CADRE_2, CADRE_3] = [1, 2, 3].map((n) => acting(`t1-c1-d${String(n)}`, 'cadre', 't1-c1')) as [
  Actor,
  Actor,
  Actor,
];

export const post = (
  { post: id, role, unit }: Actor,
  superior: string | null,
  level: 'D' | null = null,
): RegisterChange[] => [
  { type: 'post-added', post: id, unit, title: id, role, superior, class: level, on: ON },
  ...newcomer(`p-${id}`, id, ON),
];

export const newcomer = (person: string, to: string, on: string): RegisterChange[] => [
  { type: 'person-added', person, data: { name: '某人', email: null, phone: null }, generated: true },
  { type: 'tenure-began', post: to, person, on },
];

export const subject = (id: string, on: string, risk: 'low' | 'high' = 'low'): RegisterChange => ({
  type: 'subject-added',
  subject: id,
  name: '某店',
  creditCode: null,
  class: 'D',
  risk,
  trade: '餐饮',
  unit: 't1-c1',
  address: '某路',
  on,
});
export const bound = (id: string, { post: to }: Actor, on: string): RegisterChange => ({
  type: 'bound',
  subject: id,
  post: to,
  on,
});
export const pledged = ({ post: id }: Actor, person: string, on: string): RegisterChange => ({
  type: 'pledge-signed',
  person,
  post: id,
  version: '2026',
  on,
  withPost: 't1-head',
  document: null,
});

/** The register as it was filled on `ON`; subjects s1 … s6 are guaranteed, one cadre has signed the pledge. */
export const TOWN: readonly RegisterChange[] = [
  { type: 'unit-added', unit: 'xh', name: '某区', kind: 'district', parent: null },
  { type: 'unit-added', unit: 'msa', name: '某局', kind: 'department', parent: 'xh' },
  { type: 'unit-added', unit: 't1', name: '某镇', kind: 'town', parent: 'xh' },
  { type: 'unit-added', unit: 't1-c1', name: '某村', kind: 'community', parent: 't1' },
  ...post(OFFICE, null),
  ...post(BUREAU, 'fso'),
  ...post(TOWN_HEAD, 'fso'),
  ...post(TOWN_OFFICE, 't1-head'),
  ...post(STATION, 'msa-head'),
  ...post(REGULATOR, 't1-station'),
  ...[CADRE_1, CADRE_2, CADRE_3].flatMap((cadre) => post(cadre, 't1-head', 'D')),
  pledged(CADRE_1, CADRE_1.person, ON),
  ...['s1', 's2', 's3', 's4', 's5', 's6'].map((id) => subject(id, ON, id === 's3' ? 'high' : 'low')),
  ...['s1', 's2', 's3'].map((id) => bound(id, CADRE_1, ON)),
  ...['s4', 's5'].map((id) => bound(id, CADRE_2, ON)),
  bound('s6', CADRE_3, ON),
];

const policy = loadOfficeData().policies.at(-1);
const checklist = policy?.values['supervision.checklist']?.value as readonly { code: string }[];
export const ITEMS = checklist.map(({ code }) => ({ code, met: true }));

export const visit = (
  id: string,
  of: string,
  visitedOn: string,
  findings: readonly (readonly [string, string])[] = [],
) => ({
  type: 'record-visit',
  visit: id,
  subject: of,
  visitedOn,
  mode: 'on-site',
  items: ITEMS,
  findings: findings.map(([finding, severity]) => ({
    finding,
    item: ITEMS[0]?.code ?? '',
    severity,
    text: '台账不全',
  })),
  evidence: evidence(visitedOn),
  confirmedBy: 'business',
});
export const evidence = (takenOn: string) => [{ digest: DIGEST, takenOn }];

export const roundOf = ({ post: id }: Actor, cycle = '2026-Q4'): string => `round/${cycle}/${id}`;
export const correctionOf = (finding: string): string => `correction/2026-Q4/${CADRE_1.post}/${finding}`;

/** Which case of which story shows what. */
export type Cast = { readonly [kindAndStory: string]: string };

export function calendar({
  version,
  knownThrough,
  off,
}: {
  readonly version: string;
  readonly knownThrough: string;
  readonly off: readonly string[];
}) {
  const before = loadOfficeData().calendars.at(-1) as CalendarData;
  const named = new Set(before.holidays.map(({ date }) => date));
  const added = off.filter((date) => !named.has(date)).map((date) => ({ date, name: '故事' }));
  const holidays = [...before.holidays, ...added].sort((a, b) => (a.date < b.date ? -1 : 1));
  return {
    kind: 'calendar',
    name: CALENDAR_NAME,
    version,
    body: { ...before, version, knownThrough, holidays },
  } as const;
}

/** The same town whose register was filled on another day, and a subject that nobody guarantees. */
export const townSince = (on: string): RegisterChange[] =>
  [...TOWN, subject('s7', on)].map((change) => ('on' in change ? { ...change, on } : change));
