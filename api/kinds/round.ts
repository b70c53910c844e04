/** The round (督导轮次) as callers see it: one cadre's visits of one period. */
import { z } from 'zod';
import type { RoundCommand } from '../../domain/supervision/round-messages.ts';
import type { Round } from '../../domain/supervision/round-state.ts';
import { Day, Id, words } from '../fields.ts';
import { documentNumber, evidenceList, reason } from './evidence-fields.ts';
import { SOME_TEXT, type Kind, type Says, type Verb } from './kind.ts';

const Item = z
  .strictObject({ code: Id, met: z.boolean(), note: words(500).exactOptional() })
  .meta({ id: 'CheckedItem', description: '任务清单的一项' });

const Finding = z
  .strictObject({
    finding: Id.meta({ description: '问题编号,由客户端生成,本轮次内不重复' }),
    item: Id.meta({ description: '所属清单项' }),
    severity: z.enum(['minor', 'general', 'serious']),
    correctedOnSpot: z.boolean().exactOptional(),
    text: words(1_000),
  })
  .meta({ id: 'Finding', description: '发现的一个问题' });

const record = {
  visitedOn: Day,
  mode: z.enum(['on-site', 'report-meeting', 'video']),
  items: z.array(Item).max(100),
  findings: z.array(Finding).max(200),
  evidence: evidenceList,
  confirmedBy: z.enum(['business', 'refused']).nullable(),
  note: words(2_000).exactOptional(),
};

const type = <T extends RoundCommand['type']>(name: T) => z.literal(name);

export const RecordVisit = z.strictObject({ type: type('record-visit'), visit: Id, subject: Id, ...record }).meta({
  id: 'RecordVisit',
}) satisfies z.ZodType<Says<RoundCommand, 'record-visit'>>;

const AmendVisit = z.strictObject({
  type: type('amend-visit'),
  visit: Id,
  reason,
  visitedOn: record.visitedOn.exactOptional(),
  mode: record.mode.exactOptional(),
  items: record.items.exactOptional(),
  findings: record.findings.exactOptional(),
  evidence: record.evidence.exactOptional(),
  confirmedBy: record.confirmedBy.exactOptional(),
  note: record.note,
}) satisfies z.ZodType<Says<RoundCommand, 'amend-visit'>>;

const Excuse = z.strictObject({
  type: type('excuse'),
  subject: Id,
  reason,
  document: documentNumber.exactOptional(),
}) satisfies z.ZodType<Says<RoundCommand, 'excuse'>>;

const HandOver = z.strictObject({
  type: type('hand-over'),
  toPost: Id,
  subjects: z.array(Id).min(1).max(500).exactOptional(),
  reason,
}) satisfies z.ZodType<Says<RoundCommand, 'hand-over'>>;

const Urge = z.strictObject({ type: type('urge'), note: words(500) }) satisfies z.ZodType<Says<RoundCommand, 'urge'>>;
const Watch = z.strictObject({ type: type('watch'), reason }) satisfies z.ZodType<Says<RoundCommand, 'watch'>>;
const Unwatch = z.strictObject({ type: type('unwatch'), reason }) satisfies z.ZodType<Says<RoundCommand, 'unwatch'>>;
const WriteOff = z.strictObject({ type: type('write-off'), reason }) satisfies z.ZodType<
  Says<RoundCommand, 'write-off'>
>;

const Extend = z.strictObject({
  type: type('extend'),
  amount: z.int().min(1).max(60),
  unit: z.literal('WD'),
  reason,
}) satisfies z.ZodType<Says<RoundCommand, 'extend'>>;

const dueSubject = (state: Round) => state.visits.find(({ status }) => status === 'due')?.subject;

