/**
 * What was a case at a moment, and how did it come to be so? Folded from the journal up to that moment, counted by the
 * calendar and rules its entries name; the case's row is never read, so a damaged row cannot lie.
 */
import type pg from 'pg';
import { wordsOf } from '../domain/words/index.ts';
import { processOf, readClock, UnknownCase, type CasesDeps } from './deps.ts';
import { parseEntry } from './entry.ts';
import { momentAt, type CaseMoment } from './moment.ts';
import { foldEntries, readEntries } from './refold.ts';
import { refusedUntil, saidEntries, type ReplayEntry, type ReplayRefusal } from './replay/entries.ts';
import { speakerOf } from './replay/names.ts';
import { libraryOf } from './replay/versions.ts';

/** The case at the moment, and its whole course until then. */
export interface Replay extends CaseMoment {
  readonly entries: readonly ReplayEntry[];
  readonly refusals: readonly ReplayRefusal[];
}

/** Which moment: after an entry, at an instant, or now. */
export type ReplayPoint = { readonly at: number } | { readonly seq: number } | Record<string, never>;

/** The case exists, but not yet at the moment asked for. */
export class NotYetOpened extends Error {
  readonly caseId: string;
  readonly openedAt: number;
  constructor(caseId: string, openedAt: number) {
    super(`case ${caseId} was opened at ${String(openedAt)}`);
    this.name = 'NotYetOpened';
    this.caseId = caseId;
    this.openedAt = openedAt;
  }
}

/** The case has no such entry. */
export class UnknownEntry extends Error {
  readonly seq: number;
  constructor(caseId: string, seq: number) {
    super(`case ${caseId} has no entry ${String(seq)}`);
    this.name = 'UnknownEntry';
    this.seq = seq;
  }
}

/** At `at`, or now. Throws `UnknownCase`, `NotYetOpened`, and `UnknownKind` for a kind of another build. */
export function replayCase(deps: CasesDeps, caseId: string, at?: number): Promise<Replay> {
  return onClient(deps, async (client) => {
    const folded = await foldUntil(deps, client, caseId, at === undefined ? {} : { at });
    const { contents, entries, moment, library } = folded;
    const words = wordsOf(moment.kind);
    const refusedBy = await client.query<{ person: string; post: string }>(
      'SELECT person, post FROM refusals WHERE case_id = $1',
      [caseId],
    );
    const mentioned = contents.map(({ events, actor }) => ({ events, actor }));
    const say = await speakerOf(client, [mentioned, moment.process.summary(moment.state), refusedBy.rows]);
    const labelOf = (clock: string): string => words?.clocks[clock] ?? clock;
    return {
      ...(await momentAt(client, { ...moment, say })),
      entries: saidEntries(entries, { say, library, labelOf }),
      refusals: await refusedUntil(
        client,
        caseId,
        moment.at,
        (command) => words?.commands[command]?.label ?? command,
        say,
      ),
    };
  });
}

/** The case alone, without its course. Same errors; an entry that does not exist is `UnknownEntry`. */
export const momentOfCase = (deps: CasesDeps, caseId: string, point: ReplayPoint): Promise<CaseMoment> =>
  onClient(deps, async (client) => momentAt(client, (await foldUntil(deps, client, caseId, point)).moment));

async function onClient<T>(deps: CasesDeps, read: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await deps.pool.connect();
  try {
    return await read(client);
  } finally {
    client.release();
  }
}

/** After an entry, the moment is the entry's own. */
async function foldUntil(deps: CasesDeps, client: pg.ClientBase, caseId: string, point: ReplayPoint) {
  const until = 'seq' in point ? { seq: point.seq } : { at: point.at ?? (await readClock(deps, client)) };
  const stored = await readEntries(client, caseId, until);
  const last = stored.at(-1);
  if (last === undefined) throw await absent(client, caseId);
  if ('seq' in point && last.seq !== point.seq) throw new UnknownEntry(caseId, point.seq);
  const entries = stored.map(({ seq, hash, body }) => ({ seq, hash, content: parseEntry(body) }));
  const contents = entries.map(({ content }) => content);
  const newest = contents.at(-1);
  const kind = newest?.kind;
  // A chain of the register has entries too, but of another shape.
  if (newest === undefined || kind === undefined || !caseId.startsWith(`${kind}/`)) throw new UnknownCase(caseId);
  const process = processOf(deps, kind);
  const library = await libraryOf(client, deps, contents);
  return {
    contents,
    entries,
    library,
    moment: {
      caseId,
      kind,
      process,
      ...foldEntries(process, contents),
      at: 'at' in until ? until.at : last.at,
      openedAt: stored[0]?.at ?? last.at,
      head: { seq: last.seq, hash: last.hash },
      rules: library.rules(newest.versions),
      calendar: library.calendar(newest.versions.calendar),
      library,
      versions: library.versionsOf(newest),
    },
  };
}

async function absent(client: Parameters<typeof readEntries>[0], caseId: string): Promise<Error> {
  const { rows } = await client.query<{ at: string | null }>('SELECT min(at) AS at FROM entries WHERE chain = $1', [
    caseId,
  ]);
  const at = rows[0]?.at ?? null;
  return at === null ? new UnknownCase(caseId) : new NotYetOpened(caseId, Number(at));
}
