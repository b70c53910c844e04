/** What the register's codes are called on its pages, as choices and as words. */
interface Choice {
  readonly value: string;
  readonly label: string;
}

const choices = (words: Readonly<Record<string, string>>): readonly Choice[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

const RISK: Readonly<Record<string, string>> = {
  low: '低风险',
  medium: '中等风险',
  elevated: '较高风险',
  high: '高风险',
};
const STATUS: Readonly<Record<string, string>> = { active: '正常', suspended: '歇业', closed: '注销' };
const UNIT: Readonly<Record<string, string>> = {
  city: '市级',
  district: '区',
  department: '部门',
  town: '镇街',
  community: '村社',
};
const ROLE: Readonly<Record<string, string>> = {
  'district-leader': '区领导',
  'district-office': '区食药安办',
  'town-head': '镇街主要负责人',
  'town-office': '镇街食安办',
  'community-head': '村社负责人',
  cadre: '包保干部',
  regulator: '市场监管所执法人员',
  'regulator-head': '市场监管所所长',
  'department-head': '部门负责人',
  officer: '部门承办人',
  auditor: '审计员',
  'system-admin': '系统管理员',
  'security-admin': '安全管理员',
  'audit-admin': '审计管理员',
};

export const RISKS = choices(RISK);
export const STATUSES = choices(STATUS);
export const UNIT_KINDS = choices(UNIT);
export const ROLES = choices(ROLE);
export const CLASSES: readonly Choice[] = [
  { value: 'A', label: 'A 级（市级）' },
  { value: 'B', label: 'B 级（区级）' },
  { value: 'C', label: 'C 级（镇街）' },
  { value: 'D', label: 'D 级（村社）' },
];

export const riskWords = (risk: string): string => RISK[risk] ?? risk;
export const statusWords = (status: string): string => STATUS[status] ?? status;
export const unitKindWords = (kind: string): string => UNIT[kind] ?? kind;
export const roleWords = (role: string): string => ROLE[role] ?? role;

/** `2026-01-05 至今`, `2026-01-05 至 2026-11-23`. The end is the first day on which it no longer holds. */
export const spanWords = (fromOn: string, toOn: string | null): string =>
  toOn === null ? `${fromOn} 至今` : `${fromOn} 起，${toOn} 止`;
