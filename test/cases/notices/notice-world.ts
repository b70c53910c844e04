/** A small district with a mail server: what the notice tests stand on. Everything runs on the world's own clock. */
import { createMailer, type Mailer } from '../../../activities/mailer.ts';
import { noticeActivities, type NoticeActivities } from '../../../activities/notices.ts';
import type { Fault } from '../../../cases/notices/parcels.ts';
import type { NoticesDeps } from '../../../cases/notices/deps.ts';
import { caseWorld, type CaseWorld } from '../../support/case-world.ts';
import { mailCatcher, type MailCatcher } from '../../support/mail.ts';

export interface NoticeWorld extends CaseWorld {
  readonly notices: NoticesDeps;
  readonly catcher: MailCatcher;
  readonly activities: NoticeActivities;
  readonly faults: Fault[];
  /** Another worker: its own connections, the same database. */
  worker(mailer?: Mailer): NoticeActivities;
  /** A unit's post with its holder; `null` for a vacancy, `superior` by post id. */
  post(
    id: string,
    options?: { holder?: string | null; superior?: string | null; role?: string; title?: string },
  ): Promise<void>;
  person(id: string, options?: { name?: string; email?: string | null }): Promise<void>;
  absent(person: string, deputy: string | null, from: string, to: string): Promise<void>;
  queue(notice: Partial<QueuedRow> & { post: string }): Promise<string>;
  /** State and reason of one notice. */
  state(id: string): Promise<string>;
  forget(): Promise<void>;
}

interface QueuedRow {
  caseId: string;
  seq: number;
  template: string;
  urgency: 'digest' | 'at-once';
  details: object;
}

export async function noticeWorld(start = '2026-11-24T08:00'): Promise<NoticeWorld> {
  const world = await caseWorld({ start });
  const catcher = await mailCatcher();
  const { pool, deps, clock } = world;
  const notices: NoticesDeps = { ...deps, publicUrl: 'https://z.example', mailDomain: 'zhaodan.z.example' };
  const faults: Fault[] = [];
  const mailers: Mailer[] = [];
  let seq = 0;

  function worker(
    mailer = createMailer({ url: catcher.url, tls: 'off', from: 'noreply@z.example' }),
  ): NoticeActivities {
    mailers.push(mailer);
    return noticeActivities({ notices, mailer, alive: () => undefined, onNoticeFault: (fault) => faults.push(fault) });
  }

  await pool.query(
    `INSERT INTO units (id, name, kind, parent_id, path) VALUES ('unit-1', '翠苑街道', 'town', NULL, 'unit-1/')`,
  );

  return {
    ...world,
    notices,
    catcher,
    faults,
    worker,
    activities: worker(),
    async person(id, { name = id, email = `${id}@z.example` } = {}) {
      await pool.query('INSERT INTO persons (id, name, email) VALUES ($1, $2, $3)', [id, name, email]);
    },
    async post(id, { holder = null, superior = null, role = 'cadre', title = id } = {}) {
      await pool.query(
        "INSERT INTO posts (id, unit_id, title, role, superior_id, from_on) VALUES ($1, 'unit-1', $2, $3, $4, '2026-01-01')",
        [id, title, role, superior],
      );
      if (holder === null) return;
      await pool.query("INSERT INTO tenures (id, person_id, post_id, from_on) VALUES ($1, $2, $1, '2026-01-01')", [
        id,
        holder,
      ]);
    },
    async absent(person, deputy, from, to) {
      await pool.query(
        "INSERT INTO absences (id, person_id, deputy_id, from_on, to_on, cause) VALUES ($1, $2, $3, $4, $5, 'leave')",
        [`${person}-${from}`, person, deputy, from, to],
      );
    },
    async queue({
      caseId = 'unit/unit-1',
      template = 'breach-annulled',
      urgency = 'digest',
      details = {},
      post,
      ...row
    }) {
      seq += 1;
      const { rows } = await pool.query<{ id: string }>(
        `INSERT INTO notices (case_id, seq, post, template, channel, urgency, details, at)
         VALUES ($1, $2, $3, $4, 'mail', $5, $6, $7) RETURNING id`,
        [caseId, row.seq ?? seq, post, template, urgency, details, clock.now],
      );
      return rows[0]?.id ?? '';
    },
    async state(id) {
      const { rows } = await pool.query<{ state: string; why: string | null }>(
        'SELECT state, why FROM notices WHERE id = $1',
        [id],
      );
      const [row] = rows;
      return row === undefined ? 'unknown' : [row.state, row.why].filter((part) => part !== null).join(' ');
    },
    async forget() {
      catcher.behave('take');
      (catcher.mails as unknown[]).length = 0;
      faults.length = 0;
      await pool.query(
        'DELETE FROM notices; DELETE FROM messages; DELETE FROM absences; DELETE FROM tenures; DELETE FROM posts; DELETE FROM persons',
      );
    },
    async close() {
      mailers.forEach((mailer) => {
        mailer.close();
      });
      await catcher.stop();
      await world.close();
    },
  };
}

/** Who got a mail, and how many items it held. */
export const received = (world: NoticeWorld): string[] =>
  world.catcher.mails.map(({ to, text }) => {
    const address = to === undefined || Array.isArray(to) ? '?' : to.text;
    return `${address}: ${String(text?.match(/^\d+\. /gm)?.length ?? 0)}`;
  });
