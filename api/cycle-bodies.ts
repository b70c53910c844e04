/** What is asked of cycles, and how a plan looks in an answer. */
import { z } from 'zod';
import type { CycleRequest } from '../domain/supervision/cycle-request.ts';
import { SUBJECT_CLASSES } from '../domain/register/register.ts';
import { PLAN_PROBLEMS } from '../domain/supervision/plan-problems.ts';
import { Day, Digest, Id, name, words } from './fields.ts';

const title = name(60).exactOptional();
const Slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, '名称须为小写字母、数字和连字符')
  .meta({ example: 'national-day' });
const adHoc = { name: Slug, fromOn: Day, toOn: Day, title };

/** 季度; 一个单位、一类主体、一个重点时段的专项督导. */
export const CycleRequestBody = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('quarter'),
      quarter: z
        .string()
        .regex(/^20\d\d-Q[1-4]$/, '季度的形式如 2026-Q4')
        .meta({ example: '2026-Q4' }),
      title,
    }),
    z.strictObject({ kind: z.literal('unit'), ...adHoc, unit: Id, class: z.enum(SUBJECT_CLASSES).exactOptional() }),
    z.strictObject({ kind: z.literal('class'), ...adHoc, class: z.enum(SUBJECT_CLASSES), unit: Id.exactOptional() }),
    z.strictObject({
      kind: z.literal('key-period'),
      ...adHoc,
      unit: Id.exactOptional(),
      class: z.enum(SUBJECT_CLASSES).exactOptional(),
    }),
  ])
  .meta({ id: 'CycleRequest', description: '要启动的周期' }) satisfies z.ZodType<CycleRequest>;

export const ConfirmBody = z
  .strictObject({
    hash: Digest.meta({ description: '预览的哈希:只按所见的启动' }),
    reason: words(1_000).exactOptional().meta({ description: '周期已在进行时:补入的理由' }),
  })
  .meta({ id: 'CycleConfirmation' });

const at = { reason: words(1_000) };
const document = words(100);

/** `add-late` and `withdraw` count rows themselves; the rest goes to the case as it is. */
export const CycleActBody = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('pause'), ...at, document }),
    z.strictObject({ type: z.literal('resume'), ...at, document }),
    z.strictObject({ type: z.literal('add-late'), ...at, hash: Digest.meta({ description: '新预览的哈希' }) }),
    z.strictObject({ type: z.literal('withdraw'), ...at }),
    z.strictObject({ type: z.literal('close'), note: words(1_000).exactOptional() }),
  ])
  .meta({ id: 'CycleAct', description: '对周期办一步' });

export const PlanProblemShape = z
  .strictObject({
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  })
  .meta({ id: 'PlanProblem' });

export const PlanRowShape = z
  .strictObject({
    ordinal: z.int(),
    post: z.string(),
    postTitle: z.string(),
    person: z.string().nullable(),
    personName: z.string().nullable(),
    unit: z.string(),
    unitName: z.string(),
    roundKey: z.string(),
    visits: z.int(),
    onSite: z.int().meta({ description: '其中须现场' }),
    dueOn: z.string(),
    problems: z.array(PlanProblemShape),
  })
  .meta({ id: 'PlanRow', description: '一个轮次' });

const ProblemKindShape = z
  .strictObject({
    code: z.enum(PLAN_PROBLEMS),
    title: z.string(),
    then: z.string().meta({ description: '照此启动会怎样' }),
    grave: z.boolean().meta({ description: '须处理,或承担所列后果;否则可以启动' }),
    count: z.int(),
    visits: z.int().meta({ description: '所涉轮次的走访' }),
    units: z.array(z.strictObject({ unit: z.string(), name: z.string(), count: z.int() })),
  })
  .meta({ id: 'PlanProblemKind' });

const Why = z.strictObject({
  rule: z.string(),
  version: z.string(),
  basis: z.string(),
  mark: z.string(),
  fromOn: z.string(),
  toOn: z.string(),
  provisional: z.boolean(),
});

