/** An answer from the office, or the last one kept on this phone when the office cannot be reached. */
import { ApiFailure } from '../api/client.ts';
import { answerOf, keepAnswer } from './kept.ts';

export interface Read<T> {
  readonly value: T;
  /** When it was read; null: just now. */
  readonly keptAt: number | null;
}

export async function readThrough<T>(person: string, what: string, read: () => Promise<T>): Promise<Read<T>> {
  try {
    const value = await read();
    await keepAnswer(person, what, value);
    return { value, keptAt: null };
  } catch (cause) {
    if (!(cause instanceof ApiFailure) || cause.status !== 0) throw cause;
    const kept = await answerOf<T>(person, what);
    if (kept === undefined) throw cause;
    return { value: kept.value, keptAt: kept.at };
  }
}
