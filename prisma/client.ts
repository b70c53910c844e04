/** The Prisma client on a given pool. Register lists only; everything that changes a case is SQL in `cases`. */
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient } from './generated/client.ts';

export interface PrismaHandle {
  readonly prisma: PrismaClient;
  /** Disconnects; the pool stays the caller's. */
  close(): Promise<void>;
}

/** Shares the caller's pool, so that one limit holds for the whole process. */
export function prismaOn(pool: pg.Pool): PrismaHandle {
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) });
  return { prisma, close: () => prisma.$disconnect() };
}
