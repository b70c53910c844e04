/** Who was signed in on this phone last, so that a round can be opened without a connection. The server decides again later. */
import type { Schemas } from '../api/client.ts';
import { answerOf, forgetAnswers, keepAnswer } from './kept.ts';

type Session = Schemas['Session'];

const NOBODY = '';
/** As long as a session can last at most. */
const MOST_MS = 12 * 3_600_000;

export const rememberSession = (session: Session): Promise<void> => keepAnswer(NOBODY, 'session', session);

export async function rememberedSession(): Promise<Session | null> {
  const kept = await answerOf<Session>(NOBODY, 'session');
  return kept === undefined || Date.now() - kept.at > MOST_MS ? null : kept.value;
}

export const forgetSession = forgetAnswers;
