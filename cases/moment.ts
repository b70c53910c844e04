/**
 * What a case is at a moment, this one or a past one, in one shape: stage, holder, clocks, papers, links, who had been told,
 * the versions it rests on. Given the fold; reads names and notices, decides nothing.
 */
import type { Armings } from '../domain/kernel/alarms.ts';
import { localDate } from '../domain/kernel/civil-day.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import type { WorkCalendar } from '../domain/kernel/calendar.ts';
import { lawDay } from '../domain/kernel/due.ts';
import type { RulePack } from '../domain/kernel/rule.ts';
import { standingOf, type Standing } from '../domain/kernel/standing.ts';
import { stageWords, wordsOf } from '../domain/words/index.ts';
import type { AnyProcess } from './deps.ts';
import type { CaseFile } from './kinds/case-file.ts';
import { kindOf } from './kinds/index.ts';
import type { Queryable } from './office.ts';
import { clocksAt, type ReplayClock } from './replay/clocks.ts';
import { holderThen, type ReplayHolder } from './replay/holder.ts';
import { speakerOf, type Names } from './replay/names.ts';
import { toldBy, type ReplayNotice } from './replay/told.ts';
import type { Library, ReplayVersions } from './replay/versions.ts';

export interface MomentPaper {
  readonly digest: string;
  readonly title: string;
  readonly madeOn: string | null;
  /** When the file was received; null where it is not kept here. */
  readonly receivedAt: number | null;
  readonly mediaType: string | null;
  readonly size: number | null;
}

export interface MomentStage {
  readonly stage: string;
  readonly title: string;
  readonly place: 'done' | 'current' | 'later';
}

export interface MomentClock extends ReplayClock {
  readonly standing: Standing;
}

export interface CaseMoment {
  readonly caseId: string;
  readonly kind: string;
  readonly kindTitle: string;
  /** The moment shown, epoch ms. */
  readonly at: number;
  readonly openedAt: number;
  readonly stage: string;
  readonly stageTitle: string;
  readonly stages: readonly MomentStage[];
  readonly closedAs: string | null;
  /** What it waits for, a verb phrase; null when nobody must do anything. */
  readonly waits: string | null;
  /** Who had to act, by the register of that day. */
  readonly holder: ReplayHolder | null;
  readonly unit: { readonly id: string; readonly name: string } | null;
  readonly subject: { readonly id: string; readonly name: string } | null;
  readonly cycle: string | null;
  readonly figures: readonly { readonly id: string; readonly label: string; readonly value: number }[];
  readonly clocks: readonly MomentClock[];
  readonly told: readonly ReplayNotice[];
  readonly versions: ReplayVersions;
  readonly papers: readonly MomentPaper[];
  readonly links: readonly { readonly caseId: string; readonly why: string }[];
  readonly head: { readonly seq: number; readonly hash: string };
}

/** What the moment is of. */
export interface MomentOf {
  readonly caseId: string;
  readonly kind: string;
  readonly process: AnyProcess;
  readonly state: unknown;
  readonly armings: Armings;
  readonly at: number;
  readonly openedAt: number;
  readonly head: { readonly seq: number; readonly hash: string };
  readonly rules: RulePack;
  readonly calendar: WorkCalendar;
  readonly library: Library;
  readonly versions: ReplayVersions;
  /** Names the caller has read already. */
  readonly say?: Names;
}

export async function momentAt(client: Queryable, of: MomentOf): Promise<CaseMoment> {
  const { caseId, kind, process, state, armings, at, rules, calendar, library } = of;
  const words = wordsOf(kind);
  const summary = process.summary(state);
  const closedAs = summary.closedAs ?? null;
  const say = of.say ?? (await speakerOf(client, [summary]));
  const clocks: readonly Clock[] = process.clocks(state);
  const standings = new Map(
    clocks.map((clock) => [clock.id, standingOf(clock, rules.rule(clock.rule, lawDay(clock)), calendar, at)]),
  );
  const shown = clocksAt({
    clocks,
    armings,
    rules,
    calendar,
    library,
    labelOf: (clock) => words?.clocks[clock] ?? clock,
    at,
  });
  const file = (kindOf(caseId)?.file ?? {}) as CaseFile<unknown>;
  return {
    caseId,
    kind,
    kindTitle: words?.title ?? kind,
    at,
    openedAt: of.openedAt,
    stage: summary.stage,
    stageTitle: stageWords(words, summary.stage, closedAs),
    stages: (file.stages?.(state) ?? [{ stage: summary.stage, place: 'current' }]).map(({ stage, place }) => ({
      stage,
      title: stageWords(words, stage, place === 'current' ? closedAs : null),
      place,
    })),
    closedAs,
    waits: closedAs === null ? (words?.acts[summary.stage]?.act ?? null) : null,
    holder: summary.holder === null ? null : await holderThen(client, summary.holder, localDate(at)),
    unit: summary.unit === null ? null : { id: summary.unit, name: say.unit(summary.unit) },
    subject: summary.subject === undefined ? null : { id: summary.subject, name: say.subjectName(summary.subject) },
    cycle: summary.cycle ?? null,
    figures: Object.entries(summary.figures ?? {}).map(([id, value]) => ({
      id,
      label: words?.figures?.[id] ?? id,
      value,
    })),
    clocks: shown.flatMap((clock) => {
      const standing = standings.get(clock.id);
      return standing === undefined ? [] : [{ ...clock, standing }];
    }),
    told: await toldBy(client, caseId, at),
    versions: of.versions,
    papers: await papersOf(client, file.papers?.(state) ?? []),
    links: file.links?.(state, caseId) ?? [],
    head: of.head,
  };
}

/** The papers with what is known of their files, newest first. */
async function papersOf(
  client: Queryable,
  papers: readonly { readonly digest: string; readonly title: string; readonly madeOn: string | null }[],
): Promise<readonly MomentPaper[]> {
  if (papers.length === 0) return [];
  const { rows } = await client.query<{ digest: string; media_type: string; size: number; uploaded_at: string }>({
    name: 'papers-of',
    text: 'SELECT digest, media_type, size, uploaded_at FROM evidence WHERE digest = ANY($1::text[])',
    values: [papers.map(({ digest }) => digest)],
  });
  const files = new Map(rows.map((row) => [row.digest, row]));
  return papers
    .map(({ digest, title, madeOn }) => {
      const file = files.get(digest);
      return {
        digest,
        title,
        madeOn,
        receivedAt: file === undefined ? null : Number(file.uploaded_at),
        mediaType: file?.media_type ?? null,
        size: file?.size ?? null,
      };
    })
    .reverse();
}
