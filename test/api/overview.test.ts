import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSample } from '../../cases/register/sample/load.ts';
import { confirmCycle } from '../../cases/supervision/confirm.ts';
import { previewCycle } from '../../cases/supervision/preview.ts';
import { caseWorker } from '../../cases/supervision/work.ts';
import { DAY_MS, localDate, startOfDay } from '../../domain/kernel/civil-day.ts';
import type { Actor, PostRole } from '../../domain/kernel/process.ts';
import { NOON, by } from './district.ts';
import { startApi, type Serving } from './serving.ts';

interface Unit {
  readonly unit: string;
  readonly kind: string;
  readonly list: string | null;
  readonly open: number;
  readonly near: number;
  readonly today: number;
  readonly overdue: number;
  readonly series: readonly number[];
  readonly longest: { readonly caseId: string; readonly workingDays: number } | null;
}
interface Overview {
  readonly open: number;
  readonly near: number;
  readonly today: number;
  readonly overdue: number;
  readonly waiting: number;
  readonly decisions: readonly { readonly caseId: string }[];
  readonly rates: Readonly<Record<'binding' | 'pledge', { readonly missing: number }>>;
  readonly units: readonly Unit[];
  readonly coming: readonly {
    readonly on: string;
    readonly off: boolean;
    readonly count: number;
    readonly list: string;
  }[];
  readonly effects: {
    readonly rungs: readonly { readonly fired: number; readonly judged: number; readonly answered: number }[];
  };
  readonly failed: readonly { readonly state: string; readonly words: string; readonly count: number }[];
}

const TODAY_ENDS = startOfDay(localDate(NOON)) + DAY_MS;
/** 27 November, a Friday: the third working day after the 24th. */
const SOON_ENDS = TODAY_ENDS + 3 * DAY_MS;

let api: Serving;
const holders = new Map<string, Actor>();

async function holderOf(role: PostRole): Promise<Actor> {
  const { rows } = await api.database.pool.query<{ person: string; post: string; unit: string }>(
    `SELECT t.person_id AS person, p.id AS post, p.unit_id AS unit FROM posts p JOIN tenures t ON t.post_id = p.id AND t.to_on IS NULL
      WHERE p.role = $1 ORDER BY p.id LIMIT 1`,
    [role],
  );
  if (rows[0] === undefined) throw new Error(`nobody is ${role}`);
  return { ...rows[0], role, capacity: 'self' };
}

const read = async <T>(who: string, where: string): Promise<T> => {
  const actor = holders.get(who);
  const answer = await api.ask(where, { headers: { ...by(actor?.person ?? ''), 'X-Zhaodan-Post': actor?.post ?? '' } });
  if (answer.status !== 200) throw new Error(`${where}: ${String(answer.status)} ${await answer.text()}`);
  return (await answer.json()) as T;
};
const overviewOf = (who: string): Promise<Overview> => read<Overview>(who, '/api/overview');

/** How many rows a list of cases has, page by page. */
async function rowsOf(who: string, query: string): Promise<number> {
  let count = 0;
  for (let cursor = ''; ;) {
    const page: { rows: unknown[]; next: string | null } = await read(who, `/api/cases?${query}&limit=200${cursor}`);
    count += page.rows.length;
    if (page.next === null) return count;
    cursor = `&cursor=${page.next}`;
  }
}

/** The first limits of some open rounds, one after the other, end at these instants. */
async function endAt(instants: readonly number[]): Promise<void> {
  const { rows } = await api.database.pool.query<{ id: string }>(
    "SELECT id FROM cases WHERE kind = 'round' AND closed_at IS NULL ORDER BY md5(id) LIMIT $1",
    [instants.length],
  );
  expect(rows).toHaveLength(instants.length);
  for (const [nth, { id }] of rows.entries()) {
    const at = instants[nth] ?? NOON;
    const on = localDate(at - 1);
    await api.database.pool.query('UPDATE cases SET due_at = $2, due_on = $3 WHERE id = $1', [id, at, on]);
    await api.database.pool.query('UPDATE case_limits SET due_at = $2, due_on = $3 WHERE case_id = $1', [id, at, on]);
  }
}

beforeAll(async () => {
  api = await startApi();
  const loaded = await loadSample(api.cases, { scale: 0.02 });
  expect(loaded.ok).toBe(true);
  for (const role of ['district-office', 'district-leader', 'town-head', 'cadre'] as const) {
    holders.set(role, await holderOf(role));
  }
  const actor = await holderOf('district-office');
  const preview = await previewCycle(api.cases, { kind: 'quarter', quarter: '2026-Q4' }, actor);
  if ('refused' in preview) throw new Error(preview.refused.code);
  const confirmed = await confirmCycle(api.cases, { hash: preview.hash, key: 'kick-off', actor });
  expect(confirmed.ok).toBe(true);
  await caseWorker(api.cases)('cycle/2026-Q4', 'open-rounds', () => undefined);
  // Two days ago, the moment before, now, the moment after, and both sides of the ends of today and of the third working day.
  await endAt([
    ...[NOON - 15 * DAY_MS, NOON - 2 * DAY_MS, NOON - 1, NOON],
    ...[NOON + 1, TODAY_ENDS - 1, TODAY_ENDS],
    ...[TODAY_ENDS + 1, SOON_ENDS],
    SOON_ENDS + 1,
  ]);
}, 120_000);
afterAll(() => api.stop());

