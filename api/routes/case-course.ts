/** The course of a case: its journal, its timeline, the case as it was, and whether the record holds. */
import { z } from 'zod';
import { lineOfCase, listEntries } from '../../cases/lists.ts';
import { readInstants, readTimeline } from '../../cases/timeline.ts';
import { verify } from '../../cases/verify.ts';
import { InstantsShape, TimelineEntryShape } from '../case-shape.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseId, Flag, Id, IsoInstant, Kebab } from '../fields.ts';
import { CaseMomentShape } from '../moment-shape.ts';
import { acting, type Operation } from '../operation.ts';
import { cursorOf, page, paged, readCursor } from '../paging.ts';
import { ApiProblem } from '../problem.ts';
import { ReplayShape, viewMoment, viewReplay } from '../replay-view.ts';
import { EntryShape, VerifiedShape } from '../shapes.ts';

const params = z.strictObject({ id: CaseId });
const caseOf = ({ id }: { id: string }): string => id;
const Seq = z.int().min(0).max(2_147_483_647);
const at = IsoInstant.optional().meta({ description: '时刻;默认此刻' });

export function caseCourseOperations({ cases, pool }: ApiDeps): Operation[] {
  async function mustExist(id: string): Promise<void> {
    if ((await lineOfCase(pool, id)) === undefined) throw new ApiProblem('case-not-found');
  }

  return [
    acting({
      method: 'get',
      path: '/api/cases/{id}/entries',
      right: 'case.read',
      tag: '案件',
      summary: '案件流水',
      params,
      caseOf,
      query: z.strictObject({ order: z.enum(['oldest', 'newest']).default('oldest'), ...paged }),
      answers: [{ status: 200, description: '一页流水', json: page(EntryShape) }],
      problems: ['case-not-found', 'invalid-cursor'],
      handle: async ({ params: { id }, query: { order, limit, cursor } }) => {
        await mustExist(id);
        const after = readCursor(cursor, Seq);
        const { rows, next } = await listEntries(pool, id, { order, limit, after });
        return { json: { rows, next: next === null ? null : cursorOf(next) } };
      },
    }),
    acting({
      method: 'get',
      path: '/api/cases/{id}/timeline',
      right: 'case.read',
      shows: 'texts',
      tag: '案件',
      summary: '案件的经过',
      description: '新的在前:谁以什么身份做了什么,各期限因此怎样,收到哪些文书。',
      params,
      caseOf,
      query: z.strictObject({
        clock: Kebab.optional().meta({ description: '只看与这个期限有关的' }),
        person: Id.optional().meta({ description: '只看这个人办的;`system` 为系统' }),
        papers: Flag.optional().meta({ description: '只看带文书的' }),
        until: z.coerce.number().int().min(1).max(2_147_483_647).optional().meta({ description: '至第几条,含这一条' }),
        ...paged,
      }),
      answers: [{ status: 200, description: '一页经过', json: page(TimelineEntryShape) }],
      problems: ['case-not-found', 'invalid-cursor'],
      handle: async ({ params: { id }, query: { limit, cursor, until, ...filter } }) => {
        const before = readCursor(cursor, Seq) ?? (until === undefined ? undefined : until + 1);
        const client = await pool.connect();
        try {
          const { rows, next } = await readTimeline(cases, client, id, filter, { limit, before });
          if (rows.length === 0) await mustExist(id);
          return { json: { rows, next: next === null ? null : cursorOf(next) } };
        } finally {
          client.release();
        }
      },
    }),
    acting({
      method: 'get',
      path: '/api/cases/{id}/instants',
      right: 'case.read',
      tag: '案件',
      summary: '案件全部流水的时刻',
      params,
      caseOf,
      answers: [{ status: 200, description: '时刻,旧的在前', json: InstantsShape }],
      problems: ['case-not-found'],
      handle: async ({ params: { id } }) => {
        await mustExist(id);
        return { json: await readInstants(pool, id) };
      },
    }),
    acting({
      method: 'get',
      path: '/api/cases/{id}/moment',
      right: 'case.read',
      tag: '案件',
      summary: '案件在某一时刻,或在某一条流水之后的样子',
      description: '只由流水还原,与查看案件同样的形状:阶段、承办、期限、文书、告知、所依据的版本。',
      params,
      caseOf,
      query: z
        .strictObject({ at, seq: z.coerce.number().int().min(1).max(2_147_483_647).optional() })
        .refine(({ at: instant, seq }) => instant === undefined || seq === undefined, {
          path: ['seq'],
          message: '时刻与流水号只能给出一个',
        }),
      answers: [{ status: 200, description: '案件在那一时刻', json: CaseMomentShape }],
      problems: ['case-not-found', 'before-opening', 'entry-not-found'],
      handle: async ({ params: { id }, query }) => {
        const point =
          query.seq !== undefined ? { seq: query.seq } : query.at !== undefined ? { at: Date.parse(query.at) } : {};
        return { json: await viewMoment(cases, id, point) };
      },
    }),
    acting({
      method: 'get',
      path: '/api/cases/{id}/replay',
      right: 'case.read',
      shows: 'texts',
      tag: '案件',
      summary: '案件在某一时刻的样子,连同到那时的全部流水',
      description: '只由流水还原:状态、持有人、期限、通知、所依据的版本,以及到那时的全部流水;`text` 为同一内容的中文。',
      params,
      caseOf,
      query: z.strictObject({ at }),
      answers: [{ status: 200, description: '案件在那一时刻', json: ReplayShape }],
      problems: ['case-not-found', 'before-opening'],
      handle: async ({ params: { id }, query }) => ({
        json: await viewReplay(cases, id, query.at === undefined ? undefined : Date.parse(query.at)),
      }),
    }),
    acting({
      method: 'get',
      path: '/api/cases/{id}/verify',
      right: 'case.read',
      tag: '案件',
      summary: '核验案件流水',
      description: '分别报告:完整(哈希与次序)、可重算(状态一致)、可重判(同版本规则下决定一致)。',
      params,
      caseOf,
      answers: [{ status: 200, description: '核验结果', json: VerifiedShape }],
      problems: ['case-not-found'],
      handle: async ({ params: { id } }) => {
        await mustExist(id);
        const { chains, entries, redecided, notRedecidable, differences } = await verify(cases, { chain: id });
        return { json: { chains, entries, redecided, notRedecidable, differences } };
      },
    }),
  ];
}
