/** The security log, for auditors. */
import { z } from 'zod';
import { SECURITY_EVENTS, type SecurityEventName } from '../../sign-on/security-log.ts';
import { listSecurityLog } from '../../sign-on/security-log-list.ts';
import type { ApiDeps } from '../deps.ts';
import { Id, IsoInstant } from '../fields.ts';
import { acting, type Operation } from '../operation.ts';
import { cursorOf, page, paged, readCursor } from '../paging.ts';

const Event = z.enum(Object.keys(SECURITY_EVENTS) as [SecurityEventName, ...SecurityEventName[]]);
const text = z.string().nullable();

const EventRow = z
  .strictObject({
    id: z.string(),
    at: z.int(),
    event: Event,
    eventTitle: z.string(),
    person: text,
    personName: text,
    byPerson: text,
    byName: text,
    byPost: text,
    session: text,
    address: text,
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  })
  .meta({ id: 'SecurityEvent', description: '登录记录的一条' });

export const securityLogOperations = ({ pool }: Pick<ApiDeps, 'pool'>): Operation[] => [
  acting({
    method: 'get',
    path: '/api/security-log',
    right: 'security-log.read',
    tag: '登录',
    summary: '登录记录：登录、失败、锁定、账号变动，从新到旧',
    query: z.strictObject({
      event: Event.optional(),
      person: Id.optional(),
      from: IsoInstant.optional(),
      until: IsoInstant.optional(),
      ...paged,
    }),
    answers: [{ status: 200, description: '一页登录记录', json: page(EventRow) }],
    problems: ['invalid-cursor'],
    handle: async ({ query: { event, person, from, until, limit, cursor } }) => {
      const before = readCursor(cursor, z.string().regex(/^\d{1,18}$/));
      const rows = await listSecurityLog(pool, {
        ...(event === undefined ? {} : { event }),
        ...(person === undefined ? {} : { person }),
        ...(from === undefined ? {} : { from: Date.parse(from) }),
        ...(until === undefined ? {} : { until: Date.parse(until) }),
        ...(before === undefined ? {} : { before }),
        limit,
      });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        json: {
          rows: rows.map((row) => ({ ...row, eventTitle: SECURITY_EVENTS[row.event] })),
          next: last === undefined ? null : cursorOf(last.id),
        },
      };
    },
  }),
];
