/** Saved views: filters that a person keeps under a name. Nobody sees another's. */
import { z } from 'zod';
import { listViews, MOST_VIEWS, removeView, saveView } from '../../cases/saved-views.ts';
import { inTransaction } from '../../cases/transaction.ts';
import type { ApiDeps } from '../deps.ts';
import { words } from '../fields.ts';
import { acting, command, type Operation } from '../operation.ts';
import { ApiProblem } from '../problem.ts';

const Page = z.enum(['cases']).meta({ description: '哪一页的视图' });
const query = z
  .string()
  .min(1)
  .max(2_000)
  .regex(/^[\x21-\x7e]+$/, '须为地址中的查询部分,已编码')
  .meta({ description: '地址中的查询部分' });

const ViewShape = z
  .strictObject({ id: z.string(), page: z.string(), name: z.string(), query: z.string() })
  .meta({ id: 'SavedView' });

export const viewOperations = ({ cases, pool }: ApiDeps): Operation[] => [
  acting({
    method: 'get',
    path: '/api/views',
    right: 'view.save',
    tag: '案件',
    summary: '我保存的视图',
    query: z.strictObject({ page: Page }),
    answers: [{ status: 200, description: '视图', json: z.strictObject({ views: z.array(ViewShape) }) }],
    handle: async ({ query: asked, actor }) => ({ json: { views: await listViews(pool, actor.person, asked.page) } }),
  }),
  command({
    method: 'post',
    path: '/api/views',
    right: 'view.save',
    tag: '案件',
    summary: '保存视图',
    description: '同名的以这一次为准。',
    body: z.strictObject({ page: Page, name: words(40), query }),
    answers: [{ status: 200, description: '已保存', json: ViewShape }],
    problems: ['too-many-views'],
    handle: async ({ body, actor }) => {
      const saved = await inTransaction(pool, (client) => saveView(cases, client, actor.person, body));
      if (saved === null) throw new ApiProblem('too-many-views', { details: { most: MOST_VIEWS } });
      return { json: saved };
    },
  }),
  command({
    method: 'post',
    path: '/api/views/{id}/remove',
    right: 'view.save',
    tag: '案件',
    summary: '删去视图',
    params: z.strictObject({ id: z.uuid() }),
    answers: [{ status: 200, description: '已删去', json: z.strictObject({ removed: z.literal(true) }) }],
    problems: ['view-not-found'],
    handle: async ({ params: { id }, actor }) => {
      if (!(await removeView(pool, actor.person, id))) throw new ApiProblem('view-not-found');
      return { json: { removed: true } };
    },
  }),
];
