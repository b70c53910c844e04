/** The correction (整改) as callers see it: one finding, until it is struck off the list. */
import { z } from 'zod';
import { LIMIT_UNITS } from '../../domain/words/units.ts';
import { correctionWords } from '../../domain/words/correction.ts';
import type { CorrectionCommand } from '../../domain/supervision/correction-messages.ts';
import { Day, Id, words } from './fields.ts';
import { evidenceList, reason } from './evidence-fields.ts';
import type { Correction } from '../../domain/supervision/correction-state.ts';
import type { ChecklistItem } from '../../domain/supervision/round-visits.ts';
import type { Policy } from '../../domain/kernel/process.ts';
import { placed, type CaseFile } from './case-file.ts';
import { kindFrom, SOME_TEXT, type Forms, type Kind, type Says } from './kind.ts';

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
  clock: z.enum(['claim', 'correction', 'recheck', 'filing']).meta({ options: correctionWords.clocks }),
  amount: z.int().min(1).max(365),
  unit: z.enum(['h', 'WD', 'CD', 'month', 'year']).meta({ options: LIMIT_UNITS }),
  reason,
}) satisfies z.ZodType<Says<CorrectionCommand, 'extend'>>;

const Escalate = z.strictObject({ type: type('escalate'), reason }) satisfies z.ZodType<
  Says<CorrectionCommand, 'escalate'>
>;

const PassOn = z.strictObject({
  type: type('pass-on'),
  to: Id.meta({ description: '接收线索的岗位', widget: 'post' }),
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

const Reassign = z.strictObject({
  type: type('reassign'),
  toPost: Id.meta({ widget: 'post' }),
  reason,
}) satisfies z.ZodType<Says<CorrectionCommand, 'reassign'>>;

const says = (command: CorrectionCommand) => () => command;

const forms = {
  claim: { schema: Claim, probe: says({ type: 'claim' }) },
  order: {
    schema: Order,
    probe: (_state, today) => ({ type: 'order', dueOn: today, requirement: SOME_TEXT }) satisfies CorrectionCommand,
  },
  'correct-on-spot': {
    schema: CorrectOnSpot,
    probe: says({ type: 'correct-on-spot', evidence: [] }),
  },
  'report-done': {
    schema: ReportDone,
    probe: says({ type: 'report-done', evidence: [] }),
  },
  recheck: {
    schema: Recheck,
    probe: says({ type: 'recheck', passed: true, reason: SOME_TEXT, evidence: [] }),
  },
  extend: {
    schema: Extend,
    probe: says({ type: 'extend', clock: 'correction', amount: 1, unit: 'WD', reason: SOME_TEXT }),
  },
  escalate: {
    schema: Escalate,
    probe: says({ type: 'escalate', reason: SOME_TEXT }),
  },
  'pass-on': {
    schema: PassOn,
    probe: says({ type: 'pass-on', to: 'probe', clue: SOME_TEXT }),
  },
  filed: {
    schema: Filed,
    probe: (_state, today) => ({ type: 'filed', number: 'probe', filedOn: today }) satisfies CorrectionCommand,
  },
  'not-filed': {
    schema: NotFiled,
    probe: says({ type: 'not-filed', reason: SOME_TEXT }),
  },
  reassign: {
    schema: Reassign,
    probe: says({ type: 'reassign', toPost: 'probe', reason: SOME_TEXT }),
  },
} satisfies Forms<typeof correctionWords.commands>;

const SEVERITIES: Readonly<Record<Correction['severity'], string>> = {
  minor: '轻微',
  general: '一般',
  serious: '严重',
};

/** By the line of the checklist in force; the finder's own words are texts, shown on the case page only. */
const matter = ({ item, severity }: Correction, policy: Policy): string => {
  const line = policy.value<readonly ChecklistItem[]>('supervision.checklist').find(({ code }) => code === item);
  return `${SEVERITIES[severity]}问题:${line?.title ?? item}`;
};

const file: CaseFile<Correction> = {
  matter,
  stages: ({ stage, claimedAt, passedOnAt, limits, end }) =>
    placed(
      [
        ['submitted', true],
        ['claimed', claimedAt !== null],
        ...(passedOnAt === null || limits.correction !== undefined
          ? ([['ordered', limits.correction !== undefined]] as const)
          : []),
        ...(passedOnAt === null || limits.recheck !== undefined
          ? ([['awaiting-recheck', limits.recheck !== undefined]] as const)
          : []),
        ...(passedOnAt === null ? [] : ([['passed-on', true]] as const)),
        ['closed', end !== null],
      ],
      stage,
    ),
  papers: ({ evidence }) =>
    evidence.map(({ digest, takenOn }, index) => ({ digest, title: `整改佐证 ${index + 1}`, madeOn: takenOn })),
  links: ({ round, finding }) => [{ caseId: round, why: `问题 ${finding} 在这一轮走访中发现` }],
};

export const correctionKind: Kind = kindFrom(correctionWords, forms, file);
