/** 审计: the journal searched, what was refused, checkpoints, and verifications of everything. */
import { z } from 'zod';
import { listRefusals, searchJournal } from '../../cases/audit.ts';
import { listVerifications, startVerification } from '../../cases/verifications.ts';
import { endOfDay, startOfDay } from '../../domain/kernel/civil-day.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseId, Day, Id, Kebab } from '../fields.ts';
import { acting, command, type Operation } from '../operation.ts';
import { cursorOf, page, paged, readCursor } from '../paging.ts';
import { ApiProblem } from '../problem.ts';

const JournalShape = z
  .strictObject({
    id: z.string(),
    chain: z.string(),
    seq: z.int(),
    at: z.int(),
    hash: z.string(),
    person: z.string().nullable(),
    personName: z.string().nullable(),
    post: z.string().nullable(),
    postTitle: z.string().nullable(),
    said: z.string().nullable(),
    label: z.string(),
    isCase: z.boolean(),
  })
  .meta({ id: 'JournalRow' });

const RefusalShape = z
  .strictObject({
    id: z.string(),
    caseId: z.string(),
    at: z.int(),
    person: z.string(),
    personName: z.string().nullable(),
    postTitle: z.string().nullable(),
    command: z.string(),
    label: z.string(),
    code: z.string(),
    article: z.string().nullable(),
    text: z.string(),
  })
  .meta({ id: 'RefusalRow' });

const CheckpointShape = z
  .strictObject({ id: z.int(), at: z.int(), hash: z.string(), previous: z.string(), entries: z.int().nullable() })
  .meta({ id: 'Checkpoint' });

const VerificationShape = z
  .strictObject({
    id: z.string(),
    person: z.string(),
    personName: z.string().nullable(),
    startedAt: z.int(),
    finishedAt: z.int().nullable(),
    state: z.enum(['running', 'finished', 'interrupted', 'failed']),
    chainsTotal: z.int(),
    chainsDone: z.int(),
    result: z
      .strictObject({
        chains: z.int(),
        entries: z.int(),
        redecided: z.int(),
        notRedecidable: z.int(),
        differenceCount: z.int(),
        differences: z.array(z.strictObject({ chain: z.string(), seq: z.int(), about: z.string(), code: z.string() })),
        checkpoints: z.int(),
        wrongCheckpoints: z.int(),
        wrongRegisterRows: z.int(),
      })
      .nullable(),
  })
  .meta({ id: 'Verification', description: '一次全部核验:完整、可重算、可重判分别计数' });

const IdCursor = z.string().regex(/^\d{1,18}$/);

const given = <T extends object>(filter: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as never;

const LISTED = 50;

export function auditOperations({ cases, pool, log }: Pick<ApiDeps, 'cases' | 'pool' | 'log'>): Operation[] {
  return [
    acting({
      method: 'get',
      path: '/api/journal',
      right: 'journal.search',
      tag: '审计',
      summary: '检索流水',
      description: '跨全部案件和名册;从新到旧。',
      query: z.strictObject({
        kind: Kebab.optional().meta({ description: '案件种类,或 subject、post、person、unit' }),
        chain: z.string().max(300).optional().meta({ description: '一个案件,或名册中的一条' }),
        person: Id.optional(),
        post: Id.optional(),
        said: Kebab.optional().meta({ description: '办理动作,或 lapse、told、recount' }),
        from: Day.optional(),
        to: Day.optional(),
        ...paged,
      }),
      answers: [{ status: 200, description: '一页流水', json: page(JournalShape) }],
      problems: ['invalid-cursor'],
      handle: async ({ query: { limit, cursor, from, to, ...filter } }) => {
        const before = readCursor(cursor, IdCursor) ?? null;
        const more = await searchJournal(
          pool,
          {
            ...given(filter),
            ...(from === undefined ? {} : { from: startOfDay(from) }),
            ...(to === undefined ? {} : { to: endOfDay(to) }),
          },
          { limit: limit + 1, before },
        );
        const rows = more.slice(0, limit);
        return { json: { rows, next: more.length > limit ? cursorOf(rows.at(-1)?.id) : null } };
      },
    }),
    acting({
      method: 'get',
      path: '/api/refusals',
      right: 'journal.search',
      tag: '审计',
      summary: '被拒的办理',
      query: z.strictObject({
        case: CaseId.optional(),
        person: Id.optional(),
        code: Kebab.optional(),
        ...paged,
      }),
      answers: [{ status: 200, description: '一页,从新到旧', json: page(RefusalShape) }],
      problems: ['invalid-cursor'],
      handle: async ({ query: { limit, cursor, case: caseId, ...filter } }) => {
        const before = readCursor(cursor, IdCursor) ?? null;
        const more = await listRefusals(pool, given({ caseId, ...filter }), { limit: limit + 1, before });
        const rows = more.slice(0, limit);
        return { json: { rows, next: more.length > limit ? cursorOf(rows.at(-1)?.id) : null } };
      },
    }),
    acting({
      method: 'get',
      path: '/api/checkpoints',
      right: 'journal.verify',
      tag: '审计',
      summary: '核对点',
      description: '每日一个,寄给本机关以外的审计人;之前写下的流水若被改动,与它不符。',
      answers: [{ status: 200, description: '最近的核对点', json: z.strictObject({ rows: z.array(CheckpointShape) }) }],
      handle: async () => {
        const { rows } = await pool.query<{ id: number; at: string; hash: string; previous: string; body: string }>(
          'SELECT id, at, hash, previous, body FROM checkpoints ORDER BY id DESC LIMIT 200',
        );
        return {
          json: {
            rows: rows.map(({ at, body, ...row }) => {
              const { entries } = JSON.parse(body) as { entries?: number };
              return { ...row, at: Number(at), entries: entries ?? null };
            }),
          },
        };
      },
    }),
    acting({
      method: 'get',
      path: '/api/verifications',
      right: 'journal.verify',
      tag: '审计',
      summary: '全部核验:进度与结果',
      answers: [{ status: 200, description: '从新到旧', json: z.strictObject({ rows: z.array(VerificationShape) }) }],
      handle: async () => ({ json: { rows: await listVerifications(pool, LISTED) } }),
    }),
    command({
      method: 'post',
      path: '/api/verifications',
      right: 'journal.verify',
      tag: '审计',
      summary: '核验全部流水',
      description: '在后台进行,一次只有一个;中途停机的记为中断,不算通过。',
      answers: [{ status: 202, description: '已开始', json: z.strictObject({ id: z.string() }) }],
      problems: ['verification-running'],
      handle: async ({ actor }) => {
        const started = await startVerification(cases, actor);
        if (started === null) throw new ApiProblem('verification-running');
        started.done.catch((error: unknown) =>
          log.error({ err: error, verification: started.id }, 'verification failed'),
        );
        return { status: 202, json: { id: started.id } };
      },
    }),
  ];
}
