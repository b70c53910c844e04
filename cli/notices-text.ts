/** A notice of the ledger as an officer reads it in a terminal. */
import type { NoticeRow, NoticeState } from '../cases/notices/ledger.ts';
import { localIso } from '../domain/kernel/calendar.ts';

const STATES: Readonly<Record<NoticeState, string>> = {
  queued: '排队',
  frozen: '待送达',
  sent: '已送达',
  refused: '未送达',
  overtaken: '已失效',
  'no-addressee': '无收件人',
  read: '已读',
};

const time = (at: number | null): string => (at === null ? '—' : localIso(at).slice(0, 16).replace('T', ' '));

/** One line: id, when, state, to whom, what, about which case. */
export function noticeLine({ id, at, state, whyWords, personName, postTitle, post, act, caseId }: NoticeRow): string {
  const reason = whyWords === null ? '' : `(${whyWords})`;
  const reader = personName === null ? (postTitle ?? post) : `${personName} · ${postTitle ?? post}`;
  return [id.padStart(6), time(at), `${STATES[state]}${reason}`, reader, act, caseId].join('  ');
}

/** Everything the ledger has on one notice, and the mail as it was frozen. */
export function noticeText(
  row: NoticeRow & { readonly message: { readonly subject: string; readonly text: string } | null },
): string {
  const facts: readonly (readonly [string, string])[] = [
    ['通知', `${row.id}  ${row.act}(${row.template})`],
    ['案件', `${row.caseId} 第 ${row.seq} 条`],
    ['岗位', row.postTitle ?? row.post],
    ['收件人', row.personName ?? '—'],
    ['状态', `${STATES[row.state]}${row.whyWords === null ? '' : `:${row.whyWords}`}`],
    ['产生', time(row.at)],
    ['成文', time(row.frozenAt)],
    ['送达', time(row.sentAt)],
    ['已读', time(row.readAt)],
    ['尝试', `${row.attempts} 次${row.reply === null ? '' : `,最后回复 ${row.reply}`}`],
    ['Message-ID', row.messageId === null ? '—' : `<${row.messageId}>`],
  ];
  const mail = row.message === null ? [] : ['', row.message.subject, '', row.message.text];
  return [...facts.map(([label, words]) => `${label}:${words}`), ...mail].join('\n');
}
