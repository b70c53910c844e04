/** What stands beside one row of the register, its history in sentences, and the row as it was at the end of a day. */
import { z } from 'zod';
import {
  absencesOf,
  bindingsOf,
  casesBeside,
  pledgesOf,
  superiorOf,
  tenuresOf,
  visitsOf,
} from '../../cases/register/record.ts';
import { asOnDay, toldEntries } from '../../cases/register/told.ts';
import { isWithin } from '../../cases/register/within.ts';
import { reachOf, type Reach } from '../../domain/rights/table.ts';
import type { Actor } from '../../domain/kernel/process.ts';
import type { ApiDeps } from '../deps.ts';
import { Day, Id } from '../fields.ts';
import { acting, type Operation } from '../operation.ts';
import { cursorOf, page, paged, readCursor } from '../paging.ts';
import { ApiProblem } from '../problem.ts';

const on = z.string();
const named = z.string().nullable();
const span = { fromOn: on, toOn: on.nullable() };

const Beside = z
  .strictObject({
    caseId: z.string(),
    kindTitle: z.string(),
    stageTitle: z.string(),
    dueOn: named,
    breached: z.boolean(),
    closed: z.boolean(),
    holder: named,
  })
  .meta({ id: 'CaseBeside', description: '与名册一行有关的案件' });
const Binding = z.strictObject({ post: z.string(), title: named, holder: named, ...span }).meta({ id: 'BindingLine' });
const Visit = z
  .strictObject({
    caseId: z.string(),
    cycle: named,
    status: z.string(),
    statusTitle: z.string(),
    visitedOn: named,
    inTime: z.boolean().nullable(),
    onSite: z.boolean(),
    findings: z.int(),
  })
  .meta({ id: 'VisitLine' });
const Tenure = z
  .strictObject({ post: z.string(), title: named, person: z.string(), name: named, ...span })
  .meta({ id: 'TenureLine' });
const Absence = z
  .strictObject({
    person: z.string(),
    name: named,
    fromOn: on,
    toOn: on,
    cause: z.string(),
    deputy: named,
    deputyName: named,
  })
  .meta({ id: 'AbsenceLine' });
const Pledge = z
  .strictObject({
    person: z.string(),
    name: named,
    post: z.string(),
    title: named,
    version: z.string(),
    signedOn: on,
    withTitle: named,
    document: named,
  })
  .meta({ id: 'PledgeLine' });

const cases = z.array(Beside).nullable().meta({ description: 'null:本岗位没有查看案件的权限' });

const SubjectRecord = z
  .strictObject({ bindings: z.array(Binding), visits: z.array(Visit).nullable(), cases })
  .meta({ id: 'SubjectRecord' });
const PostRecord = z
  .strictObject({
    tenures: z.array(Tenure),
    absences: z.array(Absence),
    pledges: z.array(Pledge),
    cases,
    superior: z.strictObject({ id: z.string(), title: z.string() }).nullable(),
  })
  .meta({ id: 'PostRecord' });
const PersonRecord = z
  .strictObject({ tenures: z.array(Tenure), absences: z.array(Absence), pledges: z.array(Pledge) })
  .meta({ id: 'PersonRecord' });

const Told = z
  .strictObject({
    seq: z.int(),
    at: z.int(),
    hash: z.string(),
    person: z.string(),
    who: named.meta({ description: 'null:系统' }),
    what: z.array(z.string()),
  })
  .meta({ id: 'ToldEntry' });

const OnDay = z
  .strictObject({
    on,
    entries: z.int().meta({ description: '截至当日的流水条数' }),
    later: z.int().meta({ description: '之后的条数,不计入' }),
    facts: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  })
  .meta({ id: 'RegisterOnDay' });

const params = z.strictObject({ id: Id });
const chain = z.strictObject({ of: z.enum(['subject', 'post', 'person', 'unit']), id: Id });
const Seq = z.int().min(1).max(2_147_483_647);
const problems = ['register-row-not-found'];

