/**
 * Cases as the list page shows them: what each waits for, and how its first limit stands. Clocks are counted only for the
 * rows of the page. Knows no kind by name.
 */
import type pg from 'pg';
import { stageWords, wordsOf } from '../domain/words/index.ts';
import type { Standing } from '../domain/kernel/standing.ts';
import type { CaseLine } from './case-lines.ts';
import { readClock, type CasesDeps } from './deps.ts';
import { countCases, listCases, type CaseCount, type CaseCursor, type CaseFilter, type CaseOrder } from './lists.ts';
import type { Reach } from '../domain/rights/table.ts';
import { edgesAt, firstClock } from './todo.ts';

export const RUNGS = ['red', 'yellow', 'blue'] as const;
export type Rung = (typeof RUNGS)[number];

export interface ListFilter extends Omit<CaseFilter, 'endsAfter' | 'endsBy'> {
  /** Open cases whose first limit has run out, ends today, or ends within three working days. */
  readonly rung?: Rung;
}

export interface ListedCase extends CaseLine {
  readonly kindTitle: string;
  readonly stageTitle: string;
  /** A verb phrase: what it waits for; the stage where nobody must do anything. */
  readonly act: string;
  /** Of the limit that ends first; null where none runs. */
  readonly standing: Standing | null;
  readonly clockTitle: string | null;
}

export interface Paging {
  readonly order: CaseOrder;
  readonly limit: number;
  readonly after?: CaseCursor | undefined;
}

export async function listRows(
  deps: CasesDeps,
  { rung, ...filter }: ListFilter,
  paging: Paging,
): Promise<{ readonly rows: readonly ListedCase[]; readonly next: CaseCursor | null }> {
  const client = await deps.pool.connect();
  try {
    const inForce = await deps.office.inForce(client);
    const now = await readClock(deps, client);
    const { rows, next } = await listCases(
      client,
      { ...filter, ...(rung === undefined ? {} : spanOf(rung, edgesAt(now, inForce))) },
      paging,
    );
    const states = await statesOf(client, rows);
    const listed = rows.map((line): ListedCase => {
      const words = wordsOf(line.kind);
      const stageTitle = stageWords(words, line.stage, line.closedAs);
      const state = states.get(line.id);
      const first = state === undefined ? null : firstClock(deps, line.kind, state, inForce, now);
      return {
        ...line,
        kindTitle: words?.title ?? line.kind,
        stageTitle,
        act: (line.closedAs === null ? words?.acts[line.stage]?.act : undefined) ?? stageTitle,
        standing: first?.standing ?? null,
        clockTitle: first === null ? null : (words?.clocks[first.id] ?? first.id),
      };
    });
    return { rows: listed, next };
  } finally {
    client.release();
  }
}

/** Open cases by kind and rung, within reach. */
export async function countRows(
  deps: CasesDeps,
  reach: Reach,
): Promise<readonly (CaseCount & { kindTitle: string })[]> {
  const client = await deps.pool.connect();
  try {
    const edges = edgesAt(await readClock(deps, client), await deps.office.inForce(client));
    const counts = await countCases(client, reach, edges);
    return counts.map((count) => ({ ...count, kindTitle: wordsOf(count.kind)?.title ?? count.kind }));
  } finally {
    client.release();
  }
}

/** The instants between which the first limit ends at a rung. */
function spanOf(rung: Rung, { now, today, soon }: { now: number; today: number; soon: number }) {
  if (rung === 'red') return { endsBy: now };
  return rung === 'yellow' ? { endsAfter: now, endsBy: today } : { endsAfter: today, endsBy: soon };
}

/** States of the open cases among these: closed ones have no limit running. */
async function statesOf(client: pg.ClientBase, rows: readonly CaseLine[]): Promise<ReadonlyMap<string, unknown>> {
  const open = rows.filter(({ closedAt }) => closedAt === null).map(({ id }) => id);
  if (open.length === 0) return new Map();
  const { rows: found } = await client.query<{ id: string; state: unknown }>({
    name: 'states-of',
    text: 'SELECT id, state FROM cases WHERE id = ANY($1::text[])',
    values: [open],
  });
  return new Map(found.map(({ id, state }) => [id, state]));
}
