/**
 * What is late or stuck, as the database says: the same figures for every process that exports metrics. One statement,
 * by the database's own clock; a witness that does not depend on Temporal.
 */
import type pg from 'pg';
import { Gauge, type Registry } from 'prom-client';
import type { NoticesDeps } from './notices/deps.ts';
import { noticeHealth } from './notices/health.ts';

/** Name of a gauge → its help text. */
export const GAUGES = {
  zhaodan_alarm_lateness_seconds: 'Seconds since the oldest alarm that is past and has not fired; 0 when none is',
  zhaodan_alarms_overdue: 'Open cases whose next alarm is more than two minutes past',
  zhaodan_drivers_stuck: 'Drivers that cannot fire and say so',
  zhaodan_outbox_rows: 'Drivers waiting to be started or woken',
  zhaodan_outbox_age_seconds: 'Age of the oldest row of the outbox',
  zhaodan_inbox_rows: 'Commands between cases not yet applied',
  zhaodan_inbox_age_seconds: 'Age of the oldest of them',
  zhaodan_notices_queued: 'Notices waiting for a message',
  zhaodan_notices_queued_age_seconds: 'Age of the oldest queued at-once notice (digests wait for their window)',
  zhaodan_messages_unsent: 'Frozen messages the mail server has not answered yet',
  zhaodan_messages_unsent_age_seconds: 'Age of the oldest of them',
  zhaodan_cases_open: 'Open cases',
  zhaodan_recounts: 'Open cases still to be recounted after a publication',
} as const;

export type GaugeName = keyof typeof GAUGES;

const FIGURES = `
WITH clock AS (SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now),
alarms AS (
  SELECT min(next_alarm_at) AS oldest, count(*) FILTER (WHERE next_alarm_at < now - 120000) AS overdue
    FROM cases, clock WHERE closed_at IS NULL AND next_alarm_at IS NOT NULL AND next_alarm_at <= now),
outgoing AS (SELECT count(*) AS n, min(at) AS oldest FROM outbox),
incoming AS (SELECT count(*) AS n, min(at) AS oldest FROM inbox WHERE settled_at IS NULL),
queued AS (SELECT count(*) AS n, min(at) FILTER (WHERE urgency = 'at-once') AS oldest FROM notices WHERE state = 'queued'),
unsent AS (SELECT count(*) AS n, min(frozen_at) AS oldest FROM messages WHERE state = 'frozen')
SELECT coalesce(now - alarms.oldest, 0) / 1000.0 AS zhaodan_alarm_lateness_seconds,
       alarms.overdue AS zhaodan_alarms_overdue,
       (SELECT count(*) FROM driver_faults) AS zhaodan_drivers_stuck,
       outgoing.n AS zhaodan_outbox_rows,
       greatest(0, coalesce(now - outgoing.oldest, 0)) / 1000.0 AS zhaodan_outbox_age_seconds,
       incoming.n AS zhaodan_inbox_rows,
       greatest(0, coalesce(now - incoming.oldest, 0)) / 1000.0 AS zhaodan_inbox_age_seconds,
       queued.n AS zhaodan_notices_queued,
       greatest(0, coalesce(now - queued.oldest, 0)) / 1000.0 AS zhaodan_notices_queued_age_seconds,
       unsent.n AS zhaodan_messages_unsent,
       greatest(0, coalesce(now - unsent.oldest, 0)) / 1000.0 AS zhaodan_messages_unsent_age_seconds,
       (SELECT count(*) FROM cases WHERE closed_at IS NULL) AS zhaodan_cases_open,
       (SELECT count(*) FROM recounts) AS zhaodan_recounts
  FROM clock, alarms, outgoing, incoming, queued, unsent`;

/** Reads every gauge in one statement. Throws what the pool throws. */
export async function collectGauges(pool: Pick<pg.Pool, 'query'>): Promise<Readonly<Record<GaugeName, number>>> {
  const { rows } = await pool.query<Record<GaugeName, string>>({ name: 'collect-gauges', text: FIGURES });
  const row = rows[0];
  if (row === undefined) throw new Error('no figures');
  const read = (name: string): [string, number] => [name, Number(row[name as GaugeName])];
  return Object.fromEntries(Object.keys(GAUGES).map(read)) as Record<GaugeName, number>;
}

/** All gauges of one scrape share one reading; scrapes closer together than this share it too. */
const SHARED_MS = 1_000;

/**
 * Adds the gauges to a registry; they are read from the database at each scrape. While the database does not answer,
 * `zhaodan_database_up` is 0 and the others are absent rather than stale.
 */
export function registerGauges(registry: Registry, pool: Pick<pg.Pool, 'query'>): void {
  const figures = shared(() => collectGauges(pool));
  registerAll(registry, GAUGES, figures);
  new Gauge({
    name: 'zhaodan_database_up',
    help: '1 when the database answered this scrape',
    registers: [registry],
    async collect() {
      this.set((await figures()) === null ? 0 : 1);
    },
  });
}

/** What the ledger of notices says beyond rows: what may be sent by now and is not. */
const NOTICE_GAUGES = {
  zhaodan_notices_stuck: 'Notices past their window, or frozen and unsent, for more than 15 minutes',
  zhaodan_notices_sendable_age_seconds: 'For how long the oldest notice that may be sent has been waiting for it',
  zhaodan_notices_refused: 'Notices the mail server refused for good',
  zhaodan_notices_no_addressee: 'Notices that reached nobody',
} as const;

type NoticeFigures = Readonly<Record<keyof typeof NOTICE_GAUGES, number>>;

/** Adds them to a registry; absent while the database does not answer. */
export function registerNoticeGauges(registry: Registry, deps: NoticesDeps): void {
  const read = async (): Promise<NoticeFigures> => {
    const client = await deps.pool.connect();
    try {
      const { stuck, queuedAgeMs, refused, noAddressee } = await noticeHealth(client, deps);
      return {
        zhaodan_notices_stuck: stuck,
        zhaodan_notices_sendable_age_seconds: queuedAgeMs / 1_000,
        zhaodan_notices_refused: refused,
        zhaodan_notices_no_addressee: noAddressee,
      };
    } finally {
      client.release();
    }
  };
  registerAll(registry, NOTICE_GAUGES, shared(read));
}

/** One reading for all gauges of a scrape; null: the database did not answer, and `zhaodan_database_up` says so. */
function shared<T>(read: () => Promise<T>): () => Promise<T | null> {
  let reading: { readonly at: number; readonly figures: Promise<T | null> } | undefined;
  return () => {
    const now = Date.now();
    if (reading === undefined || now - reading.at > SHARED_MS) reading = { at: now, figures: read().catch(() => null) };
    return reading.figures;
  };
}

function registerAll<Name extends string>(
  registry: Registry,
  gauges: Readonly<Record<Name, string>>,
  figures: () => Promise<Readonly<Record<Name, number>> | null>,
): void {
  for (const [name, help] of Object.entries<string>(gauges)) {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const read = await figures();
        if (read === null) this.remove();
        else this.set(read[name as Name]);
      },
    });
  }
}