export function registerRecordOperations({ pool }: Pick<ApiDeps, 'pool'>): Operation[] {
  const mustBeWithin = async (reach: Reach, of: 'subject' | 'post' | 'person' | 'unit', id: string): Promise<void> => {
    if (!(await isWithin(pool, reach, of, id))) throw new ApiProblem('register-row-not-found');
    const { rows } = await pool.query('SELECT 1 FROM register_chains WHERE id = $1', [`${of}/${id}`]);
    if (rows.length === 0) throw new ApiProblem('register-row-not-found');
  };
  /** Cases beside a row are shown as far as the post may see cases at all. */
  const casesOf = async <Row>(actor: Actor, read: (reach: Reach) => Promise<Row>): Promise<Row | null> => {
    const reach = reachOf(actor, 'case.read');
    return reach === null ? null : read(reach);
  };

  return [
    acting({
      method: 'get',
      path: '/api/register/subjects/{id}/record',
      right: 'register.read',
      tag: '名册',
      summary: '主体的包保经过、走访和案件',
      params,
      answers: [{ status: 200, description: '从新到旧', json: SubjectRecord }],
      problems,
      handle: async ({ params: { id }, reach, actor }) => {
        await mustBeWithin(reach, 'subject', id);
        return {
          json: {
            bindings: await bindingsOf(pool, id),
            visits: await casesOf(actor, (seen) => visitsOf(pool, seen, id)),
            cases: await casesOf(actor, (seen) => casesBeside(pool, seen, 'subject', id)),
          },
        };
      },
    }),
    acting({
      method: 'get',
      path: '/api/register/posts/{id}/record',
      right: 'register.read',
      tag: '名册',
      summary: '岗位的任职、请假、承诺书和案件',
      params,
      answers: [{ status: 200, description: '从新到旧', json: PostRecord }],
      problems,
      handle: async ({ params: { id }, reach, actor }) => {
        await mustBeWithin(reach, 'post', id);
        return {
          json: {
            superior: await superiorOf(pool, id),
            tenures: await tenuresOf(pool, 'post', id),
            absences: await absencesOf(pool, 'post', id),
            pledges: await pledgesOf(pool, 'post', id),
            cases: await casesOf(actor, (seen) => casesBeside(pool, seen, 'post', id)),
          },
        };
      },
    }),
    acting({
      method: 'get',
      path: '/api/register/persons/{id}/record',
      right: 'register.read',
      tag: '名册',
      summary: '人员的任职、请假和承诺书',
      params,
      answers: [{ status: 200, description: '从新到旧', json: PersonRecord }],
      problems,
      handle: async ({ params: { id }, reach }) => {
        await mustBeWithin(reach, 'person', id);
        return {
          json: {
            tenures: await tenuresOf(pool, 'person', id),
            absences: await absencesOf(pool, 'person', id),
            pledges: await pledgesOf(pool, 'person', id),
          },
        };
      },
    }),
    acting({
      method: 'get',
      path: '/api/register/{of}/{id}/history',
      right: 'register.read',
      tag: '名册',
      summary: '名册流水,逐条成句',
      params: chain,
      query: z.strictObject(paged),
      answers: [{ status: 200, description: '一页,从新到旧', json: page(Told) }],
      problems: [...problems, 'invalid-cursor'],
      handle: async ({ params: { of, id }, query: { limit, cursor }, reach }) => {
        await mustBeWithin(reach, of, id);
        const before = readCursor(cursor, Seq);
        const { rows, next } = await toldEntries(pool, `${of}/${id}`, { limit, before });
        return { json: { rows, next: next === null ? null : cursorOf(next) } };
      },
    }),
    acting({
      method: 'get',
      path: '/api/register/{of}/{id}/at/{on}',
      right: 'register.read',
      tag: '名册',
      summary: '名册中的一行在某日终了时的样子',
      description: '只计当日 24:00 以前写下的流水;名称按现在的写法。',
      params: chain.extend({ on: Day }),
      answers: [{ status: 200, description: '当日的样子', json: OnDay }],
      problems,
      handle: async ({ params: { of, id, on: day }, reach }) => {
        await mustBeWithin(reach, of, id);
        return { json: await asOnDay(pool, of, id, day) };
      },
    }),
  ];
}
