/** Which running work a batch of changes may reach, looked up set-based. Knows no rule. */
import type pg from 'pg';
import type { Register } from '../../domain/register/register.ts';
import type { Episode, RoundOpening, RunningCycle, RunningWork } from '../../domain/register/running-work.ts';
import type { NamedIds } from './slice.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

export async function readRunningWork(
  client: Queryable,
  ids: NamedIds,
  slice: Pick<Register, 'posts' | 'tenures'>,
  today: string,
): Promise<RunningWork> {
  const holders = [...slice.tenures.values()].map(({ post, person }) => `${post}/${person}`);
  const named = ids.posts.flatMap((post) => ids.persons.map((person) => `${post}/${person}`));
  return {
    bindingDuties: await newestEpisodes(client, 'binding-duty', ids.subjects),
    pledgeDuties: await newestEpisodes(client, 'pledge-duty', named.length > 2_000 ? holders : [...holders, ...named]),
    cycles: await runningCycles(client, [...slice.posts.keys()], today),
    corrections: await openCorrections(client, ids.subjects),
  };
}

/** The newest episode of each duty; keys are `<prefix>/<n>`. */
export async function newestEpisodes(
  client: Queryable,
  kind: 'binding-duty' | 'pledge-duty',
  prefixes: readonly string[],
): Promise<ReadonlyMap<string, Episode>> {
  if (prefixes.length === 0) return new Map();
  const { rows } = await client.query<{ prefix: string; episode: number; open: boolean }>(
    `SELECT DISTINCT ON (prefix) prefix, episode, open
       FROM (SELECT regexp_replace(key, '/[0-9]+$', '') AS prefix, substring(key FROM '[0-9]+$')::int AS episode,
                    closed_at IS NULL AS open
               FROM cases WHERE kind = $1) AS episodes
      WHERE prefix = ANY($2) ORDER BY prefix, episode DESC`,
    [kind, [...new Set(prefixes)]],
  );
  return new Map(rows.map(({ prefix, episode, open }) => [prefix, { episode, open }]));
}

interface CycleRow {
  readonly id: string;
  readonly key: string;
  readonly period: { readonly fromOn: string; readonly toOn: string };
  readonly scope: RunningCycle['scope'];
}

async function runningCycles(
  client: Queryable,
  posts: readonly string[],
  today: string,
): Promise<readonly RunningCycle[]> {
  const { rows } = await client.query<CycleRow>(
    `SELECT id, key, state->'period' AS period, state->'scope' AS scope FROM cases
      WHERE kind = 'cycle' AND stage IN ('opening', 'running', 'paused') AND state->'period'->>'toOn' >= $1 ORDER BY id`,
    [today],
  );
  const running: RunningCycle[] = [];
  for (const row of rows) running.push(asRunning(row, await postsOf(client, row, posts)));
  return running;
}

interface PostRow {
  readonly post: string;
  /** `null`: the round is open, or was. */
  readonly input: RoundOpening | null;
}

function asRunning({ id, key, period: { fromOn, toOn }, scope }: CycleRow, rows: readonly PostRow[]): RunningCycle {
  return {
    caseId: id,
    key,
    period: { fromOn, toOn },
    scope,
    posts: new Set(rows.map(({ post }) => post)),
    planned: new Map(rows.flatMap(({ post, input }) => (input === null ? [] : [[post, input] as const]))),
  };
}

/** Posts with a round in the cycle, and posts whose row of the plan is still to become one. */
async function postsOf(
  client: Queryable,
  { id, key }: CycleRow,
  posts: readonly string[],
): Promise<readonly PostRow[]> {
  const { rows } = await client.query<PostRow>(
    `SELECT asked.post, CASE WHEN c.id IS NULL THEN p.input END AS input
       FROM unnest($1::text[]) AS asked(post)
       LEFT JOIN cases c ON c.id = 'round/' || $2 || '/' || asked.post
       LEFT JOIN cycle_plan p ON p.cycle_id = $3 AND p.round_key = $2 || '/' || asked.post AND p.result IS NULL
      WHERE c.id IS NOT NULL OR p.round_key IS NOT NULL`,
    [posts, key, id],
  );
  return rows;
}

async function openCorrections(
  client: Queryable,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await client.query<{ subject: string; ids: string[] }>(
    `SELECT subject_id AS subject, array_agg(id ORDER BY id) AS ids FROM cases
      WHERE kind = 'correction' AND closed_at IS NULL AND subject_id = ANY($1) GROUP BY subject_id`,
    [subjects],
  );
  return new Map(rows.map(({ subject, ids }) => [subject, ids]));
}
