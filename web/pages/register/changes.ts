/** Which changes of the register there are forms for: what each asks, what it says it does. What is allowed the API decides. */
import { CLASSES, RISKS, ROLES, UNIT_KINDS } from './words.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

export interface ChangeField {
  readonly name: string;
  readonly label: string;
  readonly control: 'text' | 'long' | 'day' | 'choice' | 'post' | 'person' | 'unit' | 'paper';
  /** May be left empty; then `null` is sent. */
  readonly optional?: true;
  readonly choices?: readonly Choice[];
  readonly help?: string;
  readonly most?: number;
}

export interface ChangeForm {
  readonly type: string;
  /** A verb: the button that opens the form and the one that sends it. */
  readonly verb: string;
  readonly effect: string;
  readonly fields: readonly ChangeField[];
  /** Fields that stand under `data`: what is personal. */
  readonly personal?: true;
}

const on = (label: string, help?: string): ChangeField => ({
  name: 'on',
  label,
  control: 'day',
  ...(help === undefined ? {} : { help }),
});
const text = (name: string, label: string, most: number): ChangeField => ({ name, label, control: 'text', most });
const ID_HELP = '字母、数字和 . _ -，最多 64 位；登记后不变';
const id = (name: string, label: string): ChangeField => ({ name, label, control: 'text', most: 64, help: ID_HELP });
const creditCode: ChangeField = {
  name: 'creditCode',
  label: '统一社会信用代码',
  control: 'text',
  most: 18,
  optional: true,
  help: '18 位；没有的留空',
};
const superior: ChangeField = { name: 'superior', label: '上级岗位', control: 'post', optional: true };
const guarantees: ChangeField = {
  name: 'class',
  label: '包保级别',
  control: 'choice',
  choices: CLASSES,
  optional: true,
  help: '不包保主体的岗位留空',
};
const unit: ChangeField = { name: 'unit', label: '单位', control: 'unit' };
const role: ChangeField = { name: 'role', label: '岗位类别', control: 'choice', choices: ROLES };
const contact: readonly ChangeField[] = [
  text('name', '姓名', 60),
  { name: 'phone', label: '手机号码', control: 'text', most: 20, optional: true },
  { name: 'email', label: '电子邮箱', control: 'text', most: 200, optional: true, help: '通知发往此处' },
];

