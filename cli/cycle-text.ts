/** How a plan and its problems read in a terminal. Computes nothing. */
import { refusalText } from '../cases/refusal-texts.ts';
import type { Preview } from '../cases/supervision/preview.ts';
import type { PlanProblem } from '../domain/supervision/plan-problems.ts';
import type { PlanReason, PlanRow } from '../domain/supervision/plan.ts';
import { table } from './table.ts';

/** Names by id; ids stand for themselves. */
export type NameOf = (id: string) => string;

/** Problems shown of one kind. */
const SHOWN = 5;

/** Problems first, then rounds, totals and the hash. */
export function previewText({ hash, title, plan, running }: Preview, nameOf: NameOf, limit: number): string {
  const { totals, rows, period, cycle } = plan;
  const [why] = rows.map((row) => row.why);
  return [
    `${title}(${cycle}):${period.fromOn} 至 ${period.toOn}${running ? ';此周期已在进行,确认即补入' : ''}`,
    '',
    ...problemLines([...plan.problems, ...rows.flatMap(({ problems }) => problems)], nameOf),
    '',
    ...(why === undefined ? [] : [`期限:${whyText(why, rows[0]?.dueOn ?? period.toOn)}`, '']),
    roundsTable(rows.slice(0, limit), nameOf),
    ...(rows.length > limit ? [`……另有 ${String(rows.length - limit)} 个轮次,可用 --limit`] : []),
    '',
    `合计:${String(totals.rounds)} 个轮次,${String(totals.visits)} 次走访(须现场 ${String(totals.onSite)} 次),范围内主体 ${String(totals.subjects)} 户`,
    `确认:npx zhaodan cycle confirm ${hash}`,
  ].join('\n');
}

const whyText = ({ rule, basis, mark, provisional }: PlanReason, dueOn: string): string =>
  `${dueOn}${provisional ? '(暂定:放假安排尚未公布到这一日)' : ''},规则 ${rule}(${mark === 'V' ? basis : `区政策,非法律;参照 ${basis}`})`;

/** Each problem as a sentence, the worst kind first; more of one kind are counted. */
export function problemLines(problems: readonly PlanProblem[], nameOf: NameOf): string[] {
  if (problems.length === 0) return ['没有问题'];
  const kinds = new Map<string, PlanProblem[]>();
  for (const problem of problems) kinds.set(problem.code, [...(kinds.get(problem.code) ?? []), problem]);
  return [
    `问题 ${String(problems.length)} 处:`,
    ...[...kinds].flatMap(([code, found]) => [
      `  ${code} ${String(found.length)} 处`,
      ...found.slice(0, SHOWN).map((problem) => `    ${problemText(problem, nameOf)}`),
      ...(found.length > SHOWN ? [`    ……另有 ${String(found.length - SHOWN)} 处`] : []),
    ]),
  ];
}

/** The sentence of a problem with names behind the ids. */
export function problemText({ code, details }: PlanProblem, nameOf: NameOf): string {
  const named = Object.fromEntries(
    Object.entries(details).map(([key, value]) => {
      const name = typeof value === 'string' ? nameOf(value) : value;
      return [key, name === value ? value : `${String(name)}(${String(value)})`];
    }),
  );
  return refusalText({ code, details: named });
}

function roundsTable(rows: readonly PlanRow[], nameOf: NameOf): string {
  return table(
    ['行', '包保干部', '岗位', '单位', '走访', '须现场', '最后一日', '问题'],
    rows.map(({ ordinal, person, post, unit, visits, dueOn, problems }) => [
      String(ordinal),
      person === null ? '(空缺)' : nameOf(person),
      post,
      nameOf(unit),
      String(visits.length),
      String(visits.filter(({ onSite }) => onSite).length),
      dueOn,
      problems.map(({ code }) => code).join('、'),
    ]),
  );
}
