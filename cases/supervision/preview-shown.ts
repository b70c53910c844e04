/**
 * A preview as an officer looks through it: kinds of problems with where they are, rounds a page at a time (those with
 * problems come first), and when the first notices would leave. Kept under the preview's hash, so that every page is of the
 * plan that is confirmed.
 */
import type pg from 'pg';
import type { WorkCalendar } from '../../domain/kernel/calendar.ts';
import type { Policy } from '../../domain/kernel/process.ts';
import { sendingPolicy } from '../../domain/notices/sending-policy.ts';
import { nextWindow, readyAt, windowAt } from '../../domain/notices/sending-window.ts';
import type { CyclePlan, PlanRow } from '../../domain/supervision/plan.ts';
import { PLAN_PROBLEMS, type PlanProblem, type PlanProblemCode } from '../../domain/supervision/plan-problems.ts';
import { PUBLISHED } from './published-unit.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** A row of the plan without its visits: what stands in a table. */
export interface ShownRow extends Pick<
  PlanRow,
  'ordinal' | 'post' | 'person' | 'unit' | 'roundKey' | 'dueOn' | 'problems'
> {
  readonly visits: number;
  readonly onSite: number;
}

export const shownRow = ({ ordinal, post, person, unit, roundKey, dueOn, problems, visits }: PlanRow): ShownRow => ({
  ordinal,
  post,
  person,
  unit,
  roundKey,
  dueOn,
  problems,
  visits: visits.length,
  onSite: visits.filter(({ onSite }) => onSite).length,
});

export interface NamedRow extends ShownRow {
  readonly postTitle: string;
  readonly personName: string | null;
  readonly unitName: string;
}

export interface PreviewPage {
  /** Only rounds with this problem. */
  readonly problem?: string | undefined;
  readonly after?: number | undefined;
  readonly limit: number;
}

/** The rounds of a kept preview, those with problems first; `null` for a hash nobody was shown. */
export async function previewRows(
  db: Queryable,
  hash: string,
  { problem, after, limit }: PreviewPage,
): Promise<readonly NamedRow[] | null> {
  const { rows: kept } = await db.query('SELECT 1 FROM cycle_previews WHERE hash = $1', [hash]);
  if (kept.length === 0) return null;
  const { rows } = await db.query<NamedRow>(
    `WITH page AS (
       SELECT r.row FROM cycle_previews v CROSS JOIN LATERAL jsonb_array_elements(v.rows->'list') AS r(row)
        WHERE v.hash = $1 AND ($2::int IS NULL OR (r.row->>'ordinal')::int > $2)
          AND ($3::text IS NULL OR r.row->'problems' @> jsonb_build_array(jsonb_build_object('code', $3::text)))
        ORDER BY (r.row->>'ordinal')::int LIMIT $4)
     SELECT x.*, coalesce(p.title, x.post) AS "postTitle", coalesce(h.name, x.person) AS "personName", coalesce(u.name, x.unit) AS "unitName"
       FROM page CROSS JOIN LATERAL jsonb_to_record(page.row) AS x(ordinal int, post text, person text, unit text, "roundKey" text,
                                                       "dueOn" text, problems jsonb, visits int, "onSite" int)
       LEFT JOIN posts p ON p.id = x.post LEFT JOIN persons h ON h.id = x.person LEFT JOIN units u ON u.id = x.unit
      ORDER BY x.ordinal`,
    [hash, after ?? null, problem ?? null, limit],
  );
  return rows;
}

export interface ProblemKind {
  readonly code: PlanProblemCode;
  readonly count: number;
  /** Visits of the rounds that have it. */
  readonly visits: number;
  /** Towns and departments, most first. */
  readonly units: readonly { readonly unit: string; readonly name: string; readonly count: number }[];
}

/** Every kind of problem the plan has, worst first. */
export async function problemKinds(
  db: Queryable,
  { rows, problems, totals }: CyclePlan,
): Promise<readonly ProblemKind[]> {
  const { rows: towns } = await db.query<{ id: string; town: string; name: string }>(
    `WITH ${PUBLISHED} SELECT p.id, p.town, u.name FROM published p JOIN units u ON u.id = p.town`,
  );
  const townOf = new Map(towns.map((row) => [row.id, row]));
  const places = new Map<PlanProblemCode, Map<string, { unit: string; name: string; count: number }>>();
  const visits = new Map<PlanProblemCode, number>();
  const put = ({ code }: PlanProblem, unit: string | null): void => {
    const town = unit === null ? undefined : townOf.get(unit);
    if (town === undefined) return;
    const known = places.get(code) ?? new Map<string, { unit: string; name: string; count: number }>();
    const place = known.get(town.town) ?? { unit: town.town, name: town.name, count: 0 };
    place.count += 1;
    places.set(code, known.set(town.town, place));
  };
  for (const problem of problems)
    put(problem, typeof problem.details['unit'] === 'string' ? problem.details['unit'] : null);
  for (const row of rows) {
    for (const problem of row.problems) {
      put(problem, row.unit);
      visits.set(problem.code, (visits.get(problem.code) ?? 0) + row.visits.length);
    }
  }
  return PLAN_PROBLEMS.flatMap((code) => {
    const count = totals.problems[code] ?? 0;
    const units = [...(places.get(code)?.values() ?? [])].sort((a, b) => b.count - a.count);
    return count === 0 ? [] : [{ code, count, visits: visits.get(code) ?? 0, units }];
  });
}

/** To how many people the first notices would go, and from when: the office writes in its sending hours. */
export function firstNotices(
  { rows }: CyclePlan,
  { policy, calendar }: { readonly policy: Policy; readonly calendar: WorkCalendar },
  now: number,
): { readonly people: number; readonly at: number } {
  const sending = sendingPolicy(policy);
  const window = windowAt(now, sending, calendar) ?? nextWindow(now, sending, calendar);
  return {
    people: new Set(rows.flatMap(({ person }) => person ?? [])).size,
    at: readyAt({ oldestAt: now, newestAt: now }, window, sending.gatherMs),
  };
}
