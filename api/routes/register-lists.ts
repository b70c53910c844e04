/** What is in the register: units, subjects, posts, people, and the journal of each. Changes nothing. */
import { z } from 'zod';
import { readClock } from '../../cases/deps.ts';
import { listEntries } from '../../cases/lists.ts';
import { localDate } from '../../domain/kernel/calendar.ts';
import { RISKS, SUBJECT_CLASSES } from '../../domain/register/register.ts';
import type { ApiDeps } from '../deps.ts';
import { Flag, Id, Kebab, name } from '../fields.ts';
import { reachOf } from '../../domain/rights/table.ts';
import type { Actor } from '../../domain/kernel/process.ts';
import { isWithin } from '../../cases/register/within.ts';
import type { Reach } from '../../domain/rights/table.ts';
import { acting, type Operation } from '../operation.ts';
import { unitWithin } from '../within.ts';
import { cursorOf, page, paged, readCursor } from '../paging.ts';
import { ApiProblem } from '../problem.ts';
import { PersonShape, PostShape, SubjectShape, UnitShape } from '../register-shapes.ts';
import { EntryShape } from '../shapes.ts';

const params = z.strictObject({ id: Id });
const text = name(60).optional().meta({ description: '名称的一部分,或完整的编号' });
const unit = Id.optional().meta({ description: '单位,含下级' });

const Subjects = z.strictObject({
  unit,
  class: z.enum(SUBJECT_CLASSES).optional(),
  risk: z.enum(RISKS).optional(),
  status: z.enum(['active', 'suspended', 'closed']).optional(),
  bound: Flag.optional(),
  post: Id.optional().meta({ description: '由该岗位包保' }),
  text,
  ...paged,
});
const Posts = z.strictObject({
  unit,
  role: Kebab.optional(),
  class: z.enum(SUBJECT_CLASSES).optional(),
  vacant: Flag.optional(),
  text,
  ...paged,
});
const Persons = z.strictObject({ unit, text, ...paged });

/** Asks for one row more than the page holds, to know whether another page follows. */
async function pageOf<Row extends { readonly id: string }>(
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  read: (keys: { limit: number; after?: string }) => Promise<readonly Row[]>,
): Promise<{ json: { rows: readonly Row[]; next: string | null } }> {
  const after = readCursor(cursor, Id);
  const more = await read({ limit: limit + 1, ...(after === undefined ? {} : { after }) });
  const rows = more.slice(0, limit);
  return { json: { rows, next: more.length > limit ? cursorOf(rows.at(-1)?.id) : null } };
}

