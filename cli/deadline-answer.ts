/** What a question about a deadline is answered with: an explanation, or why there is none. Knows no output format. */
import { FROM_MIDNIGHT, type AnsweredDeadline } from '../cases/deadline-json.ts';
import { contentHash, loadOfficeData, type OfficeData } from '../cases/office-data.ts';
import { compileCalendar, localDate, startOfDay } from '../domain/kernel/calendar.ts';
import { isCivilDate } from '../domain/kernel/civil-day.ts';
import { explain, ValueMissing } from '../domain/kernel/clock.ts';
import type { Rule } from '../domain/kernel/rule.ts';
import { ALL_RULES, compileRules } from '../domain/rules/index.ts';

export interface DeadlineQuestion {
  readonly rule: string;
  readonly from: string | undefined;
  readonly received: string | undefined;
}

export interface DeadlineRefusal {
  /** `unknown-rule`, `rule-ambiguous`, `rule-not-in-force`, `no-budget`, `value-missing`, `bad-date`, `date-outside-calendar`. */
  readonly code: string;
  /** One Chinese sentence. */
  readonly message: string;
}

export type DeadlineAnswer = AnsweredDeadline | { readonly refused: DeadlineRefusal };

/** Answers from the newest calendar and policy of this build. Only faults of the data files throw. */
export function answerDeadline(question: DeadlineQuestion): DeadlineAnswer {
  const started = startOf(question.from);
  if ('refused' in started) return started;
  const { received } = question;
  if (received !== undefined && !isCivilDate(received)) return badDate('--received', received);

  const lawOn = received ?? localDate(started.at);
  const office = loadOfficeData();
  const found = ruleFor(question.rule, lawOn, office);
  if ('refused' in found) return found;
  try {
    const { rule } = found;
    const clock = { id: rule.id, rule: rule.id, startedAt: started.at, lawOn, stops: [], extensions: [] };
    const explanation = explain(clock, rule, newestCalendar(office));
    return { rule, explanation, lawOn, note: rule.budget?.unit === 'h' && !started.timed ? FROM_MIDNIGHT : null };
  } catch (error) {
    if (error instanceof ValueMissing) return refuse(...noAmount(found.rule, error.policyKey));
    if (error instanceof RangeError)
      return refuse('date-outside-calendar', '起算日或者到期日超出日历范围(2019-01-01至2100-12-31)');
    throw error;
  }
}

const refuse = (code: string, message: string): { readonly refused: DeadlineRefusal } => ({
  refused: { code, message },
});

const badDate = (option: string, value: string): { readonly refused: DeadlineRefusal } =>
  refuse('bad-date', `${option} 的日期无效:${value}(应为 YYYY-MM-DD,且确有其日)`);

function newestCalendar({ calendars }: OfficeData) {
  const data = calendars.at(-1);
  if (data === undefined) throw new Error('data/calendars is empty');
  return compileCalendar(data, contentHash(data));
}

const TIME =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](?:([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?)(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?$/;

/** The instant of `--from`: local midnight for a day, local time unless an offset is written. */
function startOf(
  from: string | undefined,
): { readonly at: number; readonly timed: boolean } | { readonly refused: DeadlineRefusal } {
  if (from === undefined) return refuse('bad-date', '请用 --from 给出起算日,如 --from 2026-09-30');
  const [, day = '', hour, minute, second = '00', offset] = TIME.exec(from) ?? [];
  if (!isCivilDate(day)) return badDate('--from', from);
  if (hour === undefined || minute === undefined) return { at: startOfDay(day), timed: false };
  if (offset !== undefined) return { at: Date.parse(`${day}T${hour}:${minute}:${second}${offset}`), timed: true };
  const sinceMidnight = (Number(hour) * 3_600 + Number(minute) * 60 + Number(second)) * 1_000;
  return { at: startOfDay(day) + sinceMidnight, timed: true };
}

function ruleFor(
  asked: string,
  lawOn: string,
  { policies }: OfficeData,
): { readonly rule: Rule } | { readonly refused: DeadlineRefusal } {
  const id = asked.trim();
  const versions = ALL_RULES.filter((rule) => rule.id.toLowerCase() === id.toLowerCase());
  const [first] = versions;
  if (first === undefined) return unknown(id);
  const policy = policies.at(-1);
  const pack = compileRules(versions, policy?.values ?? {}, 'deadline');
  const rule = pack.rules.find(({ inForceFrom, inForceTo }) => inForceFrom <= lawOn && (inForceTo ?? lawOn) >= lawOn);
  return rule === undefined ? notInForce(first.id, lawOn, versions) : { rule };
}

function unknown(id: string): { readonly refused: DeadlineRefusal } {
  const stem = new RegExp(`^${id.replace(/[^\w-]/g, '')}[a-z]$`, 'i');
  const parts = id === '' ? [] : ALL_RULES.filter((rule) => stem.test(rule.id));
  if (parts.length === 0) return refuse('unknown-rule', `没有编号为“${id}”的规则;全部规则见 docs/RULES.md`);
  const named = parts.map((rule) => `${rule.id}(${rule.title})`).join('、');
  return refuse('rule-ambiguous', `${id} 含有多个时限,请指明其一:${named}`);
}

function notInForce(id: string, lawOn: string, versions: readonly Rule[]): { readonly refused: DeadlineRefusal } {
  const spans = versions
    .map(
      ({ version, inForceFrom, inForceTo }) =>
        `${version}(${inForceFrom}${inForceTo === undefined ? '起' : `至${inForceTo}`})`,
    )
    .join('、');
  return refuse('rule-not-in-force', `${id} 在 ${lawOn} 没有有效的版本;现有版本:${spans}`);
}

function noAmount({ id, title, basis }: Rule, policyKey: string | null): [code: string, message: string] {
  return policyKey === null
    ? ['no-budget', `${id}(${title})没有固定期限,由个案文书或者周期确定(${basis})`]
    : ['value-missing', `${id}(${title})的期限未设定:区政策值 ${policyKey} 须先由区食药安办录入(${basis})`];
}
