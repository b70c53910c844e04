/** Whether a case changed since somebody looked at it, in a way that matters to an act: something happened, or a date moved. */
import type pg from 'pg';
import { wordsOf } from '../domain/words/index.ts';
import { CaseMoved } from './deps.ts';
import { parseEntry, type EntryContent } from './entry.ts';

/** How many changes are named; whoever missed more looks at the case again anyway. */
const NAMED = 5;

/** Throws `CaseMoved`. A reminder that went out changes nothing an act rests on. */
export async function mustBeUnmoved(
  client: Pick<pg.ClientBase, 'query'>,
  { id, kind, seq }: { readonly id: string; readonly kind: string; readonly seq: number },
  seen: number,
): Promise<void> {
  if (seq <= seen) return;
  const { rows } = await client.query<{ body: string }>({
    name: 'entries-since',
    text: 'SELECT body FROM entries WHERE chain = $1 AND seq > $2 ORDER BY seq',
    values: [id, seen],
  });
  const what = rows.flatMap(({ body }) => changesIn(kind, parseEntry(body)));
  if (what.length > 0) throw new CaseMoved(id, what.slice(-NAMED));
}

function changesIn(kind: string, { events, kernel }: EntryContent): string[] {
  const words = wordsOf(kind);
  if (events.length > 0) return events.map(({ type }) => words?.events[type] ?? type);
  return kernel
    .filter(({ type }) => type === 'clock-armed')
    .map(({ clock }) => `${words?.clocks[clock] ?? clock}重新计算`);
}
