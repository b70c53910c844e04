/** The heat-map counted by hand on two towns: edges of the period, a late visit's notch, excused ones, reach, what stands still. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { twoTowns, type TwoTowns } from './two-towns.ts';

let towns: TwoTowns;
/** Cycles of one week each, so that every edge of October is somebody's last day. */
const WEEKS = [
  // Thursday 1 October, a holiday: the first day of the quarter, in a week that began in September.
  { name: 'eve', toOn: '2026-09-30' },
  { name: 'first', toOn: '2026-10-01' },
  { name: 'sunday', toOn: '2026-10-18' },
  { name: 'monday', toOn: '2026-10-19' },
] as const;
const round = (name: string, post = 'cadre') => `round/2026-Q3/${name}/${post}`;

beforeAll(async () => {
  towns = await twoTowns();
  towns.at('2026-09-14T09:00');
  for (const { name, toOn } of WEEKS) await towns.kickOff({ kind: 'key-period', name, fromOn: '2026-09-14', toOn });
  await towns.kickOff({ kind: 'quarter', quarter: '2026-Q4' });
  // In time: S1 on the last Sunday's round, both of the second town.
  towns.at('2026-10-15T10:00');
  await towns.visit(round('sunday'), 'S1', '2026-10-15');
  await towns.visit(round('sunday', 'cadre2'), 'S3', '2026-10-15');
  await towns.act(round('sunday', 'cadre2'), { type: 'excuse', subject: 'S4', reason: '停业装修' });
  // Late: S2 of the Sunday round, received on Monday morning.
  towns.at('2026-10-19T09:00');
  await towns.pass();
  await towns.visit(round('sunday'), 'S2', '2026-10-18');
  towns.at('2026-11-24T10:20');
  await towns.pass();
});
afterAll(() => towns.api.stop());

interface Cell {
  readonly week: string;
  readonly onTime: number;
  readonly late: number;
  readonly overdue: number;
  readonly near: number;
  readonly later: number;
}
interface Duty {
  readonly duty: string;
  readonly stopped: number;
  readonly total: readonly Cell[];
  readonly rows: readonly { readonly key: string; readonly name: string; readonly cells: readonly Cell[] }[];
}

const cell = (week: string, counts: Partial<Cell>): Cell => ({
  week,
  onTime: 0,
  late: 0,
  overdue: 0,
  near: 0,
  later: 0,
  ...counts,
});
const map = async (query: string, who = 'wang') => {
  const { body } = await towns.get(`/api/heat-map?${query}`, who);
  const duties = (body['duties'] ?? []) as readonly Duty[];
  return { body, duties, visits: duties.find(({ duty }) => duty === 'visit') };
};
const cellOf = async (query: string, who = 'wang') => (await towns.get(`/api/heat-map/cell?${query}`, who)).body;
const refs = (body: Record<string, unknown>) =>
  (body['rows'] as readonly { ref: string; state: string }[]).map(({ ref, state }) => [ref, state]);

const OCTOBER = 'from=2026-10-01&to=2026-10-31';

