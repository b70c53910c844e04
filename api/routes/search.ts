/** The search box: a few of each kind of thing, within the caller's reach. */
import { z } from 'zod';
import { search, searchTexts } from '../../cases/search.ts';
import type { ApiDeps } from '../deps.ts';
import { acting, type Operation } from '../operation.ts';

const FoundCase = {
  caseId: z.string(),
  kindTitle: z.string(),
  stageTitle: z.string(),
  subject: z.string().nullable(),
};

const FoundShape = z
  .strictObject({
    cases: z.array(z.strictObject(FoundCase)),
    subjects: z.array(
      z.strictObject({ id: z.string(), name: z.string(), class: z.string(), unit: z.string().nullable() }),
    ),
    units: z.array(z.strictObject({ id: z.string(), name: z.string(), kind: z.string() })),
    posts: z.array(z.strictObject({ id: z.string(), title: z.string(), person: z.string().nullable() })),
  })
  .meta({ id: 'Found' });

const FoundTextShape = z.strictObject({ ...FoundCase, excerpt: z.string() }).meta({ id: 'FoundText' });

export const searchOperations = ({ pool }: ApiDeps): Operation[] => [
  acting({
    method: 'get',
    path: '/api/search',
    right: 'case.read',
    tag: '案件',
    summary: '查找',
    description: '按编号、主体、单位、岗位或人员;每类至多 6 条,只含您能看的。',
    query: z.strictObject({ q: z.string().trim().min(1).max(100) }),
    answers: [{ status: 200, description: '找到的', json: FoundShape }],
    handle: async ({ query: { q }, reach }) => {
      const client = await pool.connect();
      try {
        return { json: await search(client, reach, q) };
      } finally {
        client.release();
      }
    },
  }),
  acting({
    method: 'get',
    path: '/api/search/texts',
    right: 'case.read',
    shows: 'texts',
    tag: '案件',
    summary: '在文字中查找',
    description: '办理中写下的文字,两个字以上;只含您能看的案件。',
    query: z.strictObject({ q: z.string().trim().min(2).max(100) }),
    answers: [{ status: 200, description: '找到的', json: z.strictObject({ texts: z.array(FoundTextShape) }) }],
    handle: async ({ query: { q }, reach }) => ({ json: { texts: await searchTexts(pool, reach, q) } }),
  }),
];
