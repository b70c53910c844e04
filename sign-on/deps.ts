/** What signing on is given: the database, its clock, the limits of a session, and the key of secrets at rest. */
import type pg from 'pg';
import type { CasesDeps } from '../cases/deps.ts';

export interface SessionLimits {
  /** A session nobody used for so long is over. */
  readonly idleMs: number;
  /** A session is over so long after it began, used or not. */
  readonly absoluteMs: number;
}

export interface SignOnDeps {
  readonly pool: pg.Pool;
  /** Tests only: production has no clock but the database's. */
  readonly now?: NonNullable<CasesDeps['now']>;
  readonly limits: SessionLimits;
  /** 32 bytes; encrypts the secrets of second factors. */
  readonly key: Buffer;
  /** A sample district on one's own machine: sample passwords are allowed, a second factor is asked of those who enrolled one. */
  readonly localMode: boolean;
}

/** Who asked, as far as the edge can tell: for lists and the log. */
export interface Caller {
  readonly address: string | null;
  /** The browser's name of itself, shortened. */
  readonly browser: string | null;
}

/** Somebody may not do what was asked of signing on; `code` has its text in the API. */
export class SignOnRefused extends Error {
  readonly code: string;
  readonly details: { readonly [name: string]: string | number };
  constructor(code: string, details: SignOnRefused['details'] = {}) {
    super(code);
    this.name = 'SignOnRefused';
    this.code = code;
    this.details = details;
  }
}

/** The database's instant inside of a statement, unless a test says what time it is; `$n` is its parameter. */
export const instant = (parameter: string): string =>
  `coalesce(${parameter}::bigint, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint)`;
