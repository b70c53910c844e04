/** Which rules there are, and which version holds on a day. Knows no clock; amounts of district policy come from outside. */
import type { Json } from '../kernel/process.ts';
import type { BudgetUnit } from '../kernel/clock.ts';
import type { Budget, Rule, RulePack } from '../kernel/rule.ts';
import { APR } from './apr.ts';
import { ASSESSMENT } from './assessment.ts';
import { CREDIT } from './credit.ts';
import { EMERGENCY } from './emergency.ts';
import { ENTERPRISE } from './enterprise.ts';
import { INSPECTION } from './inspection.ts';
import { LEADERSHIP } from './leadership.ts';
import { O121 } from './o121.ts';
import { O20 } from './o20.ts';
import { PSB, PUBLIC_INTEREST } from './psb.ts';
import { R310 } from './r310.ts';
import { RECALL } from './recall.ts';
import { REFERRAL } from './referral.ts';
import { REWARD } from './reward.ts';
import { SAMPLING } from './sampling.ts';
import { SUPERVISION } from './supervision.ts';

/** The chapters of the rule book, in the order in which docs/RULES.md shows them. */
export const RULE_CHAPTERS: readonly { readonly title: string; readonly rules: readonly Rule[] }[] = [
  { title: '党政同责', rules: LEADERSHIP },
  { title: '包保工作', rules: SUPERVISION },
  { title: '企业主体责任', rules: ENTERPRISE },
  { title: '投诉举报(2026-04-15起,第121号令)', rules: O121 },
  { title: '投诉举报(2026-04-14及以前收到,第20号令)', rules: O20 },
  { title: '行政处罚程序', rules: APR },
  { title: '举报奖励', rules: REWARD },
  { title: '涉嫌犯罪案件移送', rules: [...R310, ...PSB, ...PUBLIC_INTEREST] },
  { title: '部门间移送', rules: REFERRAL },
  { title: '抽样检验', rules: SAMPLING },
  { title: '召回', rules: RECALL },
  { title: '监督检查与整改', rules: INSPECTION },
  { title: '信用与禁入', rules: CREDIT },
  { title: '事故报告', rules: EMERGENCY },
  { title: '考核评价', rules: ASSESSMENT },
];

export const ALL_RULES: readonly Rule[] = RULE_CHAPTERS.flatMap(({ rules }) => rules);

/** One figure of district policy. */
export interface PolicyValue {
  readonly value: Json;
  /** For limits: `h`, `WD`, `CD`, `month` or `year`. */
  readonly unit?: string;
  /** Chinese. */
  readonly title: string;
  /** S: seen in practice elsewhere, U: unverified, D: the district's own decision. Never V: that would be law. */
  readonly mark: 'S' | 'U' | 'D';
  /** Where the figure comes from, in Chinese. */
  readonly why: string;
}

export type PolicyValues = { readonly [key: string]: PolicyValue };

/** No such rule, or none in force on the day: a fault of whoever asks, never a silent default. */
export class UnknownRule extends Error {
  readonly rule: string;
  readonly on: string;
  constructor(rule: string, on: string) {
    super(`no rule ${rule} in force on ${on}`);
    this.name = 'UnknownRule';
    this.rule = rule;
    this.on = on;
  }
}

/**
 * A pack of rules with the district's figures filled in. A rule whose figure is not entered keeps `budget: null` and its
 * `policyKey`: `dueOf` then throws ValueMissing. Throws an Error for a figure that is no limit.
 */
export function compileRules(rules: readonly Rule[], policyValues: PolicyValues, hash: string): RulePack {
  const filled = rules.map((rule) => withPolicy(rule, policyValues));
  const byId = new Map<string, Rule[]>();
  for (const rule of filled) byId.set(rule.id, [...(byId.get(rule.id) ?? []), rule]);
  return {
    hash,
    rules: filled,
    rule(id, on) {
      const found = byId
        .get(id)
        ?.find(({ inForceFrom, inForceTo }) => inForceFrom <= on && (inForceTo === undefined || on <= inForceTo));
      if (found === undefined) throw new UnknownRule(id, on);
      return found;
    },
  };
}

const UNITS: readonly string[] = ['h', 'WD', 'CD', 'month', 'year'] satisfies BudgetUnit[];
const isUnit = (unit: string): unit is BudgetUnit => UNITS.includes(unit);

function withPolicy(rule: Rule, values: PolicyValues): Rule {
  const budget = rule.policyKey === undefined ? rule.budget : limit(rule.policyKey, values);
  const bound = rule.extensionKey === undefined ? undefined : limit(rule.extensionKey, values);
  if (rule.extension === undefined || rule.extensionKey === undefined) return { ...rule, budget };
  // An extension whose bound is not entered stays at 0: `checkExtension` answers `extension-unset`.
  return { ...rule, budget, extension: { ...rule.extension, ...(bound ?? { amount: 0 }) } };
}

/** `null` where the district has not entered the value. */
function limit(key: string, values: PolicyValues): Budget | null {
  const entered = values[key];
  if (entered === undefined || entered.value === null) return null;
  const { value, unit } = entered;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || unit === undefined || !isUnit(unit))
    throw new Error(`policy value ${key} is not a limit`);
  return { unit, amount: value };
}