describe('every number of the overview is a list', () => {
  test.each(['district-office', 'district-leader', 'town-head'])('for the %s', async (who) => {
    const { units, ...whole } = await overviewOf(who);
    expect(await rowsOf(who, 'closed=false')).toBe(whole.open);
    expect(await rowsOf(who, 'closed=false&rung=red')).toBe(whole.overdue);
    expect(await rowsOf(who, 'closed=false&rung=yellow')).toBe(whole.today);
    expect(await rowsOf(who, 'closed=false&rung=blue')).toBe(whole.near);
    for (const { unit, list, open, overdue, today, near } of units) {
      if (list === null) continue;
      const counted = [
        await rowsOf(who, list),
        await rowsOf(who, `${list}&rung=red`),
        await rowsOf(who, `${list}&rung=yellow`),
        await rowsOf(who, `${list}&rung=blue`),
      ];
      expect(counted, unit).toEqual([open, overdue, today, near]);
    }
    for (const { on, count, list } of whole.coming) expect(await rowsOf(who, list), on).toBe(count);
  });

  test('and only what belongs to no unit has none', async () => {
    const { units } = await overviewOf('district-office');
    expect(units.filter(({ list }) => list === null).map(({ unit }) => unit)).toEqual(['']);
    expect(units.some(({ kind }) => kind === 'district')).toBe(true);
  });
});

test('a limit is over from its instant on, today until 24:00, and near until the end of the third working day', async () => {
  const { overdue, today, near } = await overviewOf('district-office');
  expect({ overdue, today, near }).toEqual({ overdue: 4, today: 3, near: 2 });
});

test('what was over is counted week by week, as it was at its end', async () => {
  const { units } = await overviewOf('district-office');
  for (const { series, overdue, unit } of units) {
    expect(series).toHaveLength(8);
    expect(series.at(-1), unit).toBe(overdue);
  }
  const of = (week: number): number => units.reduce((sum, { series }) => sum + (series.at(week) ?? 0), 0);
  // Now four. At the ends of the two weeks before, the one that has been over for fifteen days; and in every earlier week
  // the sample's late report, which was over until it was made.
  expect([of(-1), of(-2), of(-3), of(-4)]).toEqual([4, 2, 2, 1]);
});

test('the coming days are fourteen, today first, with those that are no working days', async () => {
  const { coming } = await overviewOf('district-office');
  expect(coming).toHaveLength(14);
  expect(coming[0]).toMatchObject({ on: '2026-11-24', off: false, count: 3 });
  expect(coming.filter(({ off }) => off).map(({ on }) => on)).toEqual([
    '2026-11-28',
    '2026-11-29',
    '2026-12-05',
    '2026-12-06',
  ]);
});

test('the head of a town sees the town, and what is over longest in it', async () => {
  const head = holders.get('town-head');
  const { units, open } = await overviewOf('town-head');
  const whole = await overviewOf('district-office');
  expect(units.find(({ unit }) => unit === head?.unit)).toEqual(whole.units.find(({ unit }) => unit === head?.unit));
  expect(open).toBeLessThan(whole.open);
  const towns = units.filter(({ kind }) => kind === 'town').map(({ unit }) => unit);
  expect(towns).toEqual([head?.unit]);
});

test('what is over longest is the case whose limit ended first', async () => {
  const { units } = await overviewOf('district-office');
  const longest = Math.max(...units.map((unit) => unit.longest?.workingDays ?? 0));
  // From 9 to 24 November: eleven working days.
  expect(longest).toBe(11);
});

test('what waits is the to-do list, and the gaps are those of the board', async () => {
  const overview = await overviewOf('district-leader');
  const todo = await read<{ groups: Record<string, number> }>('district-leader', '/api/todo');
  expect(overview.waiting).toBe(Object.values(todo.groups).reduce((sum, count) => sum + count, 0));
  const board = await read<{ total: Overview['rates'] }>('district-leader', '/api/board');
  expect(overview.rates.binding.missing).toBe(board.total.binding.missing);
  expect(overview.rates.pledge.missing).toBe(board.total.pledge.missing);
});

test('notices that reached nobody are counted by reason, within reach', async () => {
  const head = holders.get('town-head');
  const office = holders.get('district-office');
  await api.database.pool.query(
    `INSERT INTO notices (case_id, seq, post, template, channel, urgency, details, state, at, why)
     SELECT 'cycle/2026-Q4', 1, post, 'cycle-opened', 'mail-' || nth, 'digest', '{}', state, $3, why
       FROM (VALUES ($1, 1, 'refused', 'refused'), ($1, 2, 'no-addressee', 'no-addressee'), ($2, 3, 'refused', 'refused'))
         AS one(post, nth, state, why)`,
    [head?.post, office?.post, NOON],
  );
  const counts = ({ failed }: Overview) => Object.fromEntries(failed.map(({ state, count }) => [state, count]));
  expect(counts(await overviewOf('district-office'))).toEqual({ refused: 2, 'no-addressee': 1 });
  expect(counts(await overviewOf('town-head'))).toEqual({ refused: 1, 'no-addressee': 1 });
});

test('whoever does not lead has no overview', async () => {
  await expect(overviewOf('cadre')).rejects.toThrow(/403.*right-missing/);
});