describe('the cells of October', () => {
  test('count what fell due, week by week from Monday to Sunday, the first cut at the 1st', async () => {
    const { body, visits } = await map(OCTOBER);
    expect(body).toMatchObject({
      weeks: ['2026-09-28', '2026-10-05', '2026-10-12', '2026-10-19', '2026-10-26'],
      thisWeek: '2026-11-23',
    });
    expect(visits?.total).toEqual([
      // The eve of the 1st is September's, in the same week.
      cell('2026-09-28', { overdue: 4 }),
      // Sunday the 18th ends its week: one late for ever, two in time, the excused one owed no more.
      cell('2026-10-12', { onTime: 2, late: 1 }),
      // Monday the 19th begins the next.
      cell('2026-10-19', { overdue: 4 }),
    ]);
    expect(visits?.rows.map(({ key, name, cells }) => ({ key, name, cells }))).toEqual([
      {
        key: 'T1',
        name: '测试镇',
        cells: [
          cell('2026-09-28', { overdue: 2 }),
          cell('2026-10-12', { onTime: 1, late: 1 }),
          cell('2026-10-19', { overdue: 2 }),
        ],
      },
      {
        key: 'T2',
        name: '第二镇',
        cells: [
          cell('2026-09-28', { overdue: 2 }),
          cell('2026-10-12', { onTime: 1 }),
          cell('2026-10-19', { overdue: 2 }),
        ],
      },
    ]);
  });

  test('are cut at the last day too, and a week belongs whole to a year', async () => {
    const { visits } = await map('from=2026-09-01&to=2026-09-30');
    expect(visits?.total).toEqual([cell('2026-09-28', { overdue: 4 })]);
    const year = await map('year=2026');
    expect(year.visits?.total.find(({ week }) => week === '2026-09-28')).toEqual(cell('2026-09-28', { overdue: 8 }));
    expect(year.body).toMatchObject({ from: '2026-01-01', to: '2026-12-31' });
  });

  test.each([
    ['class', [['C', 'C 级']]],
    [
      'post',
      [
        ['cadre', '包保干部 测试zhao'],
        ['cadre2', 'cadre2 测试wu'],
      ],
    ],
  ])('are split by %s', async (split, names) => {
    const { visits } = await map(`${OCTOBER}&split=${split}`);
    expect(visits?.rows.map(({ key, name }) => [key, name])).toEqual(names);
  });

  test('open to their rows: how long over, which rung, whether told, each leading to its case', async () => {
    const first = await cellOf(`${OCTOBER}&duty=visit&week=2026-09-28`);
    expect(first).toMatchObject({ from: '2026-10-01', to: '2026-10-04', cell: cell('2026-09-28', { overdue: 4 }) });
    expect(refs(first)).toEqual([
      [`${round('first')}/S1`, 'overdue'],
      [`${round('first')}/S2`, 'overdue'],
      [`${round('first', 'cadre2')}/S3`, 'overdue'],
      [`${round('first', 'cadre2')}/S4`, 'overdue'],
    ]);
    const [row] = first['rows'] as readonly Record<string, unknown>[];
    // The period ends on a day of the calendar: from 2 October to 24 November there are 54 of them.
    expect(row).toMatchObject({
      caseId: round('first'),
      subject: { id: 'S1', name: '测试主体 S1' },
      post: 'cadre',
      person: '测试zhao',
      dueOn: '2026-10-01',
      standing: { status: 'running', left: null, over: { unit: 'CD', amount: 54 }, urgency: 'red', rule: 'BB-04' },
      rung: { tone: expect.stringMatching(/yellow|red/) as string },
      told: { readAt: null },
    });
  });

  test('keep the notch of what was made late, and forget what was excused', async () => {
    const sunday = await cellOf(`${OCTOBER}&duty=visit&week=2026-10-12`);
    expect(refs(sunday)).toEqual([
      [`${round('sunday')}/S1`, 'on-time'],
      [`${round('sunday')}/S2`, 'late'],
      [`${round('sunday', 'cadre2')}/S3`, 'on-time'],
    ]);
    const late = await cellOf(`${OCTOBER}&duty=visit&week=2026-10-12&state=late`);
    expect(late['rows']).toMatchObject([{ standing: { status: 'ended', over: { unit: 'CD', amount: 1 } } }]);
  });

  test('are paged, and narrowed to a row', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const body = await cellOf(`${OCTOBER}&duty=visit&week=2026-10-19&key=T2&limit=1${cursor}`);
      seen.push(...refs(body).map(([ref]) => String(ref)));
      if (body['next'] === null) break;
      cursor = `&cursor=${body['next'] as string}`;
    }
    expect(seen).toEqual([`${round('monday', 'cadre2')}/S3`, `${round('monday', 'cadre2')}/S4`]);
  });
});

