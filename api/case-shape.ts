/** How one case looks in an answer, and a case as a list row. */
import { z } from 'zod';
import { momentMembers } from './moment-shape.ts';
import { CaseLineShape } from './shapes.ts';
import { CASE_PAGES } from '../domain/words/kind-words.ts';
import { StandingShape } from './standing-shape.ts';

const at = z.int();

export const VerbShape = z
  .strictObject({
    type: z.string(),
    label: z.string(),
    effect: z.string(),
    may: z.boolean(),
    standing: z.enum(['may', 'forbidden', 'not-yours', 'not-yet']).meta({
      description: '可办;法律法规不许(见条款);不由您的岗位办;现在还没到这一步',
    }),
    code: z.string().nullable(),
    why: z.string().nullable(),
    article: z.string().nullable(),
    page: z.enum(CASE_PAGES).nullable().meta({ description: '在哪一页办;空则就地填表办' }),
  })
  .meta({ id: 'Verb', description: '办理人此刻可否办这一步,不可时说明原因与条款' });

const Link = z
  .strictObject({
    caseId: z.string(),
    why: z.string(),
    title: z.string(),
    stageTitle: z.string(),
    closed: z.boolean(),
  })
  .meta({ id: 'LinkedCase' });

export const CaseShape = z
  .strictObject({
    ...momentMembers,
    links: z.array(Link),
    hiddenLinks: z.int().meta({ description: '您无权查看的关联案件数' }),
    case: CaseLineShape,
    subjectFacts: z
      .strictObject({ class: z.string(), risk: z.string(), trade: z.string(), status: z.string() })
      .nullable(),
    state: z.unknown().meta({ description: '案件状态,随种类而异' }),
    texts: z.record(z.string(), z.string().nullable()).meta({ description: '可删除的文字,按编号;已删除的为 null' }),
    verbs: z.array(VerbShape),
    ahead: z
      .array(z.strictObject({ clock: z.string(), title: z.string(), at }))
      .meta({ description: '到时仍未办,依次会触发的各档' }),
    axis: z
      .strictObject({
        from: at,
        to: at,
        rest: z.array(z.string()).meta({ description: '其间不是工作日的日子' }),
        knownThrough: z.string().meta({ description: '放假安排公布到这一天' }),
      })
      .meta({ id: 'CaseAxis' }),
  })
  .meta({ id: 'Case' });

export const ListedCaseShape = z
  .strictObject({
    ...CaseLineShape.shape,
    kindTitle: z.string(),
    stageTitle: z.string(),
    act: z.string().meta({ description: '等着办什么' }),
    standing: StandingShape.nullable(),
    clockTitle: z.string().nullable(),
  })
  .meta({ id: 'ListedCase' });

const Mark = z.enum(['person', 'system', 'breach']);

export const TimelineEntryShape = z
  .strictObject({
    seq: z.int(),
    at,
    received: at,
    mark: Mark,
    what: z.array(z.string()),
    who: z
      .strictObject({
        person: z.string(),
        name: z.string(),
        post: z.string(),
        postTitle: z.string(),
        capacity: z.string(),
        capacityTitle: z.string(),
        authority: z.string().nullable(),
      })
      .nullable(),
    effects: z.array(z.string()),
    clocks: z.array(z.string()),
    papers: z.array(z.strictObject({ digest: z.string(), madeOn: z.string().nullable() })),
    hash: z.string(),
  })
  .meta({ id: 'TimelineEntry' });

export const InstantsShape = z
  .strictObject({
    entries: z.array(z.strictObject({ seq: z.int(), at, mark: Mark })),
    total: z.int(),
    people: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  })
  .meta({ id: 'CaseInstants', description: '全部流水的时刻,用于时间轴' });
