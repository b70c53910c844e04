import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Express, IRoute } from 'express';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DOCUMENT_PATH } from '../../api/app.ts';
import { answeredDeadline } from '../../api/deadline.ts';
import { DOCS_PATHS } from '../../api/docs-page.ts';
import { KINDS } from '../../cases/kinds/index.ts';
import { PROBLEM_TEXTS } from '../../api/problem-texts.ts';
import { inTransaction } from '../../cases/transaction.ts';
import { PROCESSES } from '../../cases/processes.ts';
import { answerDeadline } from '../../cli/deadline-answer.ts';
import { deadlineJson } from '../../cases/deadline-json.ts';
import { startApi, type Serving } from './serving.ts';

let api: Serving;
let document: {
  readonly openapi: string;
  readonly servers: readonly object[];
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, object>> }>>>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
};
beforeAll(async () => {
  api = await startApi();
  document = (await (await api.ask('/api/openapi.json')).json()) as typeof document;
});
afterAll(() => api.stop());

/** What Express answers, `get /api/cases/{id}`; the catch-all of each path, which refuses other methods, left out. */
function mounted(app: Express): string[] {
  const routes = app.router.stack.flatMap(({ route }) => (route === undefined ? [] : [route as IRoute]));
  return routes.flatMap(({ path, stack }) =>
    stack
      .filter(({ method }) => method !== undefined)
      .map(({ method }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`),
  );
}

describe('the document', () => {
  test('and the routes agree, both ways', () => {
    const routes = new Set(mounted(api.app).filter((route) => route !== `get ${DOCUMENT_PATH}`));
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect([...routes].sort()).toEqual(described.sort());
  });

  test('is OpenAPI 3.1 whose schemas compile, with servers', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.servers).toHaveLength(1);
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'api', components: document.components });
    for (const name of Object.keys(document.components.schemas)) {
      expect(() => ajv.compile({ $ref: `api#/components/schemas/${name}` }), name).not.toThrow();
    }
  });

  test('gives every operation an answer and the problems it can meet', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, { responses }] of Object.entries(methods)) {
        const statuses = Object.keys(responses);
        expect(
          statuses.some((status) => status.startsWith('2')),
          `${method} ${path}`,
        ).toBe(true);
        expect(statuses, `${method} ${path}`).toEqual(expect.arrayContaining(['400', '500', '503']));
      }
    }
  });

  test('has a viewer that loads from this host alone', async () => {
    for (const path of DOCS_PATHS) {
      const response = await api.ask(path);
      expect(response.status, path).toBe(200);
      const policy = response.headers.get('Content-Security-Policy') ?? '';
      expect(policy).toContain("connect-src 'self'");
      expect(policy).not.toMatch(/https?:|\*|unsafe-eval/);
      if (path !== '/api/docs/scalar.js') expect(await response.text()).not.toMatch(/https?:\/\//);
    }
  });
});

/** `api` of `api/routes/cases.ts`. */
const folder = (file: string): string => file.slice(0, file.indexOf('/'));

describe('every code', () => {
  /** Codes as the sources write them: `refused('x'`, `refusal('x'`, `fault('x'`, `code: 'x'`, `refuse('x'`. */
  function codesIn(...folders: string[]): Map<string, string> {
    const found = new Map<string, string>();
    const files = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => `${folder}/${name}`),
    );
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      for (const [, code] of text.matchAll(
        /\b(?:refused|refusal|fault|refuse|ApiProblem)\(\s*'([a-z]+(?:-[a-z]+)+)'/g,
      )) {
        if (code !== undefined) found.set(code, file);
      }
      const stated = folder(file) === 'api' ? [] : text.matchAll(/\bcode: '([a-z]+(?:-[a-z]+)+)'/g);
      for (const [, code] of stated) if (code !== undefined) found.set(code, file);
      for (const [, list] of text.matchAll(/REFUSALS = \[([^\]]*)\]/g)) {
        for (const [, code] of (list ?? '').matchAll(/'([a-z-]+)'/g)) if (code !== undefined) found.set(code, file);
      }
    }
    return found;
  }

  test('that a process, the register or the API refuses with has a Chinese sentence', () => {
    const codes = codesIn('domain/supervision', 'domain/register', 'domain/kernel', 'api');
    const wordless = [...codes].filter(([code]) => PROBLEM_TEXTS[code] === undefined);
    expect(codes.size).toBeGreaterThan(80);
    expect(wordless).toEqual([]);
  });

  test('is a sentence of its own with a status of refusal', () => {
    for (const [code, { status, text }] of Object.entries(PROBLEM_TEXTS)) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(status, code).toBeGreaterThanOrEqual(400);
      expect(text, code).toMatch(/\p{Script=Han}.*。$/u);
    }
  });
});

describe('kinds', () => {
  test('describe every process', () => {
    expect(KINDS.map(({ kind }) => kind).sort()).toEqual([...PROCESSES.keys()].sort());
  });

  test('name every field of every verb in Chinese', async () => {
    const { kinds } = (await (await api.ask('/api/kinds')).json()) as {
      kinds: {
        kind: string;
        fields: Record<string, string>;
        verbs: { type: string; schema: { properties?: object; $defs?: Record<string, { properties?: object }> } }[];
      }[];
    };
    for (const { kind, fields, verbs } of kinds) {
      for (const { type, schema } of verbs) {
        const shapes = [schema, ...Object.values(schema.$defs ?? {})];
        const names = new Set(shapes.flatMap(({ properties }) => Object.keys(properties ?? {})));
        const wordless = [...names].filter(
          (name) => name !== 'type' && !['digest', 'takenOn'].includes(name) && fields[name] === undefined,
        );
        expect(wordless, `${kind} ${type}`).toEqual([]);
      }
    }
  });
});

test('a deadline reads the same over HTTP and on the command line', async () => {
  const inForce = await inTransaction(api.database.pool, (client) => api.cases.office.inForce(client));
  for (const [rule, from] of [
    ['CP-03', '2026-09-30'],
    ['BB-02', '2026-04-30'],
  ] as const) {
    const answer = answerDeadline({ rule, from, received: undefined });
    if ('refused' in answer) throw new Error(answer.refused.message);
    expect(answeredDeadline(inForce, { rule, from })).toEqual(deadlineJson(answer));
  }
});
