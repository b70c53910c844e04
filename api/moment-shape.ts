/** How a case at a moment looks in an answer: this moment and a past one alike. */
import { z } from 'zod';
import { ExplanationShape } from './shapes.ts';
import { StandingShape } from './standing-shape.ts';

const at = z.int();
const named = z.strictObject({ id: z.string(), name: z.string() }).nullable();

const Version = z.looseObject({ hash: z.string(), name: z.string(), version: z.string() }).meta({ id: 'VersionName' });

const Clock = z
  .looseObject({
    id: z.string(),
    label: z.string(),
    status: z.enum(['running', 'stopped', 'ended']),
    rule: z.string(),
    version: z.string(),
    basis: z.string(),
    dueOn: z.string().nullable(),
    dueAt: at.nullable(),
    provisional: z.boolean(),
    endedAt: at.nullable(),
    remainingWords: z.string().nullable(),
    breached: z.boolean(),
    why: z.string(),
    explanation: ExplanationShape,
    ladder: Version.nullable(),
    rungs: z.array(z.strictObject({ rung: z.string(), title: z.string(), how: z.enum(['fired', 'overtaken']), at })),
    standing: StandingShape,
  })
  .meta({ id: 'CaseClock', description: '一个时限:此刻怎样,为何是这一天,哪些提醒已发' });

const Holder = z
  .looseObject({
    post: z.string(),
    title: z.string(),
    person: z.string().nullable(),
    name: z.string().nullable(),
    deputy: z.strictObject({ person: z.string(), name: z.string() }).nullable(),
    absent: z.boolean(),
  })
  .meta({ id: 'CaseHolder' });

const Told = z
  .looseObject({
    notice: z.string(),
    seq: z.int(),
    post: z.string(),
    postTitle: z.string(),
    act: z.string(),
    state: z.enum(['queued', 'frozen', 'sent', 'read', 'not-sent']),
    at,
    personName: z.string().nullable(),
    sentAt: at.nullable(),
    readAt: at.nullable(),
  })
  .meta({ id: 'CaseNotice' });

const Paper = z
  .strictObject({
    digest: z.string(),
    title: z.string(),
    madeOn: z.string().nullable(),
    receivedAt: at.nullable(),
    mediaType: z.string().nullable(),
    size: z.int().nullable(),
  })
  .meta({ id: 'CasePaper' });

/** The members every moment of a case has. */
export const momentMembers = {
  caseId: z.string(),
  kind: z.string(),
  kindTitle: z.string(),
  at: at.meta({ description: '所示的时刻' }),
  openedAt: at,
  stage: z.string(),
  stageTitle: z.string(),
  stages: z.array(
    z.strictObject({ stage: z.string(), title: z.string(), place: z.enum(['done', 'current', 'later']) }),
  ),
  closedAs: z.string().nullable(),
  waits: z.string().nullable().meta({ description: '等着办什么' }),
  holder: Holder.nullable(),
  unit: named,
  subject: named,
  cycle: z.string().nullable(),
  figures: z.array(z.strictObject({ id: z.string(), label: z.string(), value: z.number() })),
  clocks: z.array(Clock),
  told: z.array(Told),
  versions: z.looseObject({
    rules: Version,
    calendar: Version,
    policy: Version,
    ladders: z.array(Version),
    build: z.string(),
  }),
  papers: z.array(Paper),
  links: z.array(z.looseObject({ caseId: z.string(), why: z.string() })),
  head: z.strictObject({ seq: z.int(), hash: z.string() }),
};

export const CaseMomentShape = z
  .looseObject(momentMembers)
  .meta({ id: 'CaseMoment', description: '案件在一个时刻的样子' });
