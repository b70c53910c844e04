/** The sheets of the register as a district fills them in: names, headers, what a cell may hold. Knows no file format. */
import { RISKS, SUBJECT_CLASSES, UNIT_KINDS } from '../../../domain/register/register.ts';
import { RISK_WORDS, UNIT_KIND_WORDS } from '../../../domain/words/register.ts';

export type ColumnKind = 'id' | 'text' | 'date' | 'choice' | 'credit-code' | 'phone' | 'email' | 'digest';

export interface Column {
  /** The field of the record. */
  readonly key: string;
  readonly header: string;
  readonly kind: ColumnKind;
  readonly required: boolean;
  /** What the explanation sheet says. */
  readonly help: string;
  /** Chinese → code. */
  readonly choices?: Readonly<Record<string, string>>;
}

/** In the order in which they build on each other. */
export const SHEET_IDS = ['units', 'posts', 'persons', 'tenures', 'subjects', 'bindings', 'pledges'] as const;
export type SheetId = (typeof SHEET_IDS)[number];

export interface SheetShape {
  readonly id: SheetId;
  /** The tab's name. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** Fields that name a row; two rows with the same are a mistake. */
  readonly key: readonly string[];
}

const choices = <Code extends string>(codes: readonly Code[], chinese: Readonly<Record<Code, string>>) =>
  Object.fromEntries(codes.map((code) => [chinese[code], code]));

const UNIT_KIND = choices(UNIT_KINDS, UNIT_KIND_WORDS);
const CLASS = Object.fromEntries(SUBJECT_CLASSES.map((level) => [level, level]));
const RISK = choices(RISKS, RISK_WORDS);
const STATUS = { 正常: 'active', 歇业: 'suspended', 注销: 'closed' };
const ROLE = {
  区领导: 'district-leader',
  区食药安办: 'district-office',
  镇街主要负责人: 'town-head',
  镇街食安办: 'town-office',
  村社负责人: 'community-head',
  包保干部: 'cadre',
  市场监管所执法人员: 'regulator',
  市场监管所所长: 'regulator-head',
  部门负责人: 'department-head',
  部门承办人: 'officer',
  审计员: 'auditor',
  系统管理员: 'system-admin',
  安全管理员: 'security-admin',
  审计管理员: 'audit-admin',
};

const column =
  (required: boolean) =>
  (key: string, header: string, kind: ColumnKind, help: string, among?: Readonly<Record<string, string>>): Column => ({
    key,
    header,
    kind,
    required,
    help,
    ...(among === undefined ? {} : { choices: among }),
  });
const must = column(true);
const may = column(false);

const ID_HELP = '字母、数字和 . _ - ,最多 64 位,登记后不变';
const DATE_HELP = '如 2026-11-24';

const UNIT = must('unit', '所属单位编号', 'id', '“单位”表中的编号');
const POST = must('post', '岗位编号', 'id', '“岗位”表中的编号');
const PERSON = must('person', '人员编号', 'id', '“人员”表中的编号');
const SUBJECT = must('subject', '主体编号', 'id', '“主体”表中的编号');

export const SHEETS: readonly SheetShape[] = [
  {
    id: 'units',
    name: '单位',
    key: ['unit'],
    columns: [
      must('unit', '单位编号', 'id', ID_HELP),
      must('name', '单位名称', 'text', '全称'),
      must('kind', '单位类型', 'choice', '市级、区、部门、镇街、村社', UNIT_KIND),
      may('parent', '上级单位编号', 'id', '区一级留空;村社的上级是镇街'),
    ],
  },
  {
    id: 'posts',
    name: '岗位',
    key: ['post'],
    columns: [
      must('post', '岗位编号', 'id', ID_HELP),
      UNIT,
      must('title', '岗位名称', 'text', '如“古荡街道包保干部”'),
      must('role', '岗位类别', 'choice', Object.keys(ROLE).join('、'), ROLE),
      may('superior', '上级岗位编号', 'id', '逾期时逐级报告的上级岗位'),
      may('class', '包保级别', 'choice', 'A、B、C、D;不包保主体的岗位留空', CLASS),
      must('fromOn', '设岗日期', 'date', DATE_HELP),
      may('toOn', '撤岗日期', 'date', '撤销之日,当日起不再是岗位;在用的留空'),
    ],
  },
  {
    id: 'persons',
    name: '人员',
    key: ['person'],
    columns: [
      must('person', '人员编号', 'id', ID_HELP),
      must('name', '姓名', 'text', '不进入台账日志,只存其摘要'),
      may('email', '电子邮箱', 'email', '通知发往此处;没有的留空'),
      may('phone', '手机号码', 'phone', '请设为文本格式'),
    ],
  },
  {
    id: 'tenures',
    name: '任职',
    key: ['post', 'person', 'fromOn'],
    columns: [
      POST,
      PERSON,
      must('fromOn', '任职日期', 'date', DATE_HELP),
      may('toOn', '免职日期', 'date', '免职之日,当日起不再任职;在任的留空'),
    ],
  },
  {
    id: 'subjects',
    name: '主体',
    key: ['subject'],
    columns: [
      must('subject', '主体编号', 'id', ID_HELP),
      must('name', '主体名称', 'text', '营业执照上的名称'),
      may('creditCode', '统一社会信用代码', 'credit-code', '18 位,请设为文本格式;没有的留空'),
      must('class', '包保分级', 'choice', 'A、B、C、D', CLASS),
      must('risk', '风险等级', 'choice', Object.keys(RISK).join('、'), RISK),
      must('status', '状态', 'choice', '正常、歇业、注销', STATUS),
      must('trade', '业态', 'text', '如“小餐饮”“学校食堂”'),
      UNIT,
      must('address', '经营地址', 'text', '到门牌号'),
      must('openedOn', '开办日期', 'date', DATE_HELP),
      may('closedOn', '注销日期', 'date', '状态为“注销”时必填'),
    ],
  },
  {
    id: 'bindings',
    name: '包保关系',
    key: ['subject', 'post', 'fromOn'],
    columns: [
      SUBJECT,
      POST,
      must('fromOn', '包保起始日期', 'date', DATE_HELP),
      may('toOn', '解除日期', 'date', '解除之日,当日起不再包保;有效的留空'),
    ],
  },
  {
    id: 'pledges',
    name: '承诺书',
    key: ['post', 'person', 'version'],
    columns: [
      POST,
      PERSON,
      must('version', '版本', 'text', '如 2026'),
      must('signedOn', '签订日期', 'date', DATE_HELP),
      must('withPost', '签订对象岗位编号', 'id', '同级党委政府主要负责人或村社负责人的岗位'),
      may('document', '文件摘要', 'digest', '已上传承诺书的 SHA-256,没有的留空'),
    ],
  },
];

export function sheetShape(id: SheetId): SheetShape {
  const found = SHEETS.find((sheet) => sheet.id === id);
  if (found === undefined) throw new Error(`no sheet ${id}`);
  return found;
}

/** A row of a sheet: every column's value, `null` where the cell is empty. */
export type SheetRecord = Readonly<Record<string, string | null>>;
