/** How an answered deadline reads in Chinese. Computes nothing. */
import { localIso } from '../domain/kernel/calendar.ts';
import { dayNumber, weekday } from '../domain/kernel/civil-day.ts';
import type { BudgetUnit } from '../domain/kernel/clock.ts';
import type { ExplainedDay } from '../domain/kernel/explanation.ts';
import type { DeadlineAnswer } from './deadline-answer.ts';

type Answered = Exclude<DeadlineAnswer, { refused: unknown }>;

const UNITS: Readonly<Record<BudgetUnit, string>> = { h: '小时', WD: '个工作日', CD: '日', month: '个月', year: '年' };
const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'];

/** The answer for a person. Long runs of days are drawn together; no day is left out. */
export function deadlineText({ rule, explanation, note }: Answered): string {
  const due = dueOf(explanation);
  const { moved, regime, calendar } = explanation;
  const inHours = due.unit === 'h';
  const lines = [
    `${rule.id} ${rule.title}`,
    `期限:${String(due.amount)}${UNITS[due.unit]}(${rule.basis};${rule.mark === 'V' ? '法定' : '区政策,非法律'};版本 ${rule.version})`,
    `起算:${rule.starts};${inHours ? clockTime(due.startedAt) : `${dayWords(explanation.startedOn)},当日不计`}`,
    `到期:${inHours ? clockTime(due.dueAt) : `${dayWords(due.dueOn)} 24时`}`,
  ];
  if (due.dueOnLenient !== due.dueOn)
    lines.push(`宽松口径(放假日和普通周末都顺延):${dayWords(due.dueOnLenient)} 24时;提醒和统计按前者`);
  if (moved.strict !== null)
    lines.push(`顺延:${moved.strict.from} 遇放假,依 ${moved.strict.article} 顺延至 ${moved.strict.to}`);
  if (due.provisional)
    lines.push(`暂定:放假安排只公布到 ${calendar.knownThrough},其后按法定节日和周末推算,公布后可能变动`);
  if (note !== null) lines.push(`说明:${note}`);
  lines.push(`计算:${regime.title}——${regime.says};日历 ${calendar.version}`);
  if (rule.extension !== undefined)
    lines.push(
      `延长:经${rule.extension.approver}在到期前批准,可延长至多${String(rule.extension.amount)}${UNITS[rule.extension.unit]}(${rule.extension.article})`,
    );
  lines.push('逐日:', ...drawnTogether(explanation.days).map((line) => `  ${line}`));
  return lines.join('\n');
}

function dueOf({ due }: Answered['explanation']) {
  if (due === null) throw new Error('a clock without stops stands still');
  return due;
}

const dayWords = (on: string): string =>
  `${String(Number(on.slice(0, 4)))}年${String(Number(on.slice(5, 7)))}月${String(Number(on.slice(8)))}日 周${WEEKDAYS[weekday(dayNumber(on)) - 1] ?? ''}`;

function clockTime(at: number): string {
  const iso = localIso(at);
  return `${dayWords(iso.slice(0, 10))} ${iso.slice(11, 16)}`;
}

/** Neighbouring days of one kind on one line: counted days, or days left out for one reason. */
function drawnTogether(days: readonly ExplainedDay[]): string[] {
  const runs: ExplainedDay[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run !== undefined && before !== undefined && isSameKind(before, day)) run.push(day);
    else runs.push([day]);
  }
  return runs.map((run) => {
    const [first] = run;
    const last = run.at(-1);
    if (first === undefined || last === undefined || run.length === 1)
      return `${first?.date ?? ''} ${first?.reason ?? ''}`;
    const reason = first.reason === last.reason ? first.reason : `${first.reason} 至 ${last.reason}`;
    return `${first.date} 至 ${last.date} ${reason}`;
  });
}

const isSameKind = (a: ExplainedDay, b: ExplainedDay): boolean =>
  a.counted === b.counted && (a.counted ? isPlain(a) && isPlain(b) : a.reason === b.reason);

/** A counted day without anything to remark. */
const isPlain = ({ reason }: ExplainedDay): boolean =>
  /^第\d+(个工作日|日)$/.test(reason) || reason.startsWith('按小时');
