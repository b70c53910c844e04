/**
 * A whole quarter of a district, 224 rounds, on the real drivers, a real database and a real mail server.
 *
 * What must come of it stands in quarter/expected/, one file each for mails, ladders and rates; the first lines of each say
 * how to read it. After a change that is meant to change them: `UPDATE_EXPECTED=1 npx vitest run --project workflows
 * test/workflows/quarter.test.ts` (a minute or two), then read the difference line by line before committing it. quarter/script.ts is the
 * story they tell.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmCycle } from '../../cases/supervision/confirm.ts';
import { cycleFigures } from '../../cases/supervision/figures.ts';
import { previewCycle } from '../../cases/supervision/preview.ts';
import { contentHash } from '../../cases/office-data.ts';
import { readCase } from '../../cases/case-row.ts';
import { changeRegister } from '../../cases/register/change-register.ts';
import { verify } from '../../cases/verify.ts';
import { compileCalendar } from '../../domain/kernel/calendar.ts';
import { civilDate, dayNumber, localDate } from '../../domain/kernel/civil-day.ts';
import { SYSTEM } from '../../domain/kernel/process.ts';
import type { Cycle } from '../../domain/supervision/cycle-state.ts';
import { actsOf, type Acts } from './quarter/acts.ts';
import { CALENDAR_2026, PUBLISHED } from './quarter/calendars.ts';
import { district } from './quarter/district.ts';
import { OUTAGES, SCENES, type Scene } from './quarter/script.ts';
import { visitsOf } from './quarter/visits.ts';
import { kernelEvents, ladderLines, mailLines, rates } from './quarter/witness.ts';
import { quarterWorld, type QuarterWorld } from './quarter/world.ts';

const CYCLE = '2026-Q4';
const { changes, cadres } = district();

let world: QuarterWorld;
let acts: Acts;
/** Drivers that had to be started again after each outage. */
const rearmed: number[] = [];
const openBeforeOutage: number[] = [];

const sameOrFile = async (name: string, actual: string): Promise<void> => {
  const path = fileURLToPath(new URL(`quarter/expected/${name}`, import.meta.url));
  if (process.env['UPDATE_EXPECTED'] === '1') {
    await mkdir(new URL('quarter/expected/', import.meta.url), { recursive: true });
    await writeFile(path, actual);
  }
  expect(actual).toBe(await readFile(path, 'utf8'));
};

