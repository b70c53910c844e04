/** What an operator or an integrator asks of the API itself: metrics, and the list of problem codes. */
import type { Registry } from 'prom-client';
import { z } from 'zod';
import { open, type Operation } from '../operation.ts';
import { PROBLEM_TEXTS } from '../problem-texts.ts';

const ProblemCode = z.strictObject({ code: z.string(), status: z.int(), text: z.string() }).meta({ id: 'ProblemCode' });

export const systemOperations = (registry: Registry): Operation[] => [
  open({
    method: 'get',
    path: '/metrics',
    tag: '系统',
    summary: 'Prometheus 指标',
    answers: [{ status: 200, description: 'Prometheus 文本格式', mediaTypes: ['text/plain'] }],
    handle: async () => ({ bytes: await registry.metrics(), mediaType: registry.contentType }),
  }),
  open({
    method: 'get',
    path: '/api/problems',
    tag: '系统',
    summary: '全部问题代码及其说明',
    answers: [{ status: 200, description: '问题代码', json: z.strictObject({ problems: z.array(ProblemCode) }) }],
    handle: async () => ({
      json: { problems: Object.entries(PROBLEM_TEXTS).map(([code, { status, text }]) => ({ code, status, text })) },
    }),
  }),
];
