import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fire } from '../../../cases/fire.ts';
import { openCase } from '../../../cases/open.ts';
import { loadOfficeData } from '../../../cases/office-data.ts';
import { statutoryDays } from '../../../domain/kernel/statutory-days.ts';
import { publishContent, Unacceptable, workRecounts } from '../../../cases/publication.ts';
import { verify } from '../../../cases/verify.ts';
import type { CalendarData } from '../../../domain/kernel/calendar.ts';
import { wrote, type Process } from '../../../domain/kernel/process.ts';
import { CADRE, caseWorld, type CaseWorld } from '../../support/case-world.ts';

/** One statutory clock of 7 working days (CP-03), started when the case is opened. */
interface Counted {
  readonly startedAt: number;
}
const counted: Process<Counted, { type: 'open' }, { type: 'opened'; at: number }> = {
  kind: 'counted',
  revision: 1,
  stateVersion: 1,
  needs: () => [],
  decide: (state, command, at) =>
    command.type === 'open' && state === undefined ? wrote({ type: 'opened', at: at.now }) : wrote(),
  evolve: (_state, { at }) => ({ startedAt: at }),
  clocks: ({ startedAt }) => [{ id: 'accept', rule: 'CP-03', startedAt, stops: [], extensions: [] }],
  consequences: () => [],
  summary: () => ({ stage: 'open', holder: 'post-1', unit: null }),
};

let world: CaseWorld;
beforeAll(async () => {
  world = await caseWorld({ start: '2026-12-25T10:00', extra: [counted] });
});
afterAll(() => world.close());

const newest = (): CalendarData => {
  const calendar = loadOfficeData().calendars.at(-1);
  if (calendar === undefined) throw new Error('no calendar');
  return calendar;
};

/** Weekdays in November that make up for statutory days on weekends. */
const MADE_UP = ['2027-11-01', '2027-11-02', '2027-11-03', '2027-11-04', '2027-11-05', '2027-11-08'];

/** The newest calendar, with a 2027 that the State Council may publish: the statutory days off, `extra` off too. */
const with2027 = (version: string, ...extra: readonly string[]): CalendarData => ({
  ...newest(),
  version,
  knownThrough: '2027-12-31',
  holidays: [
    ...newest().holidays,
    ...statutoryDays(2027),
    ...[...extra, ...MADE_UP].map((date) => ({ date, name: '假' })),
  ].map(({ date, name }) => ({ date, name })),
});

const row = async (id: string) =>
  (
    await world.pool.query<{ due_on: string; provisional: boolean; seq: number }>(
      'SELECT due_on, provisional, seq FROM cases WHERE id = $1',
      [id],
    )
  ).rows[0];
const noticesOf = async (id: string) =>
  (
    await world.pool.query<{ template: string; details: object }>(
      'SELECT template, details FROM notices WHERE case_id = $1 ORDER BY id',
      [id],
    )
  ).rows;
const publishIt = (body: CalendarData) =>
  publishContent(world.deps, { kind: 'calendar', name: 'cn', version: body.version, body }, 'person-1');

async function open(key: string): Promise<string> {
  await openCase(world.deps, { kind: 'counted', key, command: { type: 'open' }, idempotencyKey: key, actor: CADRE });
  return `counted/${key}`;
}

describe('a calendar published while cases run', () => {
  test('that the office may not use is refused by whichever door it comes', async () => {
    const without: CalendarData = { ...newest(), version: 'cn-2027', knownThrough: '2027-12-31' };
    await expect(publishIt(without)).rejects.toThrow(Unacceptable);
    await expect(publishIt({ ...newest(), source: '' })).rejects.toThrow('来源为空');
    const { rows } = await world.pool.query("SELECT 1 FROM publications WHERE person = 'person-1'");
    expect(rows).toEqual([]);
  });

  test('makes a provisional date certain without telling anybody, in a journal entry', async () => {
    const caseId = await open('certain');
    expect(await row(caseId)).toMatchObject({ due_on: '2027-01-06', provisional: true, seq: 1 });
    expect(await publishIt(with2027('cn-2027'))).toMatchObject({ touched: 1 });
    await workRecounts(world.deps);
    expect(await row(caseId)).toMatchObject({ due_on: '2027-01-06', provisional: false, seq: 2 });
    expect(await noticesOf(caseId)).toEqual([]);
  });

  test('moves the date, journals old and new, tells the holder, and re-decides', async () => {
    const caseId = await open('moved');
    await publishIt(with2027('cn-2027-b', '2027-01-04'));
    await workRecounts(world.deps);
    expect(await row(caseId)).toMatchObject({ due_on: '2027-01-07', provisional: false });
    expect(await noticesOf(caseId)).toMatchObject([
      { template: 'limit-moved', details: { before: '2027-01-06', dueOn: '2027-01-07', calendar: 'cn-2027-b' } },
    ]);
    const { rows } = await world.pool.query<{ body: string }>('SELECT body FROM entries WHERE chain = $1 AND seq = 2', [
      caseId,
    ]);
    expect(JSON.parse(rows[0]?.body ?? '{}')).toMatchObject({
      cause: { type: 'recount' },
      kernel: [{ type: 'clock-armed', cause: 'date-moved', dueOn: '2027-01-07', before: { dueOn: '2027-01-06' } }],
    });
    expect(await verify(world.deps, { chain: caseId })).toMatchObject({ redecided: 2, differences: [] });
  });

  test('annuls a breach that was none, keeps the record, and corrects those who had been told', async () => {
    const caseId = await open('annulled');
    world.at('2027-01-08T00:01');
    await fire(world.deps, caseId);
    expect(
      (await noticesOf(caseId)).some(({ template }) => template.includes('due') || template.includes('overdue')),
    ).toBe(true);
    await publishIt(with2027('cn-2027-c', '2027-01-04', '2027-01-05', '2027-01-06'));
    await workRecounts(world.deps);
    expect(await row(caseId)).toMatchObject({ due_on: '2027-01-11' });
    expect((await noticesOf(caseId)).map(({ template }) => template)).toContain('breach-annulled');
    const { rows } = await world.pool.query<{ body: string }>(
      'SELECT body FROM entries WHERE chain = $1 ORDER BY seq',
      [caseId],
    );
    expect(rows.map(({ body }) => body).join()).toContain('"rung":"due"');
  });

  test('already in force changes nothing', async () => {
    expect(await publishIt(with2027('cn-2027-c', '2027-01-04', '2027-01-05', '2027-01-06'))).toMatchObject({
      publication: null,
      touched: 0,
    });
  });

  test('resumes where it was when the work is cut off, earliest due first', async () => {
    world.at('2027-01-08T10:00');
    for (const n of [1, 2, 3]) await open(`many-${String(n)}`);
    await publishIt(with2027('cn-2027-d', '2027-01-04', '2027-01-05', '2027-01-06', '2027-01-12'));
    expect(await workRecounts(world.deps, 2)).toBe(2);
    const left = Number((await world.pool.query<{ n: string }>('SELECT count(*) AS n FROM recounts')).rows[0]?.n);
    expect(left).toBeGreaterThan(0);
    while ((await workRecounts(world.deps, 2)) > 0);
    expect((await world.pool.query('SELECT 1 FROM recounts')).rowCount).toBe(0);
  });
});
