/** Filters of a list that a person keeps under a name. Everybody has their own; a name used again replaces. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { readClock, type CasesDeps } from './deps.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

export interface SavedView {
  readonly id: string;
  readonly page: string;
  readonly name: string;
  /** The address's query, as the page reads it. */
  readonly query: string;
}

/** More than this nobody finds again. */
export const MOST_VIEWS = 30;

export async function listViews(db: Queryable, person: string, page: string): Promise<readonly SavedView[]> {
  const { rows } = await db.query<SavedView>({
    name: 'saved-views',
    text: 'SELECT id, page, name, query FROM saved_views WHERE person = $1 AND page = $2 ORDER BY at, id',
    values: [person, page],
  });
  return rows;
}

/** `null`: the person keeps as many as can be kept. */
export async function saveView(
  deps: Pick<CasesDeps, 'now'>,
  client: pg.ClientBase,
  person: string,
  { page, name, query }: Omit<SavedView, 'id'>,
): Promise<SavedView | null> {
  const at = await readClock(deps, client);
  const { rows } = await client.query<SavedView>({
    name: 'save-view',
    text: `INSERT INTO saved_views (id, person, page, name, query, at)
           SELECT $1, $2, $3, $4, $5, $6
            WHERE (SELECT count(*) FROM saved_views WHERE person = $2 AND page = $3 AND name <> $4) < $7
           ON CONFLICT (person, page, name) DO UPDATE SET query = excluded.query
           RETURNING id, page, name, query`,
    values: [randomUUID(), person, page, name, query, at, MOST_VIEWS],
  });
  return rows[0] ?? null;
}

/** Whether the person had it. */
export async function removeView(db: Queryable, person: string, id: string): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'remove-view',
    text: 'DELETE FROM saved_views WHERE id = $1 AND person = $2',
    values: [id, person],
  });
  return rowCount === 1;
}
