/** The API's document, from the same operations and schemas that are mounted. Adds nothing of its own but the frame. */
import {
  createDocument,
  type oas31,
  type ZodObjectInput,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { z } from 'zod';
import { BACKGROUND_HEADER, POST_HEADER } from './acting-person.ts';
import { COMMANDS } from '../cases/kinds/index.ts';
import { commandName } from '../cases/kinds/kind.ts';
import { KEY_HEADER } from './idempotency-key.ts';
import type { AnswerShape, Operation } from './operation.ts';
import { Problem } from './problem.ts';
import { PROBLEM_TEXTS } from './problem-texts.ts';

export type OpenApiDocument = oas31.OpenAPIObject;

const acting = {
  [POST_HEADER]: z.string().optional().meta({ description: '页面上显示的岗位;登录会话的岗位已经不同时拒绝办理' }),
  [BACKGROUND_HEADER]: z.string().max(10).optional().meta({ description: 'true：页面自己发出的请求，不算使用' }),
};
const numbered = {
  [KEY_HEADER]: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/)
    .meta({ description: '本次办理的编号:同一编号重发,只办一次', example: '7f6c2a0e-5d1b-4e58-9a55-0c9f6f0a1b2c' }),
};

const ACTING_PROBLEMS = [
  ...['not-signed-in', 'second-factor-awaited', 'second-factor-required', 'password-change-due'],
  ...['post-changed', 'person-unknown', 'post-ambiguous', 'no-post', 'post-not-held'],
];

/** Codes an operation can answer whatever it does. */
function codesOf({ access, body, upload, params, right, problems = [] }: Operation): string[] {
  return [
    'invalid-request',
    'ill-formed-text',
    'internal',
    'busy',
    'database-unavailable',
    'rate-limited',
    'cross-site-refused',
    ...(access === 'open' ? [] : ACTING_PROBLEMS),
    ...(right === undefined || right === 'signed-in' ? [] : ['right-missing']),
    ...(access === 'command' ? ['idempotency-key-missing', 'idempotency-key-malformed', 'key-reused'] : []),
    ...(body === undefined ? [] : ['malformed-json', 'body-missing', 'too-large', 'unsupported-media-type']),
    ...(upload === undefined ? [] : ['body-missing', 'too-large', 'unsupported-media-type']),
    ...(params === undefined ? [] : ['not-found']),
    ...problems,
  ];
}

function problemResponses(operation: Operation): Record<`${4 | 5}${string}`, object> {
  const byStatus = new Map<number, string[]>();
  for (const code of new Set(codesOf(operation))) {
    const text = PROBLEM_TEXTS[code];
    if (text === undefined) throw new Error(`${operation.path}: problem ${code} has no text`);
    byStatus.set(text.status, [...(byStatus.get(text.status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      { description: codes.join('、'), content: { 'application/problem+json': { schema: Problem } } },
    ]),
  );
}

function answerResponse({ description, json, mediaTypes = [] }: AnswerShape): object {
  const binary = { schema: { type: 'string', format: 'binary' } };
  const content =
    json === undefined
      ? Object.fromEntries(mediaTypes.map((type) => [type, binary]))
      : { 'application/json': { schema: json } };
  return { description, ...(Object.keys(content).length === 0 ? {} : { content }) };
}

function requestBody({ body, upload }: Operation): object {
  if (upload !== undefined) {
    const binary = { schema: { type: 'string' as const, format: 'binary' } };
    const content = Object.fromEntries(upload.mediaTypes.map((type) => [type, binary]));
    return { requestBody: { required: true, content } };
  }
  if (body === undefined) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: body } } } };
}

function describe(operation: Operation): ZodOpenApiOperationObject {
  const { tag, summary, description, params, query, access, answers } = operation;
  const header = { ...(access === 'open' ? {} : acting), ...(access === 'command' ? numbered : {}) };
  return {
    operationId: operationId(operation),
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    requestParams: {
      ...(params === undefined ? {} : { path: params as ZodObjectInput }),
      ...(query === undefined ? {} : { query: query as ZodObjectInput }),
      ...(Object.keys(header).length === 0 ? {} : { header: z.object(header) }),
    },
    ...requestBody(operation),
    responses: {
      ...problemResponses(operation),
      ...Object.fromEntries(answers.map((answer) => [String(answer.status), answerResponse(answer)])),
    },
  };
}

/** `get-api-cases-id-entries` */
const operationId = ({ method, path }: Operation): string =>
  [method, ...path.split(/[^\w]+/).filter((part) => part !== '')].join('-');

/** OpenAPI 3.1. Throws when an operation names a problem that has no text. */
export function openApiDocument(operations: readonly Operation[], publicUrl: string, version: string): OpenApiDocument {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
  }
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: '照单 API',
        version,
        description:
          '时刻为毫秒数(`…At`),日期为 `YYYY-MM-DD`(`…On`,Asia/Shanghai)。每次办理须带 Idempotency-Key。' +
          '须先登录(`POST /api/session`);会话在 HttpOnly 的 Cookie 里,改动类请求须来自本站(Sec-Fetch-Site 或 Origin)。' +
          '出错时答 `application/problem+json`,程序请看 `code`,人请看 `detail`;全部代码见 `/api/problems`。',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: publicUrl }],
      paths,
      components: { schemas: Object.fromEntries([...COMMANDS].map(([kind, schema]) => [commandName(kind), schema])) },
    },
    { allowEmptySchema: { unknown: true } },
  );
}
