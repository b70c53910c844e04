/** The round (督导轮次) as callers see it: one cadre's visits of one period. */
import { z } from 'zod';
import { roundWords } from '../../domain/words/round.ts';
import type { RoundCommand } from '../../domain/supervision/round-messages.ts';
import { stageOf } from '../../domain/supervision/round.ts';
import { effectiveRecord, hasDefaulted, type Round } from '../../domain/supervision/round-state.ts';
import { placed, type CaseFile, type Paper } from './case-file.ts';
import { Day, Id, words } from './fields.ts';
import { documentNumber, evidenceList, reason } from './evidence-fields.ts';
import { kindFrom, SOME_TEXT, type Forms, type Kind, type Says } from './kind.ts';

const Item = z
  .strictObject({
    code: Id,
    met: z.boolean(),
    applies: z.literal(false).exactOptional(),
    note: words(500).exactOptional(),
  })
  .meta({ id: 'CheckedItem', description: '任务清单的一项' });

const Finding = z
  .strictObject({
    finding: Id.meta({ description: '问题编号,由客户端生成,本轮次内不重复', widget: 'new-id' }),
    item: Id.meta({ description: '所属清单项' }),
    severity: z
      .enum(['minor', 'general', 'serious'])
      .meta({ options: { minor: '轻微', general: '一般', serious: '严重' } }),
    correctedOnSpot: z.boolean().exactOptional(),
    text: words(1_000),
  })
  .meta({ id: 'Finding', description: '发现的一个问题' });

const record = {
  visitedOn: Day,
  mode: z
    .enum(['on-site', 'report-meeting', 'video'])
    .meta({ options: { 'on-site': '现场', 'report-meeting': '汇报会', video: '视频' } }),
  items: z.array(Item).max(100),
  findings: z.array(Finding).max(200),
  evidence: evidenceList,
  confirmedBy: z
    .enum(['business', 'refused'])
    .nullable()
    .meta({ options: { business: '经营者已确认', refused: '经营者拒绝确认' } }),
  note: words(2_000).exactOptional(),
};

const type = <T extends RoundCommand['type']>(name: T) => z.literal(name);

export const RecordVisit = z
  .strictObject({
    type: type('record-visit'),
    visit: Id.meta({ widget: 'new-id' }),
    subject: Id.meta({ widget: 'subject' }),
    ...record,
  })
  .meta({
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
  subject: Id.meta({ widget: 'subject' }),
  reason,
  document: documentNumber.exactOptional(),
}) satisfies z.ZodType<Says<RoundCommand, 'excuse'>>;

const HandOver = z.strictObject({
  type: type('hand-over'),
  toPost: Id.meta({ widget: 'post' }),
  subjects: z
    .array(Id.meta({ widget: 'subject' }))
    .min(1)
    .max(500)
    .exactOptional(),
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
  unit: z.literal('WD').meta({ options: { WD: '个工作日' } }),
  reason,
}) satisfies z.ZodType<Says<RoundCommand, 'extend'>>;

const dueSubject = (state: Round) => state.visits.find(({ status }) => status === 'due')?.subject;

/** The probe of a visit has no items: `items-missing` then means that only the form is still to be filled in. */
const forms = {
  'record-visit': {
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
    schema: AmendVisit,
    probe: (state: Round) => {
      const visit = Object.keys(state.records).at(-1);
      return visit === undefined
        ? undefined
        : ({ type: 'amend-visit', visit, reason: SOME_TEXT } satisfies RoundCommand);
    },
  },
  excuse: {
    schema: Excuse,
    probe: (state: Round) => {
      const subject = dueSubject(state);
      return subject === undefined
        ? undefined
        : ({ type: 'excuse', subject, reason: SOME_TEXT } satisfies RoundCommand);
    },
  },
  'hand-over': {
    schema: HandOver,
    probe: () => ({ type: 'hand-over', toPost: 'probe', reason: SOME_TEXT }) satisfies RoundCommand,
  },
  urge: {
    schema: Urge,
    probe: () => ({ type: 'urge', note: SOME_TEXT }) satisfies RoundCommand,
  },
  watch: {
    schema: Watch,
    probe: () => ({ type: 'watch', reason: SOME_TEXT }) satisfies RoundCommand,
  },
  unwatch: {
    schema: Unwatch,
    probe: () => ({ type: 'unwatch', reason: SOME_TEXT }) satisfies RoundCommand,
  },
  extend: {
    schema: Extend,
    probe: () => ({ type: 'extend', amount: 1, unit: 'WD', reason: SOME_TEXT }) satisfies RoundCommand,
  },
  'write-off': {
    schema: WriteOff,
    probe: () => ({ type: 'write-off', reason: SOME_TEXT }) satisfies RoundCommand,
  },
} satisfies Forms<typeof roundWords.commands>;

/** The effective record of each visit brings its papers; an amended one keeps the original's, which are the same files. */
const papers = ({ records }: Round): readonly Paper[] =>
  Object.entries(records).flatMap(([visit, record]) =>
    (effectiveRecord(record)?.evidence ?? []).map(({ digest, takenOn }, index) => ({
      digest,
      title: `走访 ${visit} 佐证 ${index + 1}`,
      madeOn: takenOn,
    })),
  );

/** 12 户,已办 3: every visit that is still due waits for the cadre. */
const matter = ({ visits }: Round): string => {
  const due = visits.filter(({ status }) => status === 'due').length;
  return `${String(visits.length)} 户,待走访 ${String(due)} 户`;
};

const file: CaseFile<Round> = {
  matter,
  stages: (state) => {
    const stage = stageOf(state);
    return placed(
      [
        ['running', true],
        ...(state.visits.some(hasDefaulted) ? ([['overdue', true]] as const) : []),
        ...(stage === 'paused' ? ([['paused', true]] as const) : []),
        ['closed', state.end !== null],
      ],
      stage,
    );
  },
  papers,
  links: ({ cycle, findings }, caseId) => [
    { caseId: `cycle/${cycle}`, why: '所属的督导周期' },
    ...findings
      .filter(({ onSpot }) => !onSpot)
      .map(({ finding }) => ({
        caseId: `correction/${caseId.slice('round/'.length)}/${finding}`,
        why: `问题 ${finding} 的整改`,
      })),
  ],
};

export const roundKind: Kind = kindFrom(roundWords, forms, file);