const FORMS = {
  bound: {
    verb: '建立包保',
    effect: '从这一天起由该岗位包保；落实包保的职责随即了结，正在进行的轮次增加这一户。',
    fields: [{ name: 'post', label: '包保岗位', control: 'post' }, on('自哪一天')],
  },
  unbound: {
    verb: '解除包保',
    effect: '从这一天起不再由现岗位包保；主体仍在营业的，随即产生落实包保的职责。',
    fields: [on('自哪一天'), { name: 'reason', label: '理由', control: 'long', most: 200 }],
  },
  'subject-risk-changed': {
    verb: '调整风险等级',
    effect: '改为高风险的，本期走访须到现场。',
    fields: [{ name: 'risk', label: '风险等级', control: 'choice', choices: RISKS }, on('自哪一天')],
  },
  'subject-class-moved': {
    verb: '调整分级',
    effect: '原包保岗位的级别不再对应的，须先解除包保。',
    fields: [{ name: 'class', label: '包保分级', control: 'choice', choices: CLASSES }, on('自哪一天')],
  },
  'subject-moved': {
    verb: '迁址',
    effect: '迁出本镇街的，须先解除包保。',
    fields: [unit, { name: 'address', label: '经营地址', control: 'long', most: 200 }, on('自哪一天')],
  },
  'subject-suspended': { verb: '歇业', effect: '歇业期间不列入走访。', fields: [on('自哪一天')] },
  'subject-reopened': {
    verb: '恢复',
    effect: '恢复营业；没有包保的随即产生落实包保的职责。',
    fields: [on('自哪一天')],
  },
  'subject-closed': {
    verb: '注销',
    effect: '主体注销；未走访的不再走访，未了结的落实包保职责就此了结。',
    fields: [on('注销日期')],
  },
  'subject-corrected': {
    verb: '更正',
    effect: '更正登记有误的内容；原登记保留在流水中。',
    fields: [
      text('name', '主体名称', 120),
      creditCode,
      text('trade', '业态', 60),
      { name: 'address', label: '经营地址', control: 'long', most: 200 },
    ],
  },
  'subject-added': {
    verb: '登记主体',
    effect: '登记后随即产生落实包保的职责。',
    fields: [
      id('subject', '主体编号'),
      text('name', '主体名称', 120),
      creditCode,
      { name: 'class', label: '包保分级', control: 'choice', choices: CLASSES },
      { name: 'risk', label: '风险等级', control: 'choice', choices: RISKS },
      text('trade', '业态', 60),
      unit,
      { name: 'address', label: '经营地址', control: 'long', most: 200 },
      on('开办日期'),
    ],
  },
  'tenure-began': {
    verb: '任职',
    effect: '从这一天起由此人担任；该岗位正在进行的工作随岗位走，须签订承诺书的随即产生职责。',
    fields: [{ name: 'person', label: '人员', control: 'person' }, on('任职日期')],
  },
  'tenure-ended': {
    verb: '免职',
    effect: '从这一天起不再担任；岗位空缺期间的提醒报送上级。',
    fields: [on('免职日期', '当日起不再任职')],
  },
  'absence-began': {
    verb: '登记请假',
    effect: '期间由代理人以自己的名义代办；流水记明两人。',
    fields: [
      on('自哪一天'),
      { name: 'until', label: '到哪一天', control: 'day', help: '含这一天' },
      { name: 'deputy', label: '代理人', control: 'person', optional: true },
      { name: 'cause', label: '事由', control: 'text', most: 100 },
    ],
  },
  'absence-ended': { verb: '销假', effect: '从这一天起返岗，代理随即结束。', fields: [on('返岗日期')] },
  'pledge-signed': {
    verb: '登记承诺书',
    effect: '登记已签订的承诺书；签订的职责随即了结。',
    fields: [
      text('version', '版本', 40),
      on('签订日期'),
      { name: 'withPost', label: '与哪一岗位签订', control: 'post' },
      { name: 'document', label: '扫描件', control: 'paper', optional: true },
    ],
  },
  'post-moved': {
    verb: '调整岗位',
    effect: '改变岗位的单位和上级；在任人员和包保的主体不变。',
    fields: [unit, superior, on('自哪一天')],
  },
  'post-ended': { verb: '撤岗', effect: '撤岗前须先免职并解除全部包保。', fields: [on('撤岗日期')] },
  'post-corrected': {
    verb: '更正岗位',
    effect: '更正名称、类别或包保级别；原登记保留在流水中。',
    fields: [text('title', '岗位名称', 60), role, guarantees],
  },
  'post-added': {
    verb: '设岗',
    effect: '设立岗位；任职另行登记。',
    fields: [id('post', '岗位编号'), unit, text('title', '岗位名称', 60), role, superior, guarantees, on('设岗日期')],
  },
  'person-added': {
    verb: '登记人员',
    effect: '登记后才能任职；姓名和联系方式不写入流水，只存其摘要。',
    fields: [id('person', '人员编号'), ...contact],
    personal: true,
  },
  'person-changed': {
    verb: '更正人员',
    effect: '更正姓名或联系方式；流水只存其摘要。',
    fields: contact,
    personal: true,
  },
  'unit-added': {
    verb: '登记单位',
    effect: '登记后可以设岗、登记主体。',
    fields: [
      id('unit', '单位编号'),
      text('name', '单位名称', 60),
      { name: 'kind', label: '单位类型', control: 'choice', choices: UNIT_KINDS },
      { name: 'parent', label: '上级单位', control: 'unit', optional: true, help: '区一级留空' },
    ],
  },
  'unit-corrected': {
    verb: '更正单位',
    effect: '更正名称；原登记保留在流水中。',
    fields: [text('name', '单位名称', 60)],
  },
} as const satisfies Readonly<Record<string, Omit<ChangeForm, 'type'>>>;

export type FormType = keyof typeof FORMS;

export const formOf = (type: FormType): ChangeForm => ({ type, ...FORMS[type] });

type Value = string | null;

/** The change as the API takes it: what is fixed, what was filled in; what may be empty and is becomes `null`. */
export function changeFrom(
  { type, fields, personal }: ChangeForm,
  fixed: Readonly<Record<string, Value | boolean>>,
  values: Readonly<Record<string, string | null | undefined>>,
): Readonly<Record<string, unknown>> {
  const filled = Object.fromEntries(
    fields.map(({ name }): [string, Value] => {
      const value = values[name]?.trim() ?? '';
      return [name, value === '' ? null : value];
    }),
  );
  if (personal !== true) return { type, ...fixed, ...filled };
  const { name, phone, email, ...rest } = filled;
  return { type, ...fixed, ...rest, data: { name, phone, email } };
}
