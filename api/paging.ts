/** Which rows come next? By the last row's keys, never by counting. The cursor is opaque to callers and checked when it returns. */
import { z } from 'zod';
import { ApiProblem } from './problem.ts';

export const LARGEST_PAGE = 200;

/** The query members of every list. */
export const paged = {
  limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(50).meta({ description: '每页条数' }),
  cursor: z.string().max(600).optional().meta({ description: '上一页答复中的 next' }),
};

/** `next` is null on the last page. */
export const page = <T extends z.ZodType>(row: T) =>
  z.strictObject({ rows: z.array(row), next: z.string().nullable() });

export const cursorOf = (keys: unknown): string => Buffer.from(JSON.stringify(keys)).toString('base64url');

/** Throws `invalid-cursor` for anything this API did not hand out in this shape. */
export function readCursor<T>(cursor: string | undefined, shape: z.ZodType<T>): T | undefined {
  if (cursor === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new ApiProblem('invalid-cursor');
  }
}
