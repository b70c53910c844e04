/**
 * One case as a caller sees it: what it is, who holds it, why each date, what the acting person may do now and which law
 * or rule forbids the rest. Reads only; decides nothing but by asking the process.
 */
import type pg from 'pg';
import { foldOf } from '../cases/apply.ts';
import { readCase } from '../cases/case-row.ts';
import type { CaseLine } from '../cases/case-lines.ts';
import { processOf, readClock, type AnyProcess, type CasesDeps } from '../cases/deps.ts';
import { readFacts } from '../cases/facts.ts';
import { linkedCases, type LinkedCase } from '../cases/linked.ts';
import { lineOfCase, textsOf } from '../cases/lists.ts';
import { momentAt, type CaseMoment } from '../cases/moment.ts';
import type { InForce } from '../cases/office.ts';
import { refusalText } from '../cases/refusal-texts.ts';
import { libraryFor } from '../cases/replay/versions.ts';
import { alarmEnv, versionsOf } from '../cases/step.ts';
import { ahead } from '../domain/kernel/alarms.ts';
import { rungTitle } from '../cases/effects.ts';
import { localDate } from '../domain/kernel/calendar.ts';
import type { Actor, Refusal } from '../domain/kernel/process.ts';
import type { Reach } from '../domain/rights/table.ts';
import type { CasePage } from '../domain/words/kind-words.ts';
import { kindOf } from '../cases/kinds/index.ts';
import { axisOf, type Axis } from './case-axis.ts';
import { problemText } from './problem-texts.ts';

export interface VerbView {
  readonly type: string;
  readonly label: string;
  readonly effect: string;
  readonly may: boolean;
  /** `forbidden`: by an article; `not-yours`: another post's; `not-yet`: the case is not there. */
  readonly standing: 'may' | 'forbidden' | 'not-yours' | 'not-yet';
  readonly code: string | null;
  readonly why: string | null;
  readonly article: string | null;
  /** On which page it is done; null: by its form. */
  readonly page: CasePage | null;
}

export interface CaseView extends CaseMoment {
  readonly case: CaseLine;
  readonly links: readonly LinkedCase[];
  /** How many linked cases the caller may not see. */
  readonly hiddenLinks: number;
  readonly subjectFacts: {
    readonly class: string;
    readonly risk: string;
    readonly trade: string;
    readonly status: string;
  } | null;
  readonly state: unknown;
  /** Erasable words by id; null where erased. */
  readonly texts: Readonly<Record<string, string | null>>;
  readonly verbs: readonly VerbView[];
  /** What fires if nothing is done, in its order. */
  readonly ahead: readonly { readonly clock: string; readonly title: string; readonly at: number }[];
  readonly axis: Axis;
}

/** Refusals that only say that the form is still to be filled in: the probe names nothing in particular. */
const ASKS_INPUT: ReadonlySet<string> = new Set([
  'items-missing',
  'unknown-item',
  'evidence-missing',
  'evidence-date-implausible',
  'unknown-post',
  'due-in-past',
  'due-missing',
  'visited-outside-period',
  'extension-amount',
  'extension-too-long',
  'filed-before-passed-on',
]);

/** Undefined where there is no such case. Throws `NewerState` and what the pool throws. */
export async function viewCase(
  deps: CasesDeps,
  caseId: string,
  { actor, reach }: { readonly actor: Actor; readonly reach: Reach },
): Promise<CaseView | undefined> {
  const client = await deps.pool.connect();
  try {
    const line = await lineOfCase(client, caseId);
    if (line === undefined) return undefined;
    const row = await readCase(client, caseId);
    const process = processOf(deps, row.kind);
    const { state, armings } = await foldOf(client, process, row);
    const inForce = await deps.office.inForce(client, row.publication);
    const now = await readClock(deps, client);
    const versions = versionsOf(inForce);
    const armed = Object.values(armings).map(({ ladderHash }) => ladderHash);
    const library = await libraryFor(client, deps, [versions], armed);
    const moment = await momentAt(client, {
      caseId,
      kind: row.kind,
      process,
      state,
      armings,
      at: now,
      openedAt: row.openedAt,
      head: { seq: row.seq, hash: row.head },
      rules: inForce.rules,
      calendar: inForce.calendar,
      library,
      versions: library.versionsOf({ versions, build: deps.build, revision: process.revision }),
    });
    const { links, hidden } = await linkedCases(client, reach, moment.links);
    return {
      ...moment,
      case: line,
      links,
      hiddenLinks: hidden,
      subjectFacts: line.subject === null ? null : await factsOf(client, line.subject.id),
      state,
      texts: await textsOf(client, caseId, state),
      verbs: await viewVerbs(client, { process, state, caseId, actor, inForce, now }),
      ahead: ahead(process.clocks(state), armings, alarmEnv(inForce, caseId)).map(({ clock, rung, at }) => ({
        clock,
        title: rungTitle(rung),
        at,
      })),
      axis: axisOf(row.openedAt, now, moment.clocks, inForce.calendar),
    };
  } finally {
    client.release();
  }
}

async function factsOf(client: pg.ClientBase, subject: string): Promise<CaseView['subjectFacts']> {
  const { rows } = await client.query<NonNullable<CaseView['subjectFacts']>>({
    name: 'subject-facts',
    text: 'SELECT class, risk, trade, status FROM subjects WHERE id = $1',
    values: [subject],
  });
  return rows[0] ?? null;
}

interface Asked {
  readonly process: AnyProcess;
  readonly state: unknown;
  readonly caseId: string;
  readonly actor: Actor;
  readonly inForce: InForce;
  readonly now: number;
}

async function viewVerbs(client: pg.ClientBase, asked: Asked): Promise<VerbView[]> {
  const { process, state, caseId, actor, inForce, now } = asked;
  const views: VerbView[] = [];
  for (const [type, { label, effect, page = null, probe }] of Object.entries(kindOf(caseId)?.verbs ?? {})) {
    const command = probe(state as never, localDate(now));
    if (command === undefined) {
      const refusal = { code: 'nothing-to-act-on' };
      const why = refusalText(refusal);
      views.push({
        type,
        label,
        effect,
        page,
        may: false,
        standing: 'not-yet',
        code: refusal.code,
        why,
        article: null,
      });
      continue;
    }
    const facts = await readFacts(client, process.needs(state, command));
    const { rules, calendar, policy } = inForce;
    const decision = process.decide(state, command, {
      now,
      received: now,
      caseId,
      actor,
      rules,
      calendar,
      policy,
      facts,
    });
    const refusal = 'refused' in decision && !ASKS_INPUT.has(decision.refused.code) ? decision.refused : null;
    views.push({
      type,
      label,
      effect,
      page,
      may: refusal === null,
      standing: refusal === null ? 'may' : standingOf(refusal),
      code: refusal?.code ?? null,
      why: refusal === null ? null : refusalText(refusal),
      article: refusal?.article ?? null,
    });
  }
  return views;
}

/** An article forbids; a post has no business here; all else is a matter of time. */
function standingOf({ code, article }: Refusal): VerbView['standing'] {
  if (article !== undefined) return 'forbidden';
  return problemText(code).status === 403 ? 'not-yours' : 'not-yet';
}
