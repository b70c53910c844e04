/** A database with the office's data in force, a clock the test sets, and the kernel's dependencies over both. */
import type pg from 'pg';
import type { AnyProcess, CasesDeps } from '../../cases/deps.ts';
import type { Driven, Drivers } from '../../cases/drivers.ts';
import { createOffice, seedOffice } from '../../cases/office.ts';
import { PROCESSES } from '../../cases/processes.ts';
import { inTransaction } from '../../cases/transaction.ts';
import type { Actor } from '../../domain/kernel/process.ts';
import { createTestDatabase, type TestDatabase } from './postgres.ts';
import { toy } from './toy-process.ts';

export interface CaseWorld {
  readonly database: TestDatabase;
  readonly pool: pg.Pool;
  readonly deps: CasesDeps;
  /** The instant every statement of the kernel reads, until the test moves it. */
  at(instant: number | string): void;
  readonly clock: { now: number };
  /** Drivers that were to be woken, in order. */
  readonly woken: Driven[];
  readonly drivers: Drivers;
  close(): Promise<void>;
}

/** Local time in Shanghai, e.g. `2026-10-08T09:00`. */
export const shanghai = (local: string): number =>
  Date.parse(`${local.length === 10 ? `${local}T00:00` : local}+08:00`);

export const CADRE: Actor = { person: 'person-1', post: 'post-1', role: 'cadre', unit: 'unit-1', capacity: 'self' };

export async function caseWorld({
  start = '2026-09-01T09:00',
  extra = [] as readonly AnyProcess[],
} = {}): Promise<CaseWorld> {
  const database = await createTestDatabase();
  const clock = { now: shanghai(start) };
  const woken: Driven[] = [];
  const processes = new Map([
    ...PROCESSES,
    [toy.kind, toy],
    ...extra.map((process) => [process.kind, process] as const),
  ]);
  const deps: CasesDeps = {
    pool: database.pool,
    processes,
    office: createOffice(),
    build: 'test',
    now: () => Promise.resolve(clock.now),
  };
  await inTransaction(database.pool, (client) => seedOffice(client, clock.now, 'test'));
  return {
    database,
    pool: database.pool,
    deps,
    clock,
    at(instant) {
      clock.now = typeof instant === 'number' ? instant : shanghai(instant);
    },
    woken,
    drivers: {
      wake(driven) {
        woken.push(driven);
        return Promise.resolve();
      },
    },
    close: () => database.drop(),
  };
}