/** Every working day's first minutes, and the late afternoon of days on which something happened: then digests leave. */
function scenes(): readonly Scene[] {
  const nothing = (): Promise<void> => Promise.resolve();
  const visits = visitsOf(cadres);
  const visiting = [...new Set(visits.map(({ at }) => at))].map((at): Scene => {
    const some = visits.filter((visit) => visit.at === at);
    return { at, happens: () => inFours(some.map((visit) => () => acts.visit(visit))) };
  });
  const told = [...SCENES, ...visiting];
  const calendars = [CALENDAR_2026, PUBLISHED].map((data) => compileCalendar(data, 'test'));
  const days: string[] = [];
  for (let day = dayNumber('2026-09-29'); day <= dayNumber('2027-01-18'); day += 1) {
    const on = civilDate(day);
    if (calendars.some((calendar) => calendar.isWorkday(on))) days.push(on);
  }
  const mornings = days.map((on): Scene => ({ at: `${on}T09:05`, happens: nothing }));
  const evenings = [
    ...new Set([...told.map(({ at }) => at), ...OUTAGES.map(({ to }) => to)].map((at) => at.slice(0, 10))),
  ].map((on): Scene => ({ at: `${on}T16:35`, happens: nothing }));
  const outages = OUTAGES.flatMap(({ from, to }): Scene[] => [
    {
      at: from,
      happens: async () => {
        const { rows } = await world.cases.pool.query<{ n: string }>(
          'SELECT count(*) AS n FROM cases WHERE closed_at IS NULL',
        );
        openBeforeOutage.push(Number(rows[0]?.n));
        await world.outage();
      },
    },
    { at: to, happens: async () => rearmed.push(await world.recover()) },
  ]);
  return [...told, ...mornings, ...evenings, ...outages].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

async function inFours(work: readonly (() => Promise<void>)[]): Promise<void> {
  for (let n = 0; n < work.length; n += 4) await Promise.all(work.slice(n, n + 4).map((one) => one()));
}

beforeAll(async () => {
  world = await quarterWorld('2026-09-28T08:00');
  acts = actsOf(world, CYCLE);
  const filled = await changeRegister(world.deps, changes, { actor: SYSTEM, key: 'district' });
  if (!filled.ok) throw new Error(`the register refused: ${JSON.stringify(filled.refusal)}`);

  await world.until('2026-09-28T10:20');
  const office = await acts.as({ post: 'fso' });
  const preview = await previewCycle(world.deps, { kind: 'quarter', quarter: CYCLE }, office);
  if ('refused' in preview) throw new Error(preview.refused.code);
  const confirmed = await confirmCycle(world.deps, { hash: preview.hash, key: 'kick-off', actor: office });
  if (!confirmed.ok) throw new Error(confirmed.refusal.code);
  await world.until('2026-09-28T10:30');

  for (const { at, happens } of scenes()) {
    await world.until(at);
    await happens(acts, world);
  }
  await world.until('2027-01-18T17:00');
}, 400_000);
afterAll(() => world.close());

const count = async (sql: string): Promise<number> =>
  Number((await world.cases.pool.query<{ n: string }>(sql)).rows[0]?.n);

describe('a quarter of 224 rounds', () => {
  test('opens every round of the plan, and leaves nothing waiting at the end', async () => {
    expect(await count(`SELECT count(*) AS n FROM cases WHERE kind = 'round'`)).toBe(224);
    expect(await count(`SELECT count(*) AS n FROM notices WHERE state IN ('queued', 'frozen')`)).toBe(0);
    expect(await count(`SELECT count(*) AS n FROM cases WHERE closed_at IS NULL AND next_alarm_at IS NOT NULL`)).toBe(
      0,
    );
    expect(world.faults).toEqual([]);
  });

  test('sends these mails and no others', async () => {
    expect(await count(`SELECT count(*) AS n FROM messages WHERE state <> 'sent'`)).toBe(0);
    expect(world.catcher.mails.length).toBe(await count('SELECT count(*) AS n FROM messages'));
    await sameOrFile('mails.txt', await mailLines(world));
  });

  test('climbs these ladders', async () => {
    await sameOrFile('ladder.txt', await ladderLines(world));
  });

  test('freezes these rates, whose digests in the journal cover the ids in the table', async () => {
    await sameOrFile('rates.json', await rates(world, CYCLE));
    const { total } = await cycleFigures(world.deps, `cycle/${CYCLE}`);
    const { figures } = (await readCase(world.cases.pool, `cycle/${CYCLE}`)).state as Cycle;
    const digest = ({ numerator, denominator }: typeof total.binding) => contentHash({ numerator, denominator });
    expect(figures?.rates.binding.digest).toBe(digest(total.binding));
    expect(figures?.rates.pledge.digest).toBe(digest(total.pledge));
    expect(figures?.rates.completion.digest).toBe(digest(total.completion));
    expect(figures?.coverage.digest).toBe(digest(total.coverage));
  });

  test('escalates a case at most once a sending day, also after the outage', async () => {
    const seen = new Set<string>();
    const twice: string[] = [];
    for (const { caseId, event } of await kernelEvents(world)) {
      if (event.type !== 'rung-fired') continue;
      if (['half', 'four-fifths', 'due'].includes(event.rung) || event.rung.endsWith('-before')) continue;
      const key = `${caseId} ${localDate(event.at)}`;
      if (seen.has(key)) twice.push(key);
      seen.add(key);
    }
    expect(seen.size).toBeGreaterThan(15);
    expect(twice).toEqual([]);
  });

  test('starts a driver for every case that was open when worker and Temporal were lost', () => {
    expect(rearmed[0]).toBe(openBeforeOutage[0]);
    // Two rounds were completed by visits made while they were gone.
    expect(rearmed[1]).toBe((openBeforeOutage[1] ?? 0) - 2);
  });

  test('can be verified: intact, folded and decided again without a difference', async () => {
    const verified = await verify(world.deps);
    expect(verified.differences).toEqual([]);
    expect(verified.notRedecidable).toBe(0);
    expect(verified.redecided).toBeGreaterThan(1_000);
  });
});
