/** `zhaodan rules [ID]`: the rules of this build with the district's values; needs no database. */
import { Command } from 'commander';
import { loadOfficeData } from '../cases/office-data.ts';
import type { Budget, Rule } from '../domain/kernel/rule.ts';
import { ALL_RULES, compileRules } from '../domain/rules/index.ts';
import { LIMIT_UNITS } from '../domain/words/units.ts';
import type { Context } from './context.ts';
import { CliProblem } from './problem.ts';
import { facts, table } from './table.ts';
import type { GlobalOptions } from './terminal.ts';

export function rulesCommand({ terminal }: Pick<Context, 'terminal'>): Command {
  return new Command('rules')
    .description('规则库:全部规则,或一条规则的各版本')
    .argument('[rule]', '规则编号,如 BB-04')
    .action((id: string | undefined, _options: unknown, command: Command) => {
      const { json } = command.optsWithGlobals<GlobalOptions>();
      const rules = asked(id);
      terminal.out(
        json === true
          ? JSON.stringify(rules, null, 2)
          : id === undefined
            ? rulesTable(rules)
            : rules.map(ruleText).join('\n\n'),
      );
    });
}

function asked(id: string | undefined): readonly Rule[] {
  const all = compileRules(ALL_RULES, loadOfficeData().policies.at(-1)?.values ?? {}, 'cli').rules;
  if (id === undefined) return all;
  const found = all.filter((rule) => rule.id.toLowerCase() === id.toLowerCase());
  if (found.length === 0) throw new CliProblem('unknown-rule', `没有编号为“${id}”的规则;全部规则见 zhaodan rules`);
  return found;
}

const budgetWords = (budget: Budget | null): string =>
  budget === null ? '由个案定' : `${String(budget.amount)} ${LIMIT_UNITS[budget.unit]}`;

const sourceWords = ({ mark }: Rule): string => (mark === 'V' ? '法定' : '区政策');

const rulesTable = (rules: readonly Rule[]): string =>
  table(
    ['编号', '版本', '时限', '性质', '名称', '依据'],
    rules.map((rule) => [rule.id, rule.version, budgetWords(rule.budget), sourceWords(rule), rule.title, rule.basis]),
  );

const ruleText = (rule: Rule): string =>
  facts([
    ['规则', `${rule.id} ${rule.title}`],
    ['版本', `${rule.version},${rule.inForceFrom} 起${rule.inForceTo === undefined ? '' : `至 ${rule.inForceTo}`}`],
    ['依据', `${rule.basis}(${sourceWords(rule)})`],
    ['时限', budgetWords(rule.budget)],
    ['起算', rule.starts],
    ['由谁', rule.actor],
    ['逾期', rule.missed],
    ['凭据', rule.record],
    ['阶梯', rule.ladder],
  ]);
