/** What every function of `cases` is given: the database, the processes, the office's data in force. */
import type pg from 'pg';
import type { Process } from '../domain/kernel/process.ts';
import type { Office } from './office.ts';

/** A process whatever its state, commands and events are; `registry` is the one place that forgets the types. */
export type AnyProcess = Process;

export interface CasesDeps {
  readonly pool: pg.Pool;
  readonly processes: ReadonlyMap<string, AnyProcess>;
  readonly office: Office;
  /** The build's name, written into every entry. */
  readonly build: string;
  /** Tests only: production has no clock but the database's. */
  readonly now?: (client: pg.ClientBase) => Promise<number>;
}

/** The database's clock in epoch milliseconds. Called after the case's lock is held, in a statement of its own. */
export async function readClock(deps: Pick<CasesDeps, 'now'>, client: pg.ClientBase): Promise<number> {
  if (deps.now !== undefined) return deps.now(client);
  const { rows } = await client.query<{ at: string }>({
    name: 'read-clock',
    text: 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS at',
  });
  return Number(rows[0]?.at);
}

export function processOf(deps: Pick<CasesDeps, 'processes'>, kind: string): AnyProcess {
  const process = deps.processes.get(kind);
  if (process === undefined) throw new UnknownKind(kind);
  return process;
}

/** A kind this build knows nothing of: a newer build opened the case, or the caller invented it. */
export class UnknownKind extends Error {
  readonly kind: string;
  constructor(kind: string) {
    super(`no process of kind ${kind} in this build`);
    this.name = 'UnknownKind';
    this.kind = kind;
  }
}

export class UnknownCase extends Error {
  readonly caseId: string;
  constructor(caseId: string) {
    super(`no case ${caseId}`);
    this.name = 'UnknownCase';
    this.caseId = caseId;
  }
}

/** The case changed since the caller looked at it; `what` names the newest changes. */
export class CaseMoved extends Error {
  readonly what: readonly string[];
  constructor(caseId: string, what: readonly string[]) {
    super(`case ${caseId} changed meanwhile`);
    this.name = 'CaseMoved';
    this.what = what;
  }
}

/** The same actor used the same key for another command. */
export class KeyReused extends Error {
  constructor() {
    super('this idempotency key was used for another command');
    this.name = 'KeyReused';
  }
}

/** The row was written by a build with a newer shape of state; this build may not touch it. */
export class NewerState extends Error {
  readonly caseId: string;
  constructor(caseId: string, stored: number, known: number) {
    super(`case ${caseId} has state version ${String(stored)}, this build knows ${String(known)}`);
    this.name = 'NewerState';
    this.caseId = caseId;
  }
}

/** No connection, or no lock, within the time allowed: nothing was written, try again. */
export class Busy extends Error {
  constructor(options?: ErrorOptions) {
    super('the database is busy', options);
    this.name = 'Busy';
  }
}
