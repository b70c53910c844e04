import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apply } from '../../../cases/apply.ts';
import { readCase } from '../../../cases/case-row.ts';
import { fire } from '../../../cases/fire.ts';
import { newestPublication } from '../../../cases/office.ts';
import { rebuild } from '../../../cases/rebuild.ts';
import { loadSample } from '../../../cases/register/sample/load.ts';
import { BOARD_RATES, countBoard, type BoardAsked } from '../../../cases/supervision/board.ts';
import { confirmCycle } from '../../../cases/supervision/confirm.ts';
import { heatCell } from '../../../cases/supervision/heat-cell.ts';
import { DUTIES, heatMap, mondayOf } from '../../../cases/supervision/heat-map.ts';
import { previewCycle } from '../../../cases/supervision/preview.ts';
import { countRates, ratesOf } from '../../../cases/supervision/rates.ts';
import { listMissing, listRefs } from '../../../cases/supervision/refs.ts';
import { caseWorker } from '../../../cases/supervision/work.ts';
import type { Actor } from '../../../domain/kernel/process.ts';
import type { Reach } from '../../../domain/rights/table.ts';
import type { Cycle } from '../../../domain/supervision/cycle-state.ts';
import type { Round } from '../../../domain/supervision/round-state.ts';
import { caseWorld, shanghai, type CaseWorld } from '../../support/case-world.ts';

const OFFICER: Actor = { person: 'p00002', post: 'fso-1', role: 'district-office', unit: 'fso', capacity: 'self' };
const DISTRICT: Reach = { scope: 'district', person: OFFICER.person, post: OFFICER.post, unit: OFFICER.unit };
const QUARTER = '2026-Q4';
const CAMPAIGN = '2027-Q1/one-town';

let world: CaseWorld;
let rounds: { id: string; state: Round }[];

/** A whole quarter in small: rounds opened, some visits in time, some late, one round extended, the rest defaulted. */
beforeAll(async () => {
  world = await caseWorld({ start: '2026-10-08T09:00' });
  await loadSample(world.deps, { scale: 0.01 });
  const preview = await previewCycle(world.deps, { kind: 'quarter', quarter: QUARTER }, OFFICER);
  if ('refused' in preview) throw new Error(preview.refused.code);
  await confirmCycle(world.deps, { hash: preview.hash, key: 'k', actor: OFFICER });
  await caseWorker(world.deps)(`cycle/${QUARTER}`, 'open-rounds', () => undefined);
  rounds = (
    await world.pool.query<{ id: string; state: Round }>(
      "SELECT id, state FROM cases WHERE kind = 'round' AND state->>'person' IS NOT NULL ORDER BY id",
    )
  ).rows;
  world.at('2026-12-20T10:00');
  const [first, second, third] = rounds;
  if (first === undefined || second === undefined || third === undefined) throw new Error('three rounds are needed');
  await visit(first, 0);
  const extend = { type: 'extend', amount: 5, unit: 'WD', reason: '大雪' };
  const extended = await apply(world.deps, extend, { caseId: third.id, key: 'extend', actor: OFFICER });
  if (!extended.ok) throw new Error(extended.refusal.code);
  world.at('2027-01-02T10:00');
  await visit(third, 0);
  for (const { id } of rounds) await untilQuiet(id);
  await visit(second, 0);
  await campaign();
}, 120_000);
afterAll(() => world.close());

/** A special cycle over one town only, whose register part ends at that town. */
async function campaign(): Promise<void> {
  const { rows } = await world.pool.query<{ id: string }>(
    `SELECT u.id FROM units u JOIN cases c ON c.unit_id = u.id AND c.kind = 'round' WHERE u.kind = 'town' ORDER BY u.id LIMIT 1`,
  );
  const town = rows[0]?.id ?? '';
  const span = { fromOn: '2027-01-04', toOn: '2027-01-29' };
  const preview = await previewCycle(world.deps, { kind: 'unit', name: 'one-town', unit: town, ...span }, OFFICER);
  if ('refused' in preview) throw new Error(preview.refused.code);
  await confirmCycle(world.deps, { hash: preview.hash, key: 'one-town', actor: OFFICER });
  await caseWorker(world.deps)(`cycle/${CAMPAIGN}`, 'open-rounds', () => undefined);
}

/** Fires what has been reached, rung by rung. */
async function untilQuiet(id: string): Promise<void> {
  for (;;) {
    const wake = await fire(world.deps, id);
    if (wake.closed || wake.waitMs !== 0) return;
  }
}

