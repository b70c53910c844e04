/** How the office learns that a notice reached nobody: a notice to the district office's posts. Never about an alert itself. */
import type pg from 'pg';
import { localDate } from '../../domain/kernel/civil-day.ts';

export const ALERT_TEMPLATE = 'undeliverable';

export interface Undelivered {
  readonly id: string;
  readonly caseId: string;
  readonly seq: number;
  readonly post: string;
  readonly template: string;
  readonly urgency: string;
  readonly why: 'no-addressee' | 'no-address' | 'refused' | 'gave-up';
}

/**
 * Queues one alert for each notice and district-office post, as urgent as the notice was. The number of alerts queued:
 * 0 when there is no such post, and then the notice's own state is all there is to see.
 */
export async function raiseAlerts(
  client: pg.ClientBase,
  undelivered: readonly Undelivered[],
  now: number,
): Promise<number> {
  const about = undelivered.filter(({ template }) => template !== ALERT_TEMPLATE);
  if (about.length === 0) return 0;
  const rows = about.map(({ id, caseId, seq, post, template, urgency, why }) => ({
    case_id: caseId,
    seq,
    // The same notice may fail again after an operator queued it again: each failure is an alert of its own.
    channel: `mail-about-${id}-${now}`,
    urgency,
    details: { notice: id, post, about: template, why },
  }));
  const { rowCount } = await client.query({
    name: 'notices-alert',
    text: `INSERT INTO notices (case_id, seq, post, template, channel, urgency, details, at)
           SELECT x.case_id, x.seq, p.id, $2, x.channel, x.urgency, x.details, $3
             FROM jsonb_to_recordset($1::jsonb) AS x(case_id text, seq int, channel text, urgency text, details jsonb),
                  posts p
            WHERE p.role = 'district-office' AND p.from_on <= $4 AND (p.to_on IS NULL OR p.to_on > $4)
           ON CONFLICT (case_id, seq, post, template, channel) DO NOTHING`,
    values: [JSON.stringify(rows), ALERT_TEMPLATE, now, localDate(now)],
  });
  return rowCount ?? 0;
}
