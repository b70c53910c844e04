/** A replayed case as JSON, with the same in plain Chinese. Replays nothing itself. */
import { z } from 'zod';
import type { CasesDeps } from '../cases/deps.ts';
import { momentOfCase, NotYetOpened, replayCase, UnknownEntry, type ReplayPoint } from '../cases/replay.ts';
import { replayText } from '../cases/replay/text.ts';
import { momentMembers } from './moment-shape.ts';
import { ApiProblem } from './problem.ts';

const at = z.int();

/** Loose where a replay may learn to say more. */
export const ReplayShape = z
  .looseObject({
    ...momentMembers,
    entries: z.array(z.looseObject({ seq: z.int(), at, hash: z.string() })),
    refusals: z.array(z.looseObject({ at, code: z.string() })),
    text: z.string().meta({ description: '同一内容的中文' }),
  })
  .meta({ id: 'Replay' });

/** As `ReplayShape` has it. Throws `UnknownCase` and the problem `before-opening`. */
export const viewReplay = (deps: CasesDeps, caseId: string, instant: number | undefined): Promise<unknown> =>
  existing(async () => {
    const replay = await replayCase(deps, caseId, instant);
    return { ...replay, text: replayText(replay) };
  });

/** As `CaseMomentShape` has it. Same errors, and the problem `entry-not-found`. */
export const viewMoment = (deps: CasesDeps, caseId: string, point: ReplayPoint): Promise<unknown> =>
  existing(() => momentOfCase(deps, caseId, point));

async function existing<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UnknownEntry) throw new ApiProblem('entry-not-found', { details: { seq: error.seq } });
    if (!(error instanceof NotYetOpened)) throw error;
    throw new ApiProblem('before-opening', { details: { openedAt: error.openedAt } });
  }
}
