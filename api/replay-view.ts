/** A replayed case as JSON, with the same in plain Chinese. Replays nothing itself. */
import { z } from 'zod';
import type { CasesDeps } from '../cases/deps.ts';
import { NotYetOpened, replayCase } from '../cases/replay.ts';
import { replayText } from '../cases/replay/text.ts';
import { ApiProblem } from './problem.ts';
import { ExplanationShape } from './shapes.ts';

const at = z.int();
const named = z.strictObject({ id: z.string(), name: z.string() }).nullable();
const version = z.looseObject({ hash: z.string(), name: z.string(), version: z.string() });

const Clock = z.looseObject({
  id: z.string(),
  label: z.string(),
  status: z.enum(['running', 'stopped', 'ended']),
  rule: z.string(),
  version: z.string(),
  basis: z.string(),
  dueOn: z.string().nullable(),
  dueAt: at.nullable(),
  provisional: z.boolean(),
  endedAt: at.nullable(),
  remainingWords: z.string().nullable(),
  breached: z.boolean(),
  why: z.string(),
  explanation: ExplanationShape,
});

/** Loose where a replay may learn to say more. */
export const ReplayShape = z
  .looseObject({
    caseId: z.string(),
    kind: z.string(),
    kindTitle: z.string(),
    at,
    openedAt: at,
    stage: z.string(),
    stageTitle: z.string(),
    closedAs: z.string().nullable(),
    holder: z.looseObject({ post: z.string(), title: z.string(), person: z.string().nullable() }).nullable(),
    unit: named,
    subject: named,
    cycle: z.string().nullable(),
    figures: z.array(z.strictObject({ id: z.string(), label: z.string(), value: z.number() })),
    clocks: z.array(Clock),
    told: z.array(z.looseObject({ post: z.string(), act: z.string(), state: z.string(), at })),
    versions: z.looseObject({ rules: version, calendar: version, policy: version, build: z.string() }),
    head: z.strictObject({ seq: z.int(), hash: z.string() }),
    entries: z.array(z.looseObject({ seq: z.int(), at, hash: z.string() })),
    refusals: z.array(z.looseObject({ at, code: z.string() })),
    text: z.string().meta({ description: '同一内容的中文' }),
  })
  .meta({ id: 'Replay' });

/** As `ReplayShape` has it. Throws `UnknownCase` and the problem `before-opening`. */
export async function viewReplay(deps: CasesDeps, caseId: string, instant: number | undefined): Promise<unknown> {
  try {
    const replay = await replayCase(deps, caseId, instant);
    return { ...replay, text: replayText(replay) };
  } catch (error) {
    if (!(error instanceof NotYetOpened)) throw error;
    throw new ApiProblem('before-opening', { details: { openedAt: error.openedAt } });
  }
}
