/** The caller's own number of a command: the same number twice is the same command once. */
import type { Request } from 'express';
import { z } from 'zod';
import { ApiProblem } from './problem.ts';

export const KEY_HEADER = 'Idempotency-Key';
const VISIBLE = /^[\x21-\x7e]{1,200}$/;

/** Where a number stands in an address or a body. */
export const IdempotencyKey = z.string().regex(VISIBLE, '编号须为 1 至 200 个可见的 ASCII 字符');

/** Throws `idempotency-key-missing` or `idempotency-key-malformed`. */
export function idempotencyKey(request: Request): string {
  const key = request.get(KEY_HEADER);
  if (key === undefined || key === '') throw new ApiProblem('idempotency-key-missing');
  if (!VISIBLE.test(key)) throw new ApiProblem('idempotency-key-malformed');
  return key;
}
