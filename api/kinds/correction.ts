/** The correction (整改) as callers see it: one finding, until it is struck off the list. */
import { z } from 'zod';
import type { CorrectionCommand } from '../../domain/supervision/correction-messages.ts';
import { Day, Id, words } from '../fields.ts';
import { evidenceList, reason } from './evidence-fields.ts';
import { SOME_TEXT, type Kind, type Says, type Verb } from './kind.ts';

const type = <T extends CorrectionCommand['type']>(name: T) => z.literal(name);
const note = words(1_000).exactOptional();

const Claim = z.strictObject({ type: type('claim') }) satisfies z.ZodType<Says<CorrectionCommand, 'claim'>>;

const Order = z.strictObject({
  type: type('order'),
  dueOn: Day,
  requirement: words(2_000),
}) satisfies z.ZodType<Says<CorrectionCommand, 'order'>>;

const CorrectOnSpot = z.strictObject({
  type: type('correct-on-spot'),
  evidence: evidenceList,
  note,
}) satisfies z.ZodType<Says<CorrectionCommand, 'correct-on-spot'>>;

const ReportDone = z.strictObject({
  type: type('report-done'),
  evidence: evidenceList,
  note,
}) satisfies z.ZodType<Says<CorrectionCommand, 'report-done'>>;

const Recheck = z.strictObject({
  type: type('recheck'),
  passed: z.boolean(),
  reason,
  evidence: evidenceList,
  dueOn: Day.exactOptional().meta({ description: '复查不合格时的新期限' }),
}) satisfies z.ZodType<Says<CorrectionCommand, 'recheck'>>;

const Extend = z.strictObject({
  type: type('extend'),
  clock: z.enum(['claim', 'correction', 'recheck', 'filing']),
  amount: z.int().min(1).max(365),
  unit: z.enum(['h', 'WD', 'CD', 'month', 'year']),
  reason,
}) satisfies z.ZodType<Says<CorrectionCommand, 'extend'>>;

const Escalate = z.strictObject({ type: type('escalate'), reason }) satisfies z.ZodType<
  Says<CorrectionCommand, 'escalate'>
>;

const PassOn = z.strictObject({
  type: type('pass-on'),
  to: Id.meta({ description: '接收线索的岗位' }),
  clue: words(2_000),
}) satisfies z.ZodType<Says<CorrectionCommand, 'pass-on'>>;

const Filed = z.strictObject({
  type: type('filed'),
  number: words(100).meta({ description: '立案编号' }),
  filedOn: Day,
}) satisfies z.ZodType<Says<CorrectionCommand, 'filed'>>;

const NotFiled = z.strictObject({ type: type('not-filed'), reason }) satisfies z.ZodType<
  Says<CorrectionCommand, 'not-filed'>
>;

const Reassign = z.strictObject({ type: type('reassign'), toPost: Id, reason }) satisfies z.ZodType<
  Says<CorrectionCommand, 'reassign'>
>;

const says = (command: CorrectionCommand) => () => command;

const verbs: { readonly [T in string]: Verb } = {
  claim: { label: '认领', effect: '认领这个问题,开始处置。', schema: Claim, probe: says({ type: 'claim' }) },
  order: {
    label: '责令改正',
    effect: '书面提出整改要求和时限。',
    schema: Order,
    probe: (_state, today) => ({ type: 'order', dueOn: today, requirement: SOME_TEXT }) satisfies CorrectionCommand,
  },
  'correct-on-spot': {
    label: '当场改正',
    effect: '轻微问题当场改正,附证据后销号。',
    schema: CorrectOnSpot,
    probe: says({ type: 'correct-on-spot', evidence: [] }),
  },
  'report-done': {
    label: '报告整改完成',
    effect: '报告整改完成,等待他人复查。',
    schema: ReportDone,
    probe: says({ type: 'report-done', evidence: [] }),
  },
  recheck: {
    label: '复查',
    effect: '由他人复查:合格销号,不合格另定期限。',
    schema: Recheck,
    probe: says({ type: 'recheck', passed: true, reason: SOME_TEXT, evidence: [] }),
  },
  extend: {
    label: '批准延期',
    effect: '到期前由他人批准延长期限。',
    schema: Extend,
    probe: says({ type: 'extend', clock: 'correction', amount: 1, unit: 'WD', reason: SOME_TEXT }),
  },
  escalate: {
    label: '上报',
    effect: '上报食药安办协调。',
    schema: Escalate,
    probe: says({ type: 'escalate', reason: SOME_TEXT }),
  },
  'pass-on': {
    label: '移送线索',
    effect: '严重线索移送执法机构核查立案。',
    schema: PassOn,
    probe: says({ type: 'pass-on', to: 'probe', clue: SOME_TEXT }),
  },
  filed: {
    label: '登记立案',
    effect: '登记执法机构的立案编号。',
    schema: Filed,
    probe: (_state, today) => ({ type: 'filed', number: 'probe', filedOn: today }) satisfies CorrectionCommand,
  },
  'not-filed': {
    label: '登记不予立案',
    effect: '登记不予立案及理由。',
    schema: NotFiled,
    probe: says({ type: 'not-filed', reason: SOME_TEXT }),
  },
  reassign: {
    label: '改派',
    effect: '改由另一岗位处置。',
    schema: Reassign,
    probe: says({ type: 'reassign', toPost: 'probe', reason: SOME_TEXT }),
  },
};

export const correctionKind: Kind = {
  kind: 'correction',
  title: '问题整改',
  verbs,
  stages: {
    submitted: '待认领',
    claimed: '已认领',
    ordered: '整改中',
    'awaiting-recheck': '待复查',
    'passed-on': '已移送',
    closed: '已了结',
  },
  ends: {
    'struck-off': '按期销号',
    'struck-off-late': '超期销号',
    'corrected-on-spot': '当场改正',
    'passed-on': '移送立案',
    'not-filed': '不予立案',
    'subject-closed': '主体注销',
  },
  clocks: { claim: '认领期限', correction: '整改期限', recheck: '复查期限', filing: '立案期限' },
  events: {
    submitted: '提交',
    claimed: '认领',
    ordered: '责令改正',
    'reported-done': '报告整改完成',
    'recheck-failed': '复查不合格',
    'recheck-passed': '复查合格',
    'corrected-on-spot': '当场改正',
    extended: '批准延期',
    escalated: '上报',
    'passed-on': '移送线索',
    filed: '立案',
    'not-filed': '不予立案',
    reassigned: '改派',
    overdue: '超期',
    settled: '了结',
    'fed-back': '反馈',
  },
  fields: {
    dueOn: '期限',
    requirement: '整改要求',
    evidence: '证据',
    note: '说明',
    passed: '合格',
    reason: '理由',
    clock: '期限种类',
    amount: '数量',
    unit: '单位',
    to: '接收岗位',
    clue: '线索',
    number: '立案编号',
    filedOn: '立案日期',
    toPost: '改派岗位',
  },
};
