/** What is wrong with a request, place by place, in Chinese. Knows schemas only as zod gives them. */
import { z } from 'zod';
import { ApiProblem, type FieldProblem } from './problem.ts';

z.config(z.locales.zhCN());

type Issue = z.core.$ZodIssue;

/** More places than this are not listed; the caller corrects these first. */
const LISTED = 50;

/** The value as the schema reads it. Throws `invalid-request` with every place that is wrong; no value is repeated back. */
export function accepted<T>(schema: z.ZodType<T> | undefined, value: unknown, from: string): T | undefined {
  if (schema === undefined) {
    if (from !== 'query' || Object.keys(value as object).length === 0) return undefined;
    return accepted(z.strictObject({}) as never, value, from);
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw malformed(read.error.issues, from);
}

export function malformed(issues: readonly Issue[], from: string): ApiProblem {
  return new ApiProblem('invalid-request', { errors: issues.flatMap((issue) => places(issue, from)).slice(0, LISTED) });
}

function places(issue: Issue, from: string): FieldProblem[] {
  const path = [...(from === '' ? [] : [from]), ...issue.path.map(String)];
  // A union that fits nowhere: show what the nearest member misses, not "invalid input".
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nearest = issue.errors.reduce((a, b) => (b.length < a.length ? b : a));
    return nearest.flatMap((inner) => places(inner, path.join('.')));
  }
  const code = issue.code.replaceAll('_', '-');
  return [{ path: path.join('.'), code, message: sentence(issue.message) }];
}

const sentence = (message: string): string => (/[。!?]$/.test(message) ? message : `${message}。`);
