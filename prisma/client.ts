/** The Prisma client on a given pool, or on a URL of its own. Register and lists only; the hot path is `cases/sql`. */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

export interface PrismaHandle {
  readonly prisma: PrismaClient;
  /** Disconnects; ends the pool only when it was made here. */
  close(): Promise<void>;
}

/** Shares the caller's pool, so that one limit holds for the whole process. */
export function prismaOn(pool: pg.Pool): PrismaHandle {
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) });
  return { prisma, close: () => prisma.$disconnect() };
}

export function prismaAt(url: string, max = 5): PrismaHandle {
  const pool = new pg.Pool({ connectionString: url, max });
  const handle = prismaOn(pool);
  return {
    prisma: handle.prisma,
    async close() {
      await handle.close();
      await pool.end();
    },
  };
}