/** Without the members that were not given. */
const given = <T extends object>(filter: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as never;

/** Telephone and mail only where the post acted for has the right to them; the answer says that they were left out. */
const contactsFor =
  (actor: Actor) =>
  <Row extends { readonly email: string | null; readonly phone: string | null }>(row: Row) =>
    reachOf(actor, 'contact.read') === null
      ? { ...row, email: null, phone: null, contactSealed: true }
      : { ...row, contactSealed: false };

function found<Row>(row: Row | null): { json: Row } {
  if (row === null) throw new ApiProblem('register-row-not-found');
  return { json: row };
}

export function registerListOperations({
  register,
  pool,
  cases,
}: Pick<ApiDeps, 'register' | 'pool' | 'cases'>): Operation[] {
  const today = async (): Promise<string> => {
    const client = await pool.connect();
    try {
      return localDate(await readClock(cases, client));
    } finally {
      client.release();
    }
  };
  /** `null` for a row out of reach, as for one that does not exist. */
  const within = async <Row>(
    reach: Reach,
    kind: 'subject' | 'post' | 'person',
    id: string,
    row: Promise<Row | null>,
  ): Promise<Row | null> => ((await isWithin(pool, reach, kind, id)) ? row : null);

  const listProblems = ['invalid-cursor', 'unit-out-of-reach'];
  const oneProblems = ['register-row-not-found'];

  return [
    acting({
      method: 'get',
      path: '/api/register/units',
      right: 'register.read',
      tag: '名册',
      summary: '全部单位,按层级',
      answers: [{ status: 200, description: '单位', json: z.strictObject({ rows: z.array(UnitShape) }) }],
      handle: async () => ({ json: { rows: await register.listUnits() } }),
    }),
    acting({
      method: 'get',
      path: '/api/register/subjects',
      right: 'register.read',
      tag: '名册',
      summary: '查询主体',
      query: Subjects,
      answers: [{ status: 200, description: '一页主体', json: page(SubjectShape) }],
      problems: listProblems,
      handle: async ({ query: { limit, cursor, ...filter }, reach }) => {
        // What the post itself guarantees it reads, wherever it lies.
        const ownOnes = filter.post === reach.post && filter.unit === undefined;
        const unit = ownOnes ? undefined : await unitWithin(pool, reach, filter.unit);
        return pageOf({ limit, cursor }, (keys) => register.listSubjects({ ...given({ ...filter, unit }), ...keys }));
      },
    }),
    acting({
      method: 'get',
      path: '/api/register/subjects/{id}',
      right: 'register.read',
      tag: '名册',
      summary: '一个主体',
      params,
      answers: [{ status: 200, description: '主体', json: SubjectShape }],
      problems: oneProblems,
      handle: async ({ params: { id }, reach }) => found(await within(reach, 'subject', id, register.findSubject(id))),
    }),
    acting({
      method: 'get',
      path: '/api/register/posts',
      right: 'register.read',
      tag: '名册',
      summary: '查询岗位',
      query: Posts,
      answers: [{ status: 200, description: '一页岗位', json: page(PostShape) }],
      problems: listProblems,
      handle: async ({ query: { limit, cursor, ...filter }, reach }) => {
        const on = await today();
        const unit = await unitWithin(pool, reach, filter.unit);
        return pageOf({ limit, cursor }, (keys) => register.listPosts({ ...given({ ...filter, unit }), ...keys }, on));
      },
    }),
    acting({
      method: 'get',
      path: '/api/register/posts/{id}',
      right: 'register.read',
      tag: '名册',
      summary: '一个岗位',
      params,
      answers: [{ status: 200, description: '岗位', json: PostShape }],
      problems: oneProblems,
      handle: async ({ params: { id }, reach }) =>
        found(await within(reach, 'post', id, register.findPost(id, await today()))),
    }),
    acting({
      method: 'get',
      path: '/api/register/persons',
      right: 'register.read',
      shows: 'contact',
      tag: '名册',
      summary: '查询人员',
      query: Persons,
      answers: [{ status: 200, description: '一页人员', json: page(PersonShape) }],
      problems: listProblems,
      handle: async ({ query: { limit, cursor, ...filter }, reach, actor }) => {
        const on = await today();
        const unit = await unitWithin(pool, reach, filter.unit);
        const listed = await pageOf({ limit, cursor }, async (keys) =>
          (await register.listPersons({ ...given({ ...filter, unit }), ...keys }, on)).map(contactsFor(actor)),
        );
        return { ...listed, sealed: listed.json.rows.every(({ contactSealed }) => contactSealed) };
      },
    }),
    acting({
      method: 'get',
      path: '/api/register/persons/{id}',
      right: 'register.read',
      shows: 'contact',
      tag: '名册',
      summary: '一个人',
      params,
      answers: [{ status: 200, description: '人员', json: PersonShape }],
      problems: oneProblems,
      handle: async ({ params: { id }, reach, actor }) => {
        const { json } = found(await within(reach, 'person', id, register.findPerson(id, await today())));
        const shown = contactsFor(actor)(json);
        return { json: shown, sealed: shown.contactSealed };
      },
    }),
    acting({
      method: 'get',
      path: '/api/register/{of}/{id}/entries',
      right: 'register.read',
      tag: '名册',
      summary: '名册流水',
      description: '一个主体、岗位、人员或单位的全部变更。',
      params: z.strictObject({ of: z.enum(['subject', 'post', 'person', 'unit']), id: Id }),
      query: z.strictObject({ order: z.enum(['oldest', 'newest']).default('oldest'), ...paged }),
      answers: [{ status: 200, description: '一页流水', json: page(EntryShape) }],
      problems: [...listProblems, ...oneProblems],
      handle: async ({ params: { of, id }, query: { order, limit, cursor }, reach }) => {
        if (!(await isWithin(pool, reach, of, id))) throw new ApiProblem('register-row-not-found');
        const after = readCursor(cursor, z.int().min(0).max(2_147_483_647));
        const { rows, next } = await listEntries(pool, `${of}/${id}`, { order, limit, after });
        if (rows.length === 0 && after === undefined) throw new ApiProblem('register-row-not-found');
        return { json: { rows, next: next === null ? null : cursorOf(next) } };
      },
    }),
  ];
}
