/** What a caller is told when something was not done: an RFC 9457 problem in Chinese. Knows no route and no process. */
import { z } from 'zod';
import type { Json, Refusal } from '../domain/kernel/process.ts';
import { problemText } from './problem-texts.ts';

/** One malformed place in a request; `path` is dotted, e.g. `findings.0.limitOn`, or `query.limit`. */
export const FieldProblem = z
  .strictObject({ path: z.string(), code: z.string(), message: z.string() })
  .meta({ id: 'FieldProblem', description: '请求中一处不合要求的地方' });

export const Problem = z
  .strictObject({
    type: z.string().meta({ description: '问题说明的地址,一个代码一条' }),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: '稳定的问题代码,程序据此判断' }),
    detail: z.string().meta({ description: '给人看的一句话' }),
    article: z.string().optional().meta({ description: '法律法规是原因时的条款' }),
    instance: z.string().meta({ description: '请求编号,与日志对应' }),
    errors: z.array(FieldProblem).optional(),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof Problem>;
export type FieldProblem = z.infer<typeof FieldProblem>;

interface Extras {
  /** Values for the text's placeholders. */
  readonly details?: { readonly [key: string]: Json };
  readonly article?: string;
  readonly errors?: readonly FieldProblem[];
  readonly headers?: { readonly [name: string]: string };
}

/** Thrown by routes and middleware for what the caller may see; `code` has its text in `problem-texts.ts`. */
export class ApiProblem extends Error {
  readonly code: string;
  readonly extras: Extras;
  constructor(code: string, extras: Extras = {}) {
    super(code);
    this.name = 'ApiProblem';
    this.code = code;
    this.extras = extras;
  }
}

/** A refusal of the law or the office, as the problem the caller sees. */
export const refusalProblem = ({ code, article, details }: Refusal): ApiProblem =>
  new ApiProblem(code, {
    ...(article === undefined ? {} : { article }),
    ...(details === undefined ? {} : { details }),
  });

const TITLES: { readonly [status: number]: string } = {
  400: '请求有误',
  401: '未登录',
  403: '没有权限',
  404: '不存在',
  405: '方法不可用',
  408: '请求超时',
  409: '不能办理',
  413: '内容过大',
  415: '内容类型不支持',
  422: '请求重复使用',
  429: '请求过于频繁',
  431: '请求有误',
  500: '系统故障',
  503: '暂时不能办理',
};

/** The body of a problem; `instance` is the request id. */
export function problemBody(problem: ApiProblem, instance: string): Problem {
  const { status, detail } = problemText(problem.code, problem.extras.details);
  const { article, errors } = problem.extras;
  return {
    type: `/api/problems#${problem.code}`,
    title: TITLES[status] ?? '请求未完成',
    status,
    code: problem.code,
    detail,
    ...(article === undefined ? {} : { article }),
    instance,
    ...(errors === undefined ? {} : { errors: [...errors] }),
  };
}