const Totals = z.strictObject({
  rounds: z.int(),
  visits: z.int(),
  onSite: z.int(),
  subjects: z.int(),
  problems: z.record(z.string(), z.int()),
});

export const ProposalShape = z
  .strictObject({
    cycle: z.string(),
    state: z.enum(['open', 'proposed']),
    hash: z.string().optional().meta({ description: '确认启动时须带的预览哈希' }),
    totals: Totals.optional(),
    provisional: z.boolean().optional(),
  })
  .meta({ id: 'Proposal' });

export const PreviewShape = z
  .strictObject({
    hash: z.string(),
    title: z.string(),
    cycle: z.string(),
    running: z.boolean().meta({ description: '此周期已在进行:确认即补入' }),
    period: z.strictObject({ name: z.string(), fromOn: z.string(), toOn: z.string() }),
    scope: z.strictObject({ kind: z.string(), unit: z.string().optional(), class: z.string().optional() }),
    provisional: z.boolean(),
    why: Why.nullable().meta({ description: '期限为何是这一天' }),
    dueOn: z.string().nullable(),
    totals: Totals,
    firstNotices: z
      .strictObject({ people: z.int(), at: z.int() })
      .meta({ description: '首批通知发给多少人,最早何时发出' }),
    kinds: z.array(ProblemKindShape).meta({ description: '各类问题,须处理的在前' }),
    clean: z.int().meta({ description: '没有问题的轮次' }),
    problems: z.array(PlanProblemShape).meta({ description: '整个计划的问题,最要紧的在前,至多一百个' }),
    rows: z.array(PlanRowShape).meta({ description: '头一页轮次,有问题的在前' }),
    next: z.string().nullable().meta({ description: '其余各页:`GET /api/cycles/previews/{hash}/rows`' }),
  })
  .meta({ id: 'CyclePreview' });

export const ProgressShape = z
  .strictObject({
    planned: z.int(),
    settled: z.int().meta({ description: '已有结果的行' }),
    failed: z.int(),
    units: z.array(
      z.strictObject({ unit: z.string(), name: z.string(), planned: z.int(), settled: z.int(), failed: z.int() }),
    ),
  })
  .meta({ id: 'CycleProgress' });

export const FrozenRowShape = z
  .strictObject({
    ordinal: z.int(),
    post: z.string(),
    postTitle: z.string(),
    unitName: z.string().nullable(),
    roundKey: z.string(),
    visits: z.int(),
    problems: z.array(PlanProblemShape),
    result: z.string().nullable().meta({ description: '启动结果;null 为尚未启动' }),
    why: z.string().nullable().meta({ description: '未开成的原因' }),
  })
  .meta({ id: 'FrozenPlanRow' });

const Counts = z.strictObject({ numerator: z.int(), denominator: z.int() });

export const FiguresShape = z
  .strictObject({
    frozenAt: z.int().nullable().meta({ description: 'null:尚未冻结,为此刻的数' }),
    total: z.strictObject({ binding: Counts, pledge: Counts, completion: Counts, coverage: Counts }),
    units: z.array(
      z.strictObject({
        unit: z.string(),
        name: z.string(),
        binding: Counts,
        pledge: Counts,
        completion: Counts,
        coverage: Counts,
      }),
    ),
  })
  .meta({ id: 'CycleFigures', description: '建立率、签订率、完成率(及覆盖)' });

export const RefShape = z
  .strictObject({ ref: z.string(), unit: z.string().nullable(), counted: z.boolean() })
  .meta({ id: 'FigureRef', description: '分母中的一项,counted 为是否计入分子' });

const Live = z.strictObject({
  numerator: z.int(),
  denominator: z.int(),
  rate: z.number().nullable(),
  missing: z.int().meta({ description: '缺多少;逐个编号见 /api/board/missing/{rate}' }),
});

export const RatesShape = z
  .strictObject({ binding: Live, pledge: Live, completion: Live, coverage: Live })
  .meta({ id: 'Rates' });
