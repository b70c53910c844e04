/** How many alarms a second, asked for straight, without a driver? Each case has all the rungs of a period that ended. */
import type pg from 'pg';
import type { CasesDeps } from '../cases/deps.ts';
import { fire } from '../cases/fire.ts';
import { asOfOld, kickOff, past, type District } from './district.ts';
import { abreast, measure, timed, type Figure } from './measure.ts';

/** As many at once as a worker process fires. */
export const ABREAST = 10;
/** Cases of one repetition. */
const MOST = 500;

/** Opens rounds that are late as of now; the ids of some. */
export async function lateRounds(
  deps: CasesDeps,
  { officer }: District,
  { name, today, most = MOST }: { readonly name: string; readonly today: string; readonly most?: number },
): Promise<readonly string[]> {
  const cycle = await kickOff(asOfOld(deps, today), past(name, today), officer);
  const { rows } = await deps.pool.query<{ id: string }>(
    `SELECT id FROM cases WHERE kind = 'round' AND cycle_id = $1 AND closed_at IS NULL ORDER BY id LIMIT $2`,
    [cycle, most],
  );
  return rows.map(({ id }) => id);
}

/** Rungs that fired in these cases. */
export async function firedIn(pool: pg.Pool, cases: readonly string[]): Promise<number> {
  const { rows } = await pool.query<{ n: string }>(
    `SELECT count(*) AS n FROM entries e, jsonb_array_elements(e.body::jsonb->'kernel') k
      WHERE e.chain = ANY($1) AND k->>'type' = 'rung-fired'`,
    [cases],
  );
  return Number(rows[0]?.n);
}

export async function measureAlarms(deps: CasesDeps, district: District, today: string): Promise<Figure> {
  return measure(
    {
      id: 'alarms',
      title: '到点(直接办)',
      unit: '次到点',
      how: `${ABREAST} 个一起;已过期三周的轮次,每个到期并升级一级,写通知`,
    },
    async (nth) => {
      const cases = await lateRounds(deps, district, { name: `alarms-${nth}`, today });
      const { seconds } = await timed(() => abreast(cases, ABREAST, async (id) => void (await fire(deps, id))));
      return { count: await firedIn(deps.pool, cases), seconds };
    },
  );
}
