/** A replay in plain Chinese, for whoever asks how it came to this. Computes nothing. */
import { instantText } from '../../domain/words/kernel-said.ts';
import type { Replay } from '../replay.ts';
import type { ReplayClock } from './clocks.ts';
import type { ReplayEntry, ReplayRefusal } from './entries.ts';
import type { ReplayHolder } from './holder.ts';
import type { ReplayNotice, ToldState } from './told.ts';
import type { ReplayVersions } from './versions.ts';

/** The case at the moment, then every entry until then. */
export const replayText = (replay: Replay): string => [...caseLines(replay), '', ...courseLines(replay)].join('\n');

/** The case at the moment alone. */
export const caseText = (replay: Replay): string => caseLines(replay).join('\n');

function caseLines(replay: Replay): string[] {
  const { caseId, kindTitle, at, stageTitle, holder, subject, unit, cycle, figures, clocks, told, versions, head } =
    replay;
  return [
    `${kindTitle} ${caseId}`,
    `时点:${instantText(at)}(流水至第 ${String(head.seq)} 条,${head.hash.slice(0, 16)})`,
    `状态:${stageTitle}`,
    ...(subject === null ? [] : [`主体:${subject.name}(${subject.id})`]),
    ...(unit === null ? [] : [`单位:${unit.name}(${unit.id})`]),
    ...(cycle === null ? [] : [`周期:${cycle}`]),
    `应由谁办:${holder !== null ? holderWords(holder) : replay.closedAs === null ? '尚无承办岗位' : '无须再办'}`,
    ...(figures.length === 0
      ? []
      : [`数字:${figures.map(({ label, value }) => `${label} ${String(value)}`).join(',')}`]),
    '',
    '期限:',
    ...(clocks.length === 0 ? ['  (没有期限)'] : clocks.flatMap(clockLines)),
    '',
    '告知:',
    ...(told.length === 0 ? ['  (尚未告知任何人)'] : told.map((notice) => `  ${noticeWords(notice)}`)),
    '',
    ...versionLines(versions, clocks),
  ];
}

function holderWords({ post, title, name, deputy, absent }: ReplayHolder): string {
  const person = name === null ? '当日无人任职' : `当日任职 ${name}`;
  const away = deputy !== null ? `,请假,由${deputy.name}代理` : absent ? ',请假,未指定代理' : '';
  return `${title}(${post}),${person}${away}`;
}

const STATUS = { running: '计算中', stopped: '停表', ended: '已结束' } as const;

function clockLines(clock: ReplayClock): string[] {
  const { label, status, dueOn, provisional, remainingWords, endedAt, breached, why, ladder, rungs } = clock;
  const due = dueOn === null ? '' : `,最后一日 ${dueOn}${provisional ? '(暂定)' : ''}`;
  const left = endedAt === null ? `,${remainingWords ?? ''}` : `于 ${instantText(endedAt)}`;
  return [
    `  ${label}:${STATUS[status]}${status === 'ended' ? left : ''}${due}${status === 'ended' ? '' : left}${breached ? ',已记超期' : ''}`,
    `    理由:${why}`,
    ...(ladder === null ? [] : [`    阶梯:${ladder.name}(版本 ${ladder.version})`]),
    ...rungs.map(
      ({ title, how, at }) =>
        `    ${title}:${how === 'fired' ? `已于 ${instantText(at)} 触发` : '未发出,已被更晚的一级取代或早于起算'}`,
    ),
  ];
}

const TOLD: Readonly<Record<ToldState, string>> = {
  queued: '待发',
  frozen: '已成文,尚未送达',
  sent: '已送达',
  read: '已读',
  'not-sent': '没有发出(已失效,或没有收件人)',
};

function noticeWords({
  notice,
  seq,
  postTitle,
  act,
  state,
  at,
  personName,
  frozenAt,
  sentAt,
  readAt,
}: ReplayNotice): string {
  const reader = personName === null ? postTitle : `${personName}(${postTitle})`;
  const when = [
    ...(frozenAt === null ? [] : [`成文 ${instantText(frozenAt)}`]),
    ...(sentAt === null ? [] : [`送达 ${instantText(sentAt)}`]),
    ...(readAt === null ? [] : [`阅读 ${instantText(readAt)}`]),
  ];
  return `${instantText(at)} ${reader}:${act},${TOLD[state]}${when.length === 0 ? '' : `(${when.join(',')})`},通知 ${notice},出自第 ${String(seq)} 条`;
}

function versionLines(
  { rules, calendar, policy, ladders, build, revision }: ReplayVersions,
  clocks: readonly ReplayClock[],
): string[] {
  const used = new Set(clocks.flatMap(({ ladder }) => (ladder === null ? [] : [ladder.hash])));
  const named = ladders.filter(({ hash }) => used.has(hash)).map(({ version, hash }) => `${version}(${short(hash)})`);
  return [
    '适用的版本:',
    `  规则 ${rules.version}(${short(rules.hash)}),日历 ${calendar.version}(${short(calendar.hash)}),区政策 ${policy.version}(${short(policy.hash)})`,
    ...(named.length === 0 ? [] : [`  阶梯 ${named.join('、')}`]),
    `  程序构建 ${build},过程第 ${String(revision)} 版`,
  ];
}

const short = (hash: string): string => hash.slice(0, 12);

/** Entries and refusals in the order of time; a refusal stands after the entries of its instant. */
function courseLines({ entries, refusals }: Replay): string[] {
  const lines = [
    ...entries.map((entry) => ({ at: entry.at, order: 0, lines: entryLines(entry) })),
    ...refusals.map((refusal) => ({ at: refusal.at, order: 1, lines: [refusalLine(refusal)] })),
  ].sort((a, b) => a.at - b.at || a.order - b.order);
  return [
    `经过(${String(entries.length)} 条${refusals.length === 0 ? '' : `,另有 ${String(refusals.length)} 次未予办理`}):`,
    ...lines.flatMap((one) => one.lines),
  ];
}

function entryLines({ seq, at, who, said }: ReplayEntry): string[] {
  const [first = '没有变化', ...rest] = said;
  return [`  ${String(seq)}. ${instantText(at)} ${who}:${first}`, ...rest.map((sentence) => `     ${sentence}`)];
}

const refusalLine = ({ at, who, command, text, code, article }: ReplayRefusal): string =>
  `  ✗ ${instantText(at)} ${who}要求「${command}」,未予办理:${text}(${code}${article === null ? '' : `,${article}`})`;
