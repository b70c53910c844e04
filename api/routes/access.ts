/** Who may do what, as data for the page; and who was refused or read what is sensitive. */
import { z } from 'zod';
import { ACCESS_OUTCOMES, listAccess, noteAccess } from '../../cases/access-log.ts';
import { ROLE_TITLES } from '../../domain/notices/role-titles.ts';
import { endOfDay, startOfDay } from '../../domain/kernel/civil-day.ts';
import { RIGHT_NAMES, RIGHTS, SCOPES, type Right } from '../../domain/rights/rights.ts';
import { ADMINISTRATORS, holdersOf, reachOf, ROLES, scopeOf } from '../../domain/rights/table.ts';
import type { ApiDeps } from '../deps.ts';
import { Day, Id } from '../fields.ts';
import { acting, type Operation } from '../operation.ts';
import { cursorOf, page, paged, readCursor } from '../paging.ts';

const RightsShape = z
  .strictObject({
    roles: z.array(z.strictObject({ role: z.string(), title: z.string(), administrator: z.boolean() })),
    scopes: z.array(z.strictObject({ scope: z.string(), title: z.string(), says: z.string() })),
    rights: z.array(
      z.strictObject({
        right: z.string(),
        title: z.string(),
        says: z.string(),
        holders: z.array(z.string()).meta({ description: '有这项权限的岗位,中文' }),
        scopes: z.record(z.string(), z.string()).meta({ description: '岗位类别 → 范围;没有的不列' }),
      }),
    ),
  })
  .meta({ id: 'Rights', description: '权限表:岗位类别 × 权限 × 范围' });

const rightsTable = () => ({
  roles: ROLES.map((role) => ({ role, title: ROLE_TITLES[role], administrator: ADMINISTRATORS.has(role) })),
  scopes: Object.entries(SCOPES).map(([scope, [title, says]]) => ({ scope, title, says })),
  rights: RIGHT_NAMES.map((right) => ({
    right,
    title: RIGHTS[right][0],
    says: RIGHTS[right][1],
    holders: holdersOf(right).map((role) => ROLE_TITLES[role]),
    scopes: Object.fromEntries(holdersOf(right).map((role) => [role, scopeOf(role, right)])),
  })),
});

const AccessShape = z
  .strictObject({
    id: z.string(),
    at: z.int(),
    person: z.string(),
    personName: z.string().nullable(),
    post: z.string(),
    postTitle: z.string().nullable(),
    capacity: z.string(),
    outcome: z.enum(ACCESS_OUTCOMES),
    right: z.string(),
    rightTitle: z.string(),
    route: z.string(),
    about: z.string().nullable(),
    what: z.string().nullable(),
    request: z.string(),
  })
  .meta({ id: 'Access', description: '一次被拒绝的访问,或一次对敏感数据的读取' });

const titleOf = (right: string): string => (right in RIGHTS ? RIGHTS[right as keyof typeof RIGHTS][0] : right);

/** A page of the console that was opened without the right to it: the browser knows first, the log is told. */
const Wanted = z.strictObject({
  wanted: z
    .enum(RIGHT_NAMES as [Right, ...Right[]])
    .optional()
    .meta({ description: '打开页面所缺的权限;确实没有的,记入访问记录' }),
  page: z
    .string()
    .max(200)
    .regex(/^\/[!-~]*$/)
    .optional()
    .meta({ description: '想打开的页面,如 /register' }),
});

export const accessOperations = ({ pool, cases }: Pick<ApiDeps, 'pool' | 'cases'>): Operation[] => [
  acting({
    method: 'get',
    path: '/api/rights',
    right: 'signed-in',
    tag: '系统',
    summary: '权限表',
    query: Wanted,
    answers: [{ status: 200, description: '权限表', json: RightsShape }],
    handle: async ({ query: { wanted, page: about }, actor, requestId }) => {
      if (wanted !== undefined && reachOf(actor, wanted) === null) {
        const access = {
          outcome: 'refused',
          right: wanted,
          route: 'GET /api/rights',
          about,
          request: requestId,
        } as const;
        await noteAccess(cases, actor, access);
      }
      return { json: rightsTable() };
    },
  }),
  acting({
    method: 'get',
    path: '/api/access-log',
    right: 'access-log.read',
    tag: '系统',
    summary: '访问记录',
    description: '被拒绝的访问,以及对敏感数据(联系方式、当事人文字、证据、导出)的每一次读取;只增不改。',
    query: z.strictObject({
      person: Id.optional(),
      right: z.enum(RIGHT_NAMES as [string, ...string[]]).optional(),
      outcome: z.enum(ACCESS_OUTCOMES).optional(),
      about: z.string().max(300).optional().meta({ description: '案件编号、主体或文件' }),
      from: Day.optional(),
      to: Day.optional(),
      ...paged,
    }),
    answers: [{ status: 200, description: '一页记录,从新到旧', json: page(AccessShape) }],
    problems: ['invalid-cursor'],
    handle: async ({ query: { limit, cursor, from, to, ...asked } }) => {
      const before = readCursor(cursor, z.string().regex(/^\d{1,18}$/));
      const filter = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
      const more = await listAccess(
        pool,
        {
          ...filter,
          ...(from === undefined ? {} : { from: startOfDay(from) }),
          ...(to === undefined ? {} : { to: endOfDay(to) }),
        },
        { limit: limit + 1, before },
      );
      const rows = more.slice(0, limit).map((row) => ({ ...row, rightTitle: titleOf(row.right) }));
      return { json: { rows, next: more.length > limit ? cursorOf(rows.at(-1)?.id) : null } };
    },
  }),
];
