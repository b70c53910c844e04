/** Whose requests are counted together? Those of one person where the session is known, else those of one address. */
import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import { digestOf } from '../../sign-on/tokens.ts';
import { tokenIn } from './cookies.ts';

const KEPT = 20_000;

export interface Callers {
  /** A session was found for the token. */
  note(token: string, person: string): void;
  keyOf(request: Request): string;
}

/**
 * Behind a proxy or a gateway many people have one address, so a known session counts by its person. A token that was
 * never found counts by address: inventing tokens gives nobody a fresh allowance.
 */
export function knownCallers(sessionCookie: string): Callers {
  const persons = new Map<string, string>();
  return {
    note(token, person) {
      const digest = digestOf(token);
      if (persons.has(digest)) return;
      const [oldest] = persons.keys();
      if (persons.size >= KEPT && oldest !== undefined) persons.delete(oldest);
      persons.set(digest, person);
    },
    keyOf(request) {
      const token = tokenIn(request, sessionCookie);
      const person = token === undefined ? undefined : persons.get(digestOf(token));
      return person === undefined ? ipKeyGenerator(request.ip ?? '') : `person ${person}`;
    },
  };
}