async function visit({ id, state }: { id: string; state: Round }, nth: number): Promise<void> {
  const subject = state.visits[nth]?.subject ?? '';
  const { rows } = await world.pool.query<{ items: { code: string }[] }>(
    "SELECT body::jsonb->'values'->'supervision.checklist'->'value' AS items FROM contents WHERE kind = 'policy'",
  );
  const codes = Array.isArray(rows[0]?.items) ? rows[0].items.map(({ code }) => code) : [];
  const actor: Actor = {
    person: state.person ?? '',
    post: state.post,
    unit: state.unit,
    role: 'cadre',
    capacity: 'self',
  };
  const today = new Date(world.clock.now + 8 * 3_600_000).toISOString().slice(0, 10);
  const said = {
    type: 'record-visit',
    visit: `v-${subject}`,
    subject,
    visitedOn: today <= '2026-12-31' ? today : '2026-12-31',
    mode: 'on-site',
    items: codes.map((code) => ({ code, met: true })),
    findings: [],
    evidence: [{ digest: 'a'.repeat(64), takenOn: today <= '2026-12-31' ? today : '2026-12-31' }],
    confirmedBy: 'business',
  };
  const answer = await apply(world.deps, said, { caseId: id, key: `visit-${subject}`, actor });
  if (!answer.ok) throw new Error(`${answer.refusal.code} ${JSON.stringify(answer.refusal.details ?? {})}`);
}

const asked = async (now: number, more: Partial<BoardAsked> = {}): Promise<BoardAsked> => {
  const { policy } = await world.deps.office.inForce(world.pool, await newestPublication(world.pool));
  return { reach: DISTRICT, now, pledgeVersion: policy.value<string>('pledge.version'), cycle: QUARTER, ...more };
};

const MOMENTS = ['2026-12-20T11:00', '2026-12-31T23:59', '2027-01-01T00:00', '2027-01-06T12:00', '2027-02-01T09:00'];

describe('the board', () => {
  test.each(MOMENTS.flatMap((moment) => [QUARTER, CAMPAIGN].map((cycle) => [moment, cycle])))(
    'counts at %s of %s what the rates count id by id',
    async (moment, cycle) => {
      const now = shanghai(moment);
      const inForce = await world.deps.office.inForce(world.pool, await newestPublication(world.pool));
      const { scope } = (await readCase(world.pool, `cycle/${cycle}`)).state as Cycle;
      const exact = ratesOf(await countRates(world.pool, inForce, { scope, cycle, now }));
      const board = await countBoard(world.pool, await asked(now, { cycle }));
      for (const name of BOARD_RATES) {
        const { numerator, denominator, missing } = exact.total[name];
        expect({ name, ...board.total[name], overdue: 0 }).toEqual({
          name,
          numerator: numerator.length,
          denominator: denominator.length,
          missing: missing.length,
          overdue: 0,
        });
        const refs = await listMissing(world.pool, name, await asked(now, { cycle }), { limit: 10_000 });
        expect(refs.map(({ ref }) => ref)).toEqual(missing);
        const all = await listRefs(world.pool, name, await asked(now, { cycle }), { limit: 10_000 });
        expect(all.map(({ ref }) => ref)).toEqual(denominator);
        expect(all.filter(({ counted }) => counted).map(({ ref }) => ref)).toEqual(numerator);
        for (const { unit, ...rates } of board.units)
          expect({ unit, n: rates[name].numerator }).toEqual({
            unit,
            n: exact.units.find((row) => row.unit === unit)?.rates[name].numerator.length ?? 0,
          });
      }
    },
  );

  test('pages what is missing without losing or repeating one', async () => {
    const now = shanghai('2027-02-01T09:00');
    const all = await listMissing(world.pool, 'coverage', await asked(now), { limit: 10_000 });
    expect(all.length).toBeGreaterThan(10);
    const paged: string[] = [];
    for (let after: string | undefined; ; after = paged.at(-1)) {
      const rows = await listMissing(world.pool, 'coverage', await asked(now), { limit: 3, after });
      paged.push(...rows.map(({ ref }) => ref));
      if (rows.length < 3) break;
    }
    expect(paged).toEqual(all.map(({ ref }) => ref));
  });

  test.each(BOARD_RATES)('pages %s, counted or not, in the order of the whole', async (rate) => {
    const at = await asked(shanghai('2027-02-01T09:00'));
    for (const counted of [true, false, undefined]) {
      const all = await listRefs(world.pool, rate, at, { counted, limit: 10_000 });
      const paged: string[] = [];
      for (let after: string | undefined; ; after = paged.at(-1)) {
        const rows = await listRefs(world.pool, rate, at, { counted, limit: 4, after });
        paged.push(...rows.map(({ ref }) => ref));
        if (rows.length < 4) break;
      }
      expect(paged).toEqual(all.map(({ ref }) => ref));
    }
  });

  test('reaches no farther than the unit of the post acted for', async () => {
    const now = shanghai('2027-02-01T09:00');
    const whole = await countBoard(world.pool, await asked(now));
    const town = whole.units.find(({ coverage }) => coverage.denominator > 0);
    if (town === undefined) throw new Error('no town has a visit');
    const reach: Reach = { scope: 'subtree', person: 'x', post: 'x', unit: town.unit };
    const own = await countBoard(world.pool, await asked(now, { reach }));
    expect(own.units.map(({ unit }) => unit)).toEqual([town.unit]);
    expect(own.total.coverage).toEqual(town.coverage);
    const refs = await listMissing(world.pool, 'coverage', await asked(now, { reach }), { limit: 10_000 });
    expect(refs).toHaveLength(town.coverage.missing);
  });
});

