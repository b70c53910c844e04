/**
 * What was a case at a moment, and how did it come to be so? Folded from the journal up to that moment, counted by the
 * calendar and rules its entries name; the case's row is never read, so a damaged row cannot lie.
 */
import type { Clock } from '../domain/kernel/clock.ts';
import { localDate } from '../domain/kernel/civil-day.ts';
import { stageWords, wordsOf } from '../domain/words/index.ts';
import { processOf, readClock, UnknownCase, type CasesDeps } from './deps.ts';
import { parseEntry } from './entry.ts';
import { foldEntries, readEntries } from './refold.ts';
import { clocksAt, type ReplayClock } from './replay/clocks.ts';
import { refusedUntil, saidEntries, type ReplayEntry, type ReplayRefusal } from './replay/entries.ts';
import { holderThen, type ReplayHolder } from './replay/holder.ts';
import { speakerOf } from './replay/names.ts';
import { toldBy, type ReplayNotice } from './replay/told.ts';
import { libraryOf, type ReplayVersions } from './replay/versions.ts';

export interface Replay {
  readonly caseId: string;
  readonly kind: string;
  readonly kindTitle: string;
  /** The moment shown, epoch ms. */
  readonly at: number;
  readonly openedAt: number;
  readonly stage: string;
  readonly stageTitle: string;
  readonly closedAs: string | null;
  /** Who had to act, by the register of that day. */
  readonly holder: ReplayHolder | null;
  readonly unit: { readonly id: string; readonly name: string } | null;
  readonly subject: { readonly id: string; readonly name: string } | null;
  readonly cycle: string | null;
  readonly figures: readonly { readonly id: string; readonly label: string; readonly value: number }[];
  readonly clocks: readonly ReplayClock[];
  readonly told: readonly ReplayNotice[];
  readonly versions: ReplayVersions;
  readonly head: { readonly seq: number; readonly hash: string };
  readonly entries: readonly ReplayEntry[];
  readonly refusals: readonly ReplayRefusal[];
}

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

/** At `at`, or now. Throws `UnknownCase`, `NotYetOpened`, and `UnknownKind` for a kind of another build. */
export async function replayCase(deps: CasesDeps, caseId: string, at?: number): Promise<Replay> {
  const client = await deps.pool.connect();
  try {
    const until = at ?? (await readClock(deps, client));
    const stored = await readEntries(client, caseId, until);
    const last = stored.at(-1);
    if (last === undefined) throw await absent(client, caseId);
    const entries = stored.map(({ seq, hash, body }) => ({ seq, hash, content: parseEntry(body) }));
    const contents = entries.map(({ content }) => content);
    const newest = contents.at(-1);
    const kind = newest?.kind;
    // A chain of the register has entries too, but of another shape.
    if (newest === undefined || kind === undefined || !caseId.startsWith(`${kind}/`)) throw new UnknownCase(caseId);
    const process = processOf(deps, kind);
    const words = wordsOf(kind);
    const { state, armings } = foldEntries(process, contents);
    const summary = process.summary(state);
    const closedAs = summary.closedAs ?? null;
    const library = await libraryOf(client, deps, contents);
    const refusedBy = await client.query<{ person: string; post: string }>(
      'SELECT person, post FROM refusals WHERE case_id = $1',
      [caseId],
    );
    const mentioned = contents.map(({ events, actor }) => ({ events, actor }));
    const say = await speakerOf(client, [mentioned, summary, refusedBy.rows]);
    const labelOf = (clock: string): string => words?.clocks[clock] ?? clock;
    const clocks: readonly Clock[] = process.clocks(state);
    return {
      caseId,
      kind,
      kindTitle: words?.title ?? kind,
      at: until,
      openedAt: stored[0]?.at ?? last.at,
      stage: summary.stage,
      stageTitle: stageWords(words, summary.stage, closedAs),
      closedAs,
      holder: summary.holder === null ? null : await holderThen(client, summary.holder, localDate(until)),
      unit: summary.unit === null ? null : { id: summary.unit, name: say.unit(summary.unit) },
      subject: summary.subject === undefined ? null : { id: summary.subject, name: say.subjectName(summary.subject) },
      cycle: summary.cycle ?? null,
      figures: Object.entries(summary.figures ?? {}).map(([id, value]) => ({
        id,
        label: words?.figures?.[id] ?? id,
        value,
      })),
      clocks: clocksAt({
        clocks,
        armings,
        rules: library.rules(newest.versions),
        calendar: library.calendar(newest.versions.calendar),
        library,
        labelOf,
        at: until,
      }),
      told: await toldBy(client, caseId, until),
      versions: library.versionsOf(newest),
      head: { seq: last.seq, hash: last.hash },
      entries: saidEntries(entries, { say, library, labelOf }),
      refusals: await refusedUntil(client, caseId, until, (command) => words?.commands[command]?.label ?? command, say),
    };
  } finally {
    client.release();
  }
}

async function absent(client: Parameters<typeof readEntries>[0], caseId: string): Promise<Error> {
  const { rows } = await client.query<{ at: string | null }>('SELECT min(at) AS at FROM entries WHERE chain = $1', [
    caseId,
  ]);
  const at = rows[0]?.at ?? null;
  return at === null ? new UnknownCase(caseId) : new NotYetOpened(caseId, Number(at));
}
