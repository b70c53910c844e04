/** Who had been told of a case by a moment, and of what: notices as they stood then, by their instants. */
import { templateOf } from '../../domain/notices/templates.ts';
import type { Queryable } from '../office.ts';
import { POST_NAME } from './names.ts';

/** `frozen`: written and addressed, on its way. `not-sent`: nobody was or will be told by it; when that was settled is not recorded. */
export type ToldState = 'queued' | 'frozen' | 'sent' | 'read' | 'not-sent';

export interface ReplayNotice {
  readonly notice: string;
  /** The entry that caused it. */
  readonly seq: number;
  readonly post: string;
  readonly postTitle: string;
  readonly act: string;
  readonly urgency: string;
  readonly state: ToldState;
  readonly at: number;
  readonly person: string | null;
  readonly personName: string | null;
  readonly frozenAt: number | null;
  readonly sentAt: number | null;
  readonly readAt: number | null;
}

interface Row {
  readonly id: string;
  readonly seq: number;
  readonly post: string;
  readonly post_title: string;
  readonly template: string;
  readonly urgency: string;
  readonly state: string;
  readonly at: string;
  readonly person_id: string | null;
  readonly person_name: string | null;
  readonly frozen_at: string | null;
  readonly sent_at: string | null;
  readonly read_at: string | null;
}

/** Oldest first. What happened to a notice after `at` is left out. */
export async function toldBy(client: Queryable, caseId: string, at: number): Promise<readonly ReplayNotice[]> {
  const { rows } = await client.query<Row>({
    name: 'told-by',
    text: `SELECT n.id, n.seq, n.post, ${POST_NAME} AS post_title, n.template, n.urgency, n.state, n.at,
                  m.person_id, r.name AS person_name, m.frozen_at, m.sent_at, n.read_at
             FROM notices n LEFT JOIN messages m ON m.id = n.message_id LEFT JOIN posts p ON p.id = n.post
                  LEFT JOIN units u ON u.id = p.unit_id LEFT JOIN persons r ON r.id = m.person_id
            WHERE n.case_id = $1 AND n.at <= $2 ORDER BY n.at, n.id`,
    values: [caseId, at],
  });
  return rows.map((row) => noticeAt(row, at));
}

function noticeAt(row: Row, at: number): ReplayNotice {
  const by = (instant: string | null): number | null =>
    instant !== null && Number(instant) <= at ? Number(instant) : null;
  const [frozenAt, sentAt, readAt] = [by(row.frozen_at), by(row.sent_at), by(row.read_at)];
  const never = row.frozen_at === null && (row.state === 'overtaken' || row.state === 'no-addressee');
  return {
    notice: row.id,
    seq: row.seq,
    post: row.post,
    postTitle: row.post_title === '' ? row.post : row.post_title,
    act: templateOf(row.template).act,
    urgency: row.urgency,
    state:
      readAt !== null
        ? 'read'
        : sentAt !== null
          ? 'sent'
          : frozenAt !== null
            ? 'frozen'
            : never
              ? 'not-sent'
              : 'queued',
    at: Number(row.at),
    person: frozenAt === null ? null : row.person_id,
    personName: frozenAt === null ? null : row.person_name,
    frozenAt,
    sentAt,
    readAt,
  };
}