/** The probe of a visit has no items: `items-missing` then means that only the form is still to be filled in. */
const verbs: { readonly [T in string]: Verb } = {
  'record-visit': {
    label: '记录走访',
    effect: '记下对一户的督导,发现的问题转为整改。',
    schema: RecordVisit,
    probe: (state: Round, today) => {
      const subject = dueSubject(state);
      const blank = { mode: 'on-site', items: [], findings: [], evidence: [], confirmedBy: null } as const;
      return subject === undefined
        ? undefined
        : ({ type: 'record-visit', visit: 'probe', subject, visitedOn: today, ...blank } satisfies RoundCommand);
    },
  },
  'amend-visit': {
    label: '更正记录',
    effect: '写下更正后的记录,原记录保留。',
    schema: AmendVisit,
    probe: (state: Round) => {
      const visit = Object.keys(state.records).at(-1);
      return visit === undefined
        ? undefined
        : ({ type: 'amend-visit', visit, reason: SOME_TEXT } satisfies RoundCommand);
    },
  },
  excuse: {
    label: '免除一户',
    effect: '这一户本期不再走访,写明理由。',
    schema: Excuse,
    probe: (state: Round) => {
      const subject = dueSubject(state);
      return subject === undefined
        ? undefined
        : ({ type: 'excuse', subject, reason: SOME_TEXT } satisfies RoundCommand);
    },
  },
  'hand-over': {
    label: '移交',
    effect: '把未走访的户移交给另一岗位;已违约的留在原处。',
    schema: HandOver,
    probe: () => ({ type: 'hand-over', toPost: 'probe', reason: SOME_TEXT }) satisfies RoundCommand,
  },
  urge: {
    label: '催办',
    effect: '立即通知包保干部并抄告其上级。',
    schema: Urge,
    probe: () => ({ type: 'urge', note: SOME_TEXT }) satisfies RoundCommand,
  },
  watch: {
    label: '督办',
    effect: '改用更密的提醒与升级阶梯。',
    schema: Watch,
    probe: () => ({ type: 'watch', reason: SOME_TEXT }) satisfies RoundCommand,
  },
  unwatch: {
    label: '解除督办',
    effect: '回到通常的提醒阶梯。',
    schema: Unwatch,
    probe: () => ({ type: 'unwatch', reason: SOME_TEXT }) satisfies RoundCommand,
  },
  extend: {
    label: '批准延期',
    effect: '延长本轮期限;须在到期前由他人批准。',
    schema: Extend,
    probe: () => ({ type: 'extend', amount: 1, unit: 'WD', reason: SOME_TEXT }) satisfies RoundCommand,
  },
  'write-off': {
    label: '核销未走访',
    effect: '逾期且不再走访的户就此了结,违约记录不消。',
    schema: WriteOff,
    probe: () => ({ type: 'write-off', reason: SOME_TEXT }) satisfies RoundCommand,
  },
};

export const roundKind: Kind = {
  kind: 'round',
  title: '督导轮次',
  verbs,
  stages: { running: '走访中', paused: '已暂停', overdue: '已超期', closed: '已了结' },
  ends: {
    completed: '按期完成',
    'completed-late': '超期完成',
    'nothing-to-visit': '无户可走访',
    defaulted: '有未走访而核销',
    withdrawn: '已撤回',
  },
  clocks: { period: '本期督导期限' },
  events: {
    opened: '开始',
    'visit-recorded': '记录走访',
    'visit-amended': '更正记录',
    'visit-added': '增加一户',
    'visit-excused': '免除一户',
    'visits-handed-over': '移交',
    'visit-released': '解除包保,不再走访',
    'visit-void': '主体注销,不再走访',
    'risk-changed': '风险等级变更',
    'holder-changed': '包保干部变更',
    'absence-began': '请假开始',
    'absence-ended': '请假结束',
    urged: '催办',
    watched: '列入督办',
    unwatched: '解除督办',
    extended: '批准延期',
    paused: '暂停',
    resumed: '恢复',
    defaulted: '逾期未走访',
    'written-off': '核销',
    'correction-settled': '问题整改了结',
    closed: '了结',
    reopened: '重新开始',
  },
  fields: {
    visit: '走访编号',
    subject: '主体',
    visitedOn: '走访日期',
    mode: '方式',
    items: '任务清单',
    findings: '发现的问题',
    evidence: '证据',
    confirmedBy: '经营者确认',
    note: '说明',
    reason: '理由',
    document: '文号',
    toPost: '接收岗位',
    subjects: '移交的户',
    amount: '数量',
    unit: '单位',
    finding: '问题编号',
    item: '清单项',
    severity: '严重程度',
    correctedOnSpot: '当场改正',
    text: '内容',
    code: '清单项',
    met: '符合',
  },
  figures: {
    visits: '应走访',
    open: '未走访',
    done: '已走访',
    inTime: '按期',
    defaulted: '违约',
    excused: '免除',
    handedOver: '移交',
    void: '注销',
    writtenOff: '核销',
    findings: '问题',
    findingsOpen: '未了结问题',
  },
};
