/** 系统: what runs, what waits, what is stuck; and the quiet word to everybody when reminders are held up. */
import { z } from 'zod';
import { readBacklog, wakeFaulty } from '../../cases/backlog.ts';
import { listWorkers } from '../../cases/workers.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseId } from '../fields.ts';
import { stateOf } from '../health.ts';
import { command, shared, type Operation } from '../operation.ts';
import { ApiProblem } from '../problem.ts';

const SystemShape = z
  .strictObject({
    build: z.string(),
    parts: z.array(z.strictObject({ part: z.string(), up: z.boolean(), why: z.string().nullable() })),
    workers: z.array(
      z.strictObject({ id: z.string(), build: z.string(), startedAt: z.int(), seenAt: z.int(), up: z.boolean() }),
    ),
    queues: z.array(
      z.strictObject({ name: z.string(), title: z.string(), count: z.int(), oldestMs: z.number().nullable() }),
    ),
    faults: z.array(z.strictObject({ caseId: z.string(), code: z.string(), since: z.int(), attempts: z.int() })),
    temporalUi: z.string().nullable(),
  })
  .meta({ id: 'SystemState' });

const QUIET_PARTS: ReadonlySet<string> = new Set(['temporal', 'outbox']);

export function systemStateOperations({ cases, pool, parts, settings }: ApiDeps): Operation[] {
  const states = () => Promise.all(parts.map(stateOf));
  return [
    shared({
      method: 'get',
      path: '/api/system',
      right: 'system.read',
      tag: '系统',
      summary: '系统状况:组成部分、工作进程、积压、停住的案件',
      answers: [{ status: 200, description: '系统状况', json: SystemShape }],
      handle: async () => ({
        json: {
          build: cases.build,
          parts: (await states()).map(({ part, up, why }) => ({ part, up, why: why ?? null })),
          workers: await listWorkers(pool),
          ...(await readBacklog(pool)),
          temporalUi: settings.temporalUi ?? null,
        },
      }),
    }),
    shared({
      method: 'get',
      path: '/api/system/quiet',
      right: 'signed-in',
      tag: '系统',
      summary: '提醒是否暂缓',
      description: 'Temporal 或唤醒停了时,办理照常,提醒暂缓发出。',
      answers: [{ status: 200, description: '是否暂缓', json: z.strictObject({ remindersHeldUp: z.boolean() }) }],
      handle: async () => ({
        json: { remindersHeldUp: (await states()).some(({ part, up }) => !up && QUIET_PARTS.has(part)) },
      }),
    }),
    command({
      method: 'post',
      path: '/api/system/faults/{id}/retry',
      right: 'system.operate',
      tag: '系统',
      summary: '让停住的案件立即再试',
      params: z.strictObject({ id: CaseId }),
      answers: [{ status: 200, description: '已唤醒', json: z.strictObject({ woken: z.literal(true) }) }],
      problems: ['nothing-to-retry'],
      handle: async ({ params: { id } }) => {
        if (!(await wakeFaulty(pool, id))) throw new ApiProblem('nothing-to-retry');
        return { json: { woken: true } };
      },
    }),
  ];
}
