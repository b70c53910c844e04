/**
 * Writes docs/RULES.md from the rule packs, the district's policy and the ladders. `--check` writes nothing and exits 1 when
 * the file is stale. Run through `npm run generate`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadOfficeData, type OfficeData } from '../cases/office-data.ts';
import type { BudgetUnit } from '../domain/kernel/clock.ts';
import type { Ladder, Rung } from '../domain/kernel/ladder.ts';
import { REGIMES } from '../domain/kernel/regime.ts';
import type { ExtensionRight, Rule, TrustMark } from '../domain/kernel/rule.ts';
import { causeTitle } from '../domain/kernel/stop-causes.ts';
import { compileRules, RULE_CHAPTERS, type PolicyValue } from '../domain/rules/index.ts';

const UNITS: Readonly<Record<BudgetUnit, string>> = { h: '小时', WD: '个工作日', CD: '日', month: '个月', year: '年' };
const MARKS: Readonly<Record<TrustMark, string>> = {
  V: '法',
  S: '区政策,非法律(S)',
  U: '区政策,非法律(U,待核实)',
  D: '区政策,非法律(D)',
};

/** docs/RULES.md as it must stand. */
export function rulesDocument(office: OfficeData = loadOfficeData()): string {
  const policy = office.policies.at(-1);
  if (policy === undefined) throw new Error('data/policies is empty');
  const parts = [
    '# 规则表',
    '本文件由 `npm run generate` 从 `domain/rules`、`data/policies` 和 `data/ladders` 生成,不要手工修改。',
    [
      '- 性质:“法”为已读到条文的法定期限;其余为区政策,有责任人,非法律。S:据外地做法或者报道;U:未经核实;D:区自定。',
      '- 单位:工作日(含调休上班日,不含放假日);日为自然日;小时连续计算。开始之日不计入。',
      '- “未设定”:须先由责任人录入数值,录入前不产生任务。“个案确定”:由个案文书或者周期确定。',
      '- 一行含多个期限的规则拆为带字母的编号(如 CJ-11a、CJ-11b);主期限沿用原编号的,其余加 b、c(如 AC-04b)。',
      '- 停表:所列原因停止本时限;途中时间在适用 APR、CPL 计算方法时另予扣除。停表所涉的日子不计入。',
    ].join('\n'),
    '## 期间计算方法',
    regimeTable(),
    ...RULE_CHAPTERS.flatMap(({ title, rules }) => [
      `## ${title}`,
      ruleTable(compileRules(rules, policy.values, '').rules),
    ]),
    '## 区政策数值',
    `${policy.version},责任人:${policy.owner},自 ${policy.inForceFrom} 起。`,
    table(
      ['键', '内容', '数值', '标记', '依据'],
      Object.entries(policy.values).map(([key, value]) => [
        `\`${key}\``,
        value.title,
        shown(value),
        value.mark,
        value.why,
      ]),
    ),
    '## 提醒与升级阶梯',
    ...office.ladders.flatMap((ladder) => [
      `### ${ladder.title ?? ladder.name}(\`${ladder.name}\`)`,
      ladderPart(ladder),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function regimeTable(): string {
  const rolls = { none: '不顺延', 'notice-holiday': '遇放假通知所列日期顺延', 'non-working-day': '遇任何非工作日顺延' };
  return table(
    ['方法', '条文', '从严(提醒、统计)', '从宽(认定)', '在途时间', '内容'],
    Object.values(REGIMES).map((regime) => [
      regime.id,
      `${regime.title}(${regime.article})`,
      rolls[regime.strict],
      rolls[regime.lenient],
      regime.travelExcluded ? '扣除' : '—',
      regime.says,
    ]),
  );
}

const ruleTable = (rules: readonly Rule[]): string =>
  table(
    [
      '编号',
      '事项',
      '起算',
      '责任人',
      '期限',
      '计算',
      '依据',
      '版本与施行',
      '性质',
      '停表',
      '延长',
      '逾期后果',
      '记录',
      '阶梯',
    ],
    rules.map((rule) => [
      rule.id,
      rule.title,
      rule.starts,
      rule.actor,
      budget(rule),
      rule.regime,
      rule.basis,
      `${rule.version} ${rule.inForceFrom}起${rule.inForceTo === undefined ? '' : `至${rule.inForceTo}`}`,
      MARKS[rule.mark],
      rule.stops.length === 0 ? '—' : rule.stops.map(causeTitle).join('、'),
      extension(rule.extension, rule.extensionKey),
      rule.missed,
      rule.record,
      rule.ladder,
    ]),
  );

function budget({ budget: limit, policyKey, restarts }: Rule): string {
  const key = policyKey === undefined ? '' : `(\`${policyKey}\`)`;
  if (limit === null) return policyKey === undefined ? '个案确定' : `未设定${key}`;
  return `${String(limit.amount)}${UNITS[limit.unit]}${key}${restarts === true ? ';新事实重新起算' : ''}`;
}

function extension(right: ExtensionRight | undefined, key: string | undefined): string {
  if (right === undefined) return '—';
  const source = key === undefined ? '' : `,幅度为区政策 \`${key}\``;
  const bound = right.amount === 0 ? '未设定' : `${String(right.amount)}${UNITS[right.unit]}`;
  const times = right.times === 1 ? '' : `,至多${String(right.times)}次`;
  return `${bound}${times},${right.approver}到期前批准(${right.article}${source})`;
}

function shown({ value, unit }: PolicyValue): string {
  if (value === null) return '未设定';
  const isLimit = typeof value === 'number' && unit !== undefined && unit in UNITS;
  return isLimit ? `${String(value)}${UNITS[unit as BudgetUnit]}` : `\`${JSON.stringify(value)}\``;
}

function ladderPart({ rungs, version, owner, inForceFrom = '', graceMs, spreadMs }: Ladder): string {
  const head = `${version},责任人:${owner},自 ${inForceFrom} 起;到期确认宽限 ${String(graceMs / 1000)} 秒,到期前提醒错峰 ${String(spreadMs / 1000)} 秒。`;
  if (rungs.length === 0) return `${head}\n\n无提醒。`;
  const rows = rungs.map((rung) => [
    rung.id,
    place(rung),
    to(rung),
    rung.urgency === 'at-once' ? '即时' : '汇总',
    rung.document ?? '—',
  ]);
  return `${head}\n\n${table(['梯级', '时点', '对象', '发送', '拟发文书'], rows)}`;
}

function place({ place: at }: Rung): string {
  if ('share' in at) return `时限过 ${String(at.share * 100)}%`;
  if ('workingDaysBefore' in at) return `到期前 ${String(at.workingDaysBefore)} 个工作日`;
  if ('workingDaysAfter' in at) return `到期后 ${String(at.workingDaysAfter)} 个工作日`;
  return '到期';
}

const ADDRESSEES: Readonly<Record<string, string>> = {
  holder: '承办岗位',
  superior: '承办岗位的上级',
  'district-office': '区食药安办',
  'town-head': '镇街主要负责人',
};

function to({ to: addressees }: Rung): string {
  if (addressees.length === 0) return '仅记录';
  return addressees
    .map((one) => (typeof one === 'string' ? one : one.role))
    .map((key) => ADDRESSEES[key] ?? key)
    .join('、');
}

function main(check: boolean): number {
  const root = ['../docs', '../../docs'].map((path) => fileURLToPath(new URL(path, import.meta.url))).find(existsSync);
  if (root === undefined) throw new Error('docs/ is missing');
  const path = `${root}/RULES.md`;
  const text = rulesDocument();
  const stale = !existsSync(path) || readFileSync(path, 'utf8') !== text;
  if (check && stale) {
    process.stderr.write('docs/RULES.md 已过期:请运行 npm run generate\n');
    return 1;
  }
  if (stale) writeFileSync(path, text);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.includes('--check'));
