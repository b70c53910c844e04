/** The security log as auditors read it, newest first. */
import type pg from 'pg';
import type { SecurityEventName } from './security-log.ts';

export interface LoggedEvent {
  readonly id: string;
  readonly at: number;
  readonly event: SecurityEventName;
  readonly person: string | null;
  readonly personName: string | null;
  readonly byPerson: string | null;
  readonly byName: string | null;
  readonly byPost: string | null;
  readonly session: string | null;
  readonly address: string | null;
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

export interface LogFilter {
  readonly event?: SecurityEventName;
  readonly person?: string;
  readonly from?: number;
  readonly until?: number;
  /** Events before this one. */
  readonly before?: string;
  readonly limit: number;
}

export async function listSecurityLog(
  pool: pg.Pool,
  { event, person, from, until, before, limit }: LogFilter,
): Promise<readonly LoggedEvent[]> {
  const values: unknown[] = [limit];
  const where = (sql: string, value: unknown) => (value === undefined ? [] : [`${sql} $${values.push(value)}`]);
  const conditions = [
    ...where('l.id <', before),
    ...where('l.event =', event),
    ...where('l.person =', person),
    ...where('l.at >=', from),
    ...where('l.at <', until),
  ];
  const { rows } = await pool.query<LoggedEvent & { at: string }>(
    `SELECT l.id, l.at, l.event, l.person, p.name AS "personName", l.by_person AS "byPerson", b.name AS "byName",
            l.by_post AS "byPost", l.session, l.address, l.details
       FROM security_log l LEFT JOIN persons p ON p.id = l.person LEFT JOIN persons b ON b.id = l.by_person
      ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}
      ORDER BY l.id DESC LIMIT $1`,
    values,
  );
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}