describe('the heat-map', () => {
  const map = (now: number, more = {}) =>
    heatMap(world.pool, { from: '2026-10-01', to: '2027-01-31', now, reach: DISTRICT, split: 'town', ...more });

  test('keeps what was made late for ever, apart from what is open', async () => {
    const visits = (await map(shanghai('2027-02-01T09:00'))).find(({ duty }) => duty === 'visit');
    const cell = visits?.total.find(({ week }) => week === mondayOf('2026-12-31'));
    const open = rounds.reduce((sum, { state }) => sum + state.visits.length, 0);
    expect(cell).toMatchObject({ onTime: 1, late: 1, near: 0, later: 0 });
    // Everything else of that week is overdue, but for the round whose limit was put off into the next week.
    const putOff = visits?.total.find(({ week }) => week === mondayOf('2027-01-08'));
    expect(
      (cell?.overdue ?? 0) + 2 + (putOff?.overdue ?? 0) + (putOff?.late ?? 0) + (putOff?.onTime ?? 0),
    ).toBeGreaterThanOrEqual(open);
  });

  test('shows as near what ends this week and as later what ends after it', async () => {
    const before = (await map(shanghai('2026-12-29T09:00'))).find(({ duty }) => duty === 'visit');
    const cell = before?.total.find(({ week }) => week === mondayOf('2026-12-31'));
    expect(cell?.near).toBeGreaterThan(0);
    expect(cell?.later).toBe(0);
    const early = (await map(shanghai('2026-12-20T09:00'))).find(({ duty }) => duty === 'visit');
    expect(early?.total.find(({ week }) => week === mondayOf('2026-12-31'))).toMatchObject({ near: 0 });
  });

  test.each(['town', 'class', 'post'] as const)('split by %s adds up to the whole, cell by cell', async (split) => {
    for (const { total, rows } of await map(shanghai('2027-02-01T09:00'), { split })) {
      for (const cell of total) {
        const parts = rows.flatMap(({ cells }) => cells.filter(({ week }) => week === cell.week));
        for (const of of ['onTime', 'late', 'overdue', 'near', 'later'] as const)
          expect(parts.reduce((sum, part) => sum + part[of], 0)).toBe(cell[of]);
      }
    }
  });

  test('opens every cell to as many ids as it counts, page by page', async () => {
    const now = shanghai('2027-02-01T09:00');
    for (const { duty, rows } of await map(now)) {
      for (const { key, cells } of rows) {
        for (const cell of cells) {
          const { week, onTime, late, overdue, near, later } = cell;
          const one = {
            from: '2026-10-01',
            to: '2027-01-31',
            duty,
            week,
            key,
            now,
            reach: DISTRICT,
            split: 'town',
          } as const;
          const { cell: counted, refs } = await heatCell(world.pool, { ...one, limit: 10_000 });
          expect(counted).toEqual(cell);
          const having = (state: string) => refs.filter((ref) => ref.state === state).length;
          expect({
            duty,
            week,
            key,
            onTime: having('on-time'),
            late: having('late'),
            overdue: having('overdue'),
            ahead: having('ahead'),
          }).toEqual({ duty, week, key, onTime, late, overdue, ahead: near + later });
          for (const state of [undefined, 'overdue'] as const) {
            const paged: string[] = [];
            for (let after: string | undefined; ; after = paged.at(-1)) {
              const { refs: some } = await heatCell(world.pool, { ...one, state, limit: 7, after });
              paged.push(...some.map(({ ref }) => ref));
              if (some.length < 7) break;
            }
            expect(paged).toEqual(
              refs.filter((ref) => state === undefined || ref.state === state).map(({ ref }) => ref),
            );
          }
        }
      }
    }
    expect(DUTIES.map(({ duty }) => duty)).toContain('recheck');
  });
});

test('the limits and the rungs are the same when they are rebuilt from the journals', async () => {
  const limits = async () =>
    (await world.pool.query('SELECT * FROM case_limits ORDER BY case_id, clock')).rows as unknown[];
  const rungs = async () =>
    (await world.pool.query('SELECT * FROM case_rungs ORDER BY case_id, clock, arming, rung')).rows as unknown[];
  const before = { limits: await limits(), rungs: await rungs() };
  expect(before.limits.length).toBeGreaterThan(rounds.length);
  expect(before.rungs.length).toBeGreaterThan(10);
  await rebuild(world.deps);
  expect({ limits: await limits(), rungs: await rungs() }).toEqual(before);
}, 60_000);
