/**
 * One case as a caller sees it: what it is, who holds it, why each date, what the acting person may do now and which law
 * or rule forbids the rest. Reads only; decides nothing but by asking the process.
 */
import type pg from 'pg';
import { foldOf } from '../cases/apply.ts';
import { readCase } from '../cases/case-row.ts';
import { processOf, readClock, type AnyProcess, type CasesDeps } from '../cases/deps.ts';
import { readFacts } from '../cases/facts.ts';
import type { CaseLine } from '../cases/case-lines.ts';
import { lineOfCase, textsOf } from '../cases/lists.ts';
import type { InForce } from '../cases/office.ts';
import { refusalText } from '../cases/refusal-texts.ts';
import { localDate } from '../domain/kernel/calendar.ts';
import type { Clock } from '../domain/kernel/clock.ts';
import { lawDay, remainingOf, type Remaining } from '../domain/kernel/due.ts';
import { explain, type Explanation } from '../domain/kernel/explanation.ts';
import type { Actor } from '../domain/kernel/process.ts';
import { kindOf } from '../cases/kinds/index.ts';

export interface ClockView {
  readonly id: string;
  readonly label: string;
  readonly status: 'running' | 'stopped' | 'ended';
  readonly endedAt: number | null;
  /** Null once ended. */
  readonly remaining: Remaining | null;
  readonly ladder: string;
  readonly explanation: Explanation;
}

export interface VerbView {
  readonly type: string;
  readonly label: string;
  readonly effect: string;
  readonly may: boolean;
  readonly code: string | null;
  readonly why: string | null;
  readonly article: string | null;
}

export interface CaseView {
  readonly case: CaseLine;
  readonly kindTitle: string;
  readonly stageTitle: string;
  readonly state: unknown;
  /** Erasable words by id; null where erased. */
  readonly texts: Readonly<Record<string, string | null>>;
  readonly clocks: readonly ClockView[];
  readonly verbs: readonly VerbView[];
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
export async function viewCase(deps: CasesDeps, caseId: string, actor: Actor): Promise<CaseView | undefined> {
  const client = await deps.pool.connect();
  try {
    const line = await lineOfCase(client, caseId);
    if (line === undefined) return undefined;
    const row = await readCase(client, caseId);
    const process = processOf(deps, row.kind);
    const { state } = await foldOf(client, process, row);
    const inForce = await deps.office.inForce(client, row.publication);
    const now = await readClock(deps, client);
    const kind = kindOf(caseId);
    return {
      case: line,
      kindTitle: kind?.title ?? row.kind,
      stageTitle: kind?.stages[line.stage] ?? line.stage,
      state,
      texts: await textsOf(client, caseId, state),
      clocks: process.clocks(state).map((clock) => viewClock(clock, kind?.clocks[clock.id] ?? clock.id, inForce, now)),
      verbs: await viewVerbs(client, { process, state, caseId, actor, inForce, now }),
    };
  } finally {
    client.release();
  }
}

function viewClock(clock: Clock, label: string, { rules, calendar }: InForce, now: number): ClockView {
  const rule = rules.rule(clock.rule, lawDay(clock));
  const explanation = explain(clock, rule, calendar);
  const status = clock.endedAt !== undefined ? 'ended' : explanation.due === null ? 'stopped' : 'running';
  return {
    id: clock.id,
    label,
    status,
    endedAt: clock.endedAt ?? null,
    remaining: status === 'ended' ? null : remainingOf(clock, rule, calendar, now),
    ladder: clock.ladder ?? rule.ladder,
    explanation,
  };
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
  for (const [type, { label, effect, probe }] of Object.entries(kindOf(caseId)?.verbs ?? {})) {
    const command = probe(state as never, localDate(now));
    if (command === undefined) {
      const refusal = { code: 'nothing-to-act-on' };
      views.push({ type, label, effect, may: false, code: refusal.code, why: refusalText(refusal), article: null });
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
      may: refusal === null,
      code: refusal?.code ?? null,
      why: refusal === null ? null : refusalText(refusal),
      article: refusal?.article ?? null,
    });
  }
  return views;
}
