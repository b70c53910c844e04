/** How a round's sheet looks in an answer: what a cadre takes along. */
import { z } from 'zod';
import { Day, Digest, Instant } from './fields.ts';
import { StandingShape } from './standing-shape.ts';

const MODES = ['on-site', 'report-meeting', 'video'] as const;
const Mode = z.enum(MODES);

const Correction = z
  .strictObject({ caseId: z.string(), stage: z.string(), text: z.string().nullable(), dueOn: z.string().nullable() })
  .meta({ id: 'OpenCorrection', description: '该主体尚未销号的问题' });

const Recorded = z
  .strictObject({
    visit: z.string(),
    visitedOn: Day,
    mode: Mode,
    receivedAt: Instant,
    by: z.string(),
    findings: z.int(),
    amendUntil: z.string().meta({ description: '最晚可以补正的一天' }),
  })
  .meta({ id: 'SheetRecord' });

const SubjectShape = z
  .strictObject({
    subject: z.string(),
    name: z.string(),
    address: z.string(),
    class: z.string(),
    risk: z.string(),
    trade: z.string(),
    closed: z.boolean(),
    status: z.enum(['due', 'done', 'excused', 'handed-over', 'released', 'void', 'written-off']),
    onSite: z.enum(['planned', 'risk']).nullable().meta({ description: '为何须现场走访;null 为不要求' }),
    record: Recorded.nullable(),
    corrections: z.array(Correction),
    movedTo: z.strictObject({ post: z.string(), title: z.string().nullable(), at: Instant }).nullable(),
  })
  .meta({ id: 'SheetSubject' });

export const SheetShape = z
  .strictObject({
    caseId: z.string(),
    key: z.string(),
    cycle: z.string(),
    period: z.strictObject({ fromOn: z.string(), toOn: z.string() }),
    post: z.string(),
    stageTitle: z.string(),
    closed: z.boolean(),
    on: z.string().meta({ description: '今日' }),
    standing: StandingShape,
    seq: z.int(),
    head: z.string(),
    subjects: z.array(SubjectShape),
    order: z.array(z.string()).meta({ description: '自己排的顺序;没有排过的为空' }),
    checklist: z.array(
      z.strictObject({ code: z.string(), title: z.string(), duty: z.string().optional(), required: z.boolean() }),
    ),
    evidence: z.strictObject({ requiredModes: z.array(Mode), toleranceDays: z.int() }),
    missingFiles: z
      .array(z.strictObject({ visit: z.string(), subject: z.string(), digest: Digest, takenOn: z.string() }))
      .meta({ description: '记录中写明、文件尚未收到的佐证' }),
  })
  .meta({ id: 'RoundSheet', description: '一轮走访所需的全部内容,可离线使用' });

export const MyRoundShape = z
  .strictObject({
    caseId: z.string(),
    key: z.string(),
    cycle: z.string().nullable(),
    standing: StandingShape.nullable(),
    due: z.int().meta({ description: '还要走访的户数' }),
    total: z.int(),
  })
  .meta({ id: 'MyRound' });
