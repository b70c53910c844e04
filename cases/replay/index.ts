/** Replay in one call: the structure, and the same in plain Chinese. */
import type { Ladder } from '../../domain/kernel/ladder.ts';
import type { CasesDeps } from '../deps.ts';
import { replayCase, type Replay } from './replay.ts';
import { replayText } from './text.ts';

export { BeforeOpening, replayCase, type Replay } from './replay.ts';

export async function replayedText(deps: CasesDeps, caseId: string, at?: number): Promise<string> {
  const replay = await replayCase(deps, caseId, at);
  return replayText(replay, await laddersOf(deps, replay));
}

/** Every ladder any entry was decided with. */
async function laddersOf(deps: CasesDeps, { entries }: Replay): Promise<ReadonlyMap<string, Ladder>> {
  const hashes = new Set(entries.flatMap(({ content }) => Object.values(content.versions.ladders)));
  const ladders = new Map<string, Ladder>();
  for (const hash of hashes) ladders.set(hash, await deps.office.ladderOf(deps.pool, hash));
  return ladders;
}
