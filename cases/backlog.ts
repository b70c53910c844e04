/** What waits inside the system: drivers to be woken, commands to be delivered, cases to be counted again, faults. */
import type pg from 'pg';

type Queryable = Pick<pg.ClientBase, 'query'>;

export interface Queue {
  readonly name: string;
  readonly title: string;
  readonly count: number;
  /** Age of the oldest, milliseconds; `null` where nothing waits. */
  readonly oldestMs: number | null;
}

export interface Fault {
  readonly caseId: string;
  readonly code: string;
  readonly since: number;
  readonly attempts: number;
}

const NOW = '(extract(epoch FROM clock_timestamp()) * 1000)';

const QUEUES: readonly (readonly [name: string, title: string, sql: string])[] = [
  ['outbox', '等待唤醒的案件', `SELECT count(*) AS count, ${NOW} - min(at) AS oldest FROM outbox`],
  [
    'inbox',
    '案件之间待送达的告知',
    `SELECT count(*) AS count, ${NOW} - min(at) AS oldest FROM inbox WHERE settled_at IS NULL`,
  ],
  ['recounts', '待重新计算期限的案件', 'SELECT count(*) AS count, NULL::numeric AS oldest FROM recounts'],
  [
    'late-alarms',
    '已过节点还没有处理的案件',
    `SELECT count(*) AS count, ${NOW} - min(next_alarm_at) AS oldest FROM cases
      WHERE closed_at IS NULL AND next_alarm_at < ${NOW} - 120000`,
  ],
  [
    'notices',
    '待发出的通知',
    `SELECT count(*) AS count, ${NOW} - min(coalesce(queued_at, at)) AS oldest FROM notices WHERE state IN ('queued', 'frozen')`,
  ],
];

export async function readBacklog(
  db: Queryable,
): Promise<{ readonly queues: readonly Queue[]; readonly faults: readonly Fault[] }> {
  const queues: Queue[] = [];
  for (const [name, title, sql] of QUEUES) {
    const { rows } = await db.query<{ count: string; oldest: string | null }>(sql);
    const { count = '0', oldest = null } = rows[0] ?? {};
    queues.push({ name, title, count: Number(count), oldestMs: oldest === null ? null : Math.max(0, Number(oldest)) });
  }
  const { rows } = await db.query<{ case_id: string; code: string; since: string; attempts: number }>(
    'SELECT case_id, code, since, attempts FROM driver_faults ORDER BY since LIMIT 200',
  );
  return {
    queues,
    faults: rows.map(({ case_id, code, since, attempts }) => ({
      caseId: case_id,
      code,
      since: Number(since),
      attempts,
    })),
  };
}

/** Has the case's driver asked again at once; `false` where it has no fault. */
export async function wakeFaulty(db: Queryable, caseId: string): Promise<boolean> {
  const { rows } = await db.query(
    `INSERT INTO outbox (case_id, kind, generation, at)
     SELECT c.id, c.kind, c.seq, ${NOW}::bigint FROM cases c JOIN driver_faults f ON f.case_id = c.id WHERE c.id = $1
     ON CONFLICT (case_id) DO UPDATE SET at = excluded.at RETURNING case_id`,
    [caseId],
  );
  if (rows.length > 0) await db.query("SELECT pg_notify('zhaodan', 'work')");
  return rows.length > 0;
}
