/** The sample district of the measurements, its office's officer, and cycles kicked off in it one after another. */
import type pg from 'pg';
import type { CasesDeps } from '../cases/deps.ts';
import { loadSample } from '../cases/register/sample/load.ts';
import { confirmCycle } from '../cases/supervision/confirm.ts';
import { previewCycle, type Preview } from '../cases/supervision/preview.ts';
import { caseWorker } from '../cases/supervision/work.ts';
import { civilDate, dayNumber, startOfDay } from '../domain/kernel/civil-day.ts';
import type { Actor } from '../domain/kernel/process.ts';
import type { CycleRequest } from '../domain/supervision/cycle-request.ts';

const NINE_O_CLOCK_MS = 9 * 3_600_000;

export interface District {
  readonly subjects: number;
  readonly cadres: number;
  /** Of the district office: may kick cycles off. */
  readonly officer: Actor;
}

/** Loads the sample into an empty database. */
export async function loadDistrict(deps: CasesDeps, scale: number): Promise<District> {
  const loaded = await loadSample(deps, { scale });
  if (!loaded.ok) throw new Error('the measurements want an empty database');
  const { subjects, cadres } = loaded.figures;
  return { subjects, cadres, officer: await officerOf(deps.pool) };
}

async function officerOf(pool: pg.Pool): Promise<Actor> {
  const { rows } = await pool.query<{ person: string; post: string; unit: string }>(
    `SELECT t.person_id AS person, p.id AS post, p.unit_id AS unit FROM posts p JOIN tenures t ON t.post_id = p.id
      WHERE p.role = 'district-office' AND t.to_on IS NULL ORDER BY p.id LIMIT 1`,
  );
  if (rows[0] === undefined) throw new Error('the sample district has no officer');
  return { ...rows[0], role: 'district-office', capacity: 'self' };
}

/** The day `days` after `on`, before it where negative. */
export const dayAfter = (on: string, days: number): string => civilDate(dayNumber(on) + days);

/** A period that has begun and ends in a month: its visits are made now. */
export const running = (name: string, today: string): CycleRequest => ({
  kind: 'key-period',
  name,
  fromOn: dayAfter(today, -10),
  toOn: dayAfter(today, 30),
});

/** A period that ended three weeks ago: every rung of its rounds up to the escalations is reached. */
export const past = (name: string, today: string): CycleRequest => ({
  kind: 'key-period',
  name,
  fromOn: dayAfter(today, -70),
  toOn: dayAfter(today, -21),
});

/** The kernel as on the morning on which such a period began: rounds opened with it were not late then. */
export const asOfOld = (deps: CasesDeps, today: string): CasesDeps => {
  const then = startOfDay(dayAfter(today, -70)) + NINE_O_CLOCK_MS;
  return { ...deps, now: () => Promise.resolve(then) };
};

export async function preview(deps: CasesDeps, request: CycleRequest, officer: Actor): Promise<Preview> {
  const shown = await previewCycle(deps, request, officer);
  if ('refused' in shown) throw new Error(`preview refused: ${shown.refused.code}`);
  return shown;
}

/** Confirms what was shown and opens its rounds page by page, as the cycle's driver would. */
export async function confirm(deps: CasesDeps, shown: Preview, officer: Actor): Promise<void> {
  const answer = await confirmCycle(deps, { hash: shown.hash, key: `bench/${shown.hash}`, actor: officer });
  if (!answer.ok) throw new Error(`confirm refused: ${answer.refusal.code}`);
  await caseWorker(deps)(answer.caseId, 'open-rounds', () => undefined);
}

/** Preview and confirm in one go; the cycle's key. */
export async function kickOff(deps: CasesDeps, request: CycleRequest, officer: Actor): Promise<string> {
  const shown = await preview(deps, request, officer);
  await confirm(deps, shown, officer);
  return shown.plan.cycle;
}
