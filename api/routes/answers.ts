/** 有没有送到: what became of the act a person numbered, when its answer was lost on the way. */
import { z } from 'zod';
import { storedAnswer } from '../../cases/stored-answer.ts';
import type { ApiDeps } from '../deps.ts';
import { IdempotencyKey } from '../idempotency-key.ts';
import { acting, type Operation } from '../operation.ts';
import { problemText } from '../problem-texts.ts';
import { DoneShape } from '../shapes.ts';

const Stored = z
  .strictObject({
    arrived: z.boolean(),
    done: DoneShape.nullable().meta({ description: '已办理' }),
    refused: z
      .strictObject({ code: z.string(), why: z.string(), article: z.string().nullable() })
      .nullable()
      .meta({ description: '不予办理' }),
  })
  .meta({ id: 'StoredAnswer', description: '没有送到;或送到后的答复' });

export function answerOperations({ pool }: Pick<ApiDeps, 'pool'>): Operation[] {
  return [
    acting({
      method: 'get',
      path: '/api/answers/{key}',
      right: 'signed-in',
      tag: '案件',
      summary: '我的一次办理有没有送到',
      description: '发出后没有收到答复时,用当时的 Idempotency-Key 查问;只能查自己的。没有送到的,用同一编号重发。',
      params: z.strictObject({ key: IdempotencyKey }),
      answers: [{ status: 200, description: '没有送到,或当时的答复', json: Stored }],
      handle: async ({ params: { key }, actor }) => {
        const answer = await storedAnswer(pool, actor.person, key);
        if (answer === undefined) return { json: { arrived: false, done: null, refused: null } };
        if (answer.ok) {
          const { ok: _ok, ...done } = answer;
          return { json: { arrived: true, done, refused: null } };
        }
        const { code, details, article = null } = answer.refusal;
        const refused = { code, why: problemText(code, details).detail, article };
        return { json: { arrived: true, done: null, refused } };
      },
    }),
  ];
}
