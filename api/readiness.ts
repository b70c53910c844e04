/** What the product needs besides this process, and how each part is asked. */
import type { Connection } from '@temporalio/client';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import type { NoticesDeps } from '../cases/notices/deps.ts';
import { noticeHealth } from '../cases/notices/health.ts';
import { NotUp, type Part } from './health.ts';

export interface ReadinessDeps {
  readonly pool: pg.Pool;
  readonly notices: NoticesDeps;
  /** Absent where the product runs without Temporal (tests). */
  readonly temporal?: Pick<Connection, 'workflowService' | 'withDeadline'>;
  readonly namespace: string;
}

/** The worker's keeper empties the outbox in seconds; older than this, nobody does. */
const OUTBOX_LATE_S = 120;

export const readinessParts = ({ pool, notices, temporal, namespace }: ReadinessDeps): readonly Part[] => [
  { name: 'database', check: async () => void (await pool.query('SELECT 1')) },
  { name: 'migrations', check: () => checkMigrations(pool) },
  ...(temporal === undefined
    ? []
    : [
        {
          name: 'temporal',
          check: async () =>
            void (await temporal.withDeadline(Date.now() + 1_900, () =>
              temporal.workflowService.describeNamespace({ namespace }),
            )),
        },
      ]),
  { name: 'outbox', check: () => checkOutbox(pool) },
  { name: 'notices', check: () => checkNotices(pool, notices) },
];

/** Every migration this build brings has been applied, and none has stopped half-way. */
async function checkMigrations(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string; finished: boolean }>(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const halfway = rows.find(({ finished }) => !finished);
  if (halfway !== undefined) throw new NotUp(`迁移 ${halfway.name} 没有完成`);
  const applied = new Set(rows.map(({ name }) => name));
  const missing = (await broughtMigrations()).filter((name) => !applied.has(name));
  if (missing.length > 0) throw new NotUp(`还有 ${missing.length} 个数据库迁移没有执行:${missing.join('、')}`);
}

/** Names of the migrations beside the sources; an image that does not carry them only asks that none is half-done. */
async function broughtMigrations(): Promise<readonly string[]> {
  for (const place of ['../prisma/migrations', '../../prisma/migrations']) {
    const entries = await readdir(fileURLToPath(new URL(place, import.meta.url)), { withFileTypes: true }).catch(
      () => null,
    );
    if (entries !== null) return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  }
  return [];
}

async function checkOutbox(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ age: string | null; n: string }>(
    'SELECT count(*) AS n, extract(epoch FROM clock_timestamp()) - min(at) / 1000.0 AS age FROM outbox',
  );
  const age = Number(rows[0]?.age ?? 0);
  if (age > OUTBOX_LATE_S) {
    throw new NotUp(
      `有 ${rows[0]?.n ?? '0'} 个案件等待唤醒,最早的已等 ${Math.round(age)} 秒:请查看工作进程与 Temporal`,
    );
  }
}

async function checkNotices(pool: pg.Pool, deps: NoticesDeps): Promise<void> {
  const client = await pool.connect();
  try {
    const { stuck } = await noticeHealth(client, deps);
    if (stuck > 0) throw new NotUp(`有 ${stuck} 条通知迟了 15 分钟以上没有发出`);
  } finally {
    client.release();
  }
}