describe('who asks', () => {
  test('a town sees its own rows and ids only', async () => {
    const { visits } = await map(OCTOBER, 'qian');
    expect(visits?.rows.map(({ key }) => key)).toEqual(['T2']);
    expect(visits?.total[0]).toEqual(cell('2026-09-28', { overdue: 2 }));
    const mine = await cellOf(`${OCTOBER}&duty=visit&week=2026-09-28`, 'qian');
    expect(refs(mine).map(([ref]) => ref)).toEqual([
      `${round('first', 'cadre2')}/S3`,
      `${round('first', 'cadre2')}/S4`,
    ]);
    expect(mine['cell']).toEqual(cell('2026-09-28', { overdue: 2 }));
    // Another town's row is empty, asked for by name or by unit.
    expect(refs(await cellOf(`${OCTOBER}&duty=visit&week=2026-09-28&key=T1`, 'qian'))).toEqual([]);
    expect((await cellOf(`${OCTOBER}&duty=visit&week=2026-09-28&unit=T1`, 'qian'))['code']).toBe('unit-out-of-reach');
    expect((await map(`${OCTOBER}&unit=T1`, 'qian')).body['code']).toBe('unit-out-of-reach');
  });

  test('must say which days', async () => {
    expect((await map('')).body['code']).toBe('range-missing');
    expect((await map('from=2026-10-01')).body['code']).toBe('range-missing');
    expect((await map('from=2026-10-02&to=2026-10-01')).body['code']).toBe('range-too-long');
    expect((await map('from=2025-01-01&to=2026-12-31')).body['code']).toBe('range-too-long');
    expect((await map('cycle=2020-Q1')).body['code']).toBe('cycle-not-found');
  });
});

describe('a cycle', () => {
  const QUARTER = 'cycle=2026-Q4';

  test('is shown for its period, with its own rounds only', async () => {
    const { body, visits } = await map(QUARTER);
    expect(body).toMatchObject({ from: '2026-10-01', to: '2026-12-31' });
    expect(visits?.total).toEqual([cell('2026-12-28', { later: 4 })]);
    // The last week runs into January; the cell ends with the period.
    expect(await cellOf(`${QUARTER}&duty=visit&week=2026-12-28`)).toMatchObject({
      from: '2026-12-28',
      to: '2026-12-31',
    });
  });

  test('is near in its last week', async () => {
    towns.at('2026-12-29T09:00');
    expect((await map(QUARTER)).visits?.total).toEqual([cell('2026-12-28', { near: 4 })]);
    towns.at('2026-11-24T10:20');
  });

  test('reaches as far as a round of it was put off', async () => {
    await towns.act('round/2026-Q4/cadre2', { type: 'extend', amount: 5, unit: 'WD', reason: '大雪' });
    const { body, visits } = await map(QUARTER);
    expect(body['to']).toBe('2027-01-08');
    expect(visits?.total).toEqual([cell('2026-12-28', { later: 2 }), cell('2027-01-04', { later: 2 })]);
  });

  test('counts what stands still beside the weeks', async () => {
    await towns.act('round/2026-Q4/cadre', { type: 'pause', document: '区食安办〔2026〕9 号' });
    const { visits } = await map(QUARTER);
    expect(visits?.stopped).toBe(2);
    expect(visits?.total).toEqual([cell('2027-01-04', { later: 2 })]);
  });
});

test('duties that bind and sign fall due in weeks of their own', async () => {
  const { duties } = await map('year=2026');
  const pledge = duties.find(({ duty }) => duty === 'pledge');
  // Nobody has signed: one duty a cadre, each overdue since September.
  expect(pledge?.total.reduce((sum, { overdue }) => sum + overdue, 0)).toBe(2);
  const week = pledge?.total[0]?.week ?? '';
  const body = await cellOf(`year=2026&duty=pledge&week=${week}`);
  expect(body['rows']).toMatchObject([
    { state: 'overdue', post: 'cadre', standing: { over: { unit: 'WD' } } },
    { state: 'overdue', post: 'cadre2' },
  ]);
});
