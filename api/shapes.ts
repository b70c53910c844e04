/** How answers look: cases, clocks, explanations, entries. The document and the checked answers share these. */
import { z } from 'zod';

const at = z.int();
const on = z.string();

export const CaseLineShape = z
  .strictObject({
    id: z.string(),
    kind: z.string(),
    key: z.string(),
    stage: z.string(),
    holder: z
      .strictObject({
        post: z.string(),
        title: z.string().nullable(),
        person: z.string().nullable(),
        name: z.string().nullable(),
      })
      .nullable(),
    unit: z.strictObject({ id: z.string(), name: z.string().nullable() }).nullable(),
    subject: z.strictObject({ id: z.string(), name: z.string().nullable() }).nullable(),
    cycle: z.string().nullable(),
    openedAt: at,
    lastAt: at,
    closedAt: at.nullable(),
    closedAs: z.string().nullable(),
    dueAt: at.nullable(),
    dueOn: on.nullable(),
    dueRule: z.string().nullable(),
    provisional: z.boolean(),
    breached: z.boolean(),
    nextAlarmAt: at.nullable(),
    nextClock: z.string().nullable(),
    nextRung: z.string().nullable(),
    figures: z.record(z.string(), z.number()),
    seq: z.int(),
    head: z.string(),
  })
  .meta({ id: 'CaseLine', description: '列表中的一个案件' });

export const Unit = z.enum(['h', 'WD', 'CD', 'month', 'year']);
const Mark = z.enum(['V', 'S', 'U', 'D']).meta({ description: 'V 为法定,其余为区政策' });

const DueShape = z.strictObject({
  rule: z.string(),
  basis: z.string(),
  version: z.string(),
  mark: Mark,
  unit: Unit,
  amount: z.number(),
  startedAt: at,
  dueAt: at,
  dueOn: on,
  dueAtLenient: at,
  dueOnLenient: on,
  provisional: z.boolean(),
  calendar: z.string(),
});

const MovedEnd = z.strictObject({ from: on, to: on, reading: z.string(), article: z.string() });
const Days = z.array(z.strictObject({ date: on, counted: z.boolean(), reason: z.string() }));
const Regime = z.strictObject({ id: z.string(), article: z.string(), title: z.string(), says: z.string() });
const CalendarRef = z.strictObject({ version: z.string(), hash: z.string(), knownThrough: on });

/** Loose where the domain may learn to say more. */
export const ExplanationShape = z
  .looseObject({
    rule: z.string(),
    title: z.string(),
    basis: z.string(),
    version: z.string(),
    mark: Mark,
    starts: z.string(),
    startedAt: at,
    startedOn: on,
    stages: z.array(z.strictObject({ unit: Unit, amount: z.number() })),
    regime: Regime,
    stops: z.array(
      z.strictObject({
        cause: z.string(),
        title: z.string(),
        from: at,
        to: at.nullable(),
        document: z.string(),
        counts: z.boolean(),
      }),
    ),
    days: Days,
    moved: z.strictObject({ strict: MovedEnd.nullable(), lenient: MovedEnd.nullable() }),
    due: DueShape.nullable(),
    calendar: CalendarRef,
  })
  .meta({ id: 'Explanation', description: '为何是这一天:起算、时限、逐日、停表、延长、末日' });

export const EntryShape = z
  .strictObject({
    seq: z.int(),
    at,
    previous: z.string(),
    hash: z.string(),
    content: z.looseObject({}).meta({ description: '流水原文' }),
  })
  .meta({ id: 'Entry' });

/** What a command is answered with. */
export const DoneShape = z
  .strictObject({
    caseId: z.string(),
    seq: z.int(),
    at,
    head: z.string(),
    events: z.array(z.looseObject({ type: z.string() })),
    summary: z.looseObject({ stage: z.string() }),
  })
  .meta({ id: 'Done', description: '已办理:写下的流水号、事件与办后概要' });

export const VerifiedShape = z
  .strictObject({
    chains: z.int(),
    entries: z.int(),
    redecided: z.int(),
    notRedecidable: z.int(),
    differences: z.array(
      z.strictObject({
        chain: z.string(),
        seq: z.int(),
        about: z.enum(['intact', 'folds', 're-decided']),
        code: z.string(),
      }),
    ),
  })
  .meta({ id: 'Verified' });

export const DeadlineShape = z
  .strictObject({
    rule: z.string(),
    title: z.string(),
    basis: z.string(),
    version: z.string(),
    mark: Mark,
    isLaw: z.boolean(),
    lawOn: on,
    unit: Unit,
    amount: z.number(),
    startedAt: z.string(),
    dueOn: on,
    dueOnLenient: on,
    dueAt: z.string(),
    dueAtLenient: z.string(),
    provisional: z.boolean(),
    regime: Regime,
    moved: z.strictObject({ strict: MovedEnd.nullable(), lenient: MovedEnd.nullable() }),
    extension: z.looseObject({}).nullable(),
    stops: z.array(z.string()),
    calendar: CalendarRef,
    note: z.string().nullable(),
    days: Days,
  })
  .meta({ id: 'Deadline', description: '与 `zhaodan deadline --json` 相同' });
