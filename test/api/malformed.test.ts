import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { COMMANDS } from '../../cases/kinds/index.ts';
import { commandName } from '../../cases/kinds/kind.ts';
import { Problem } from '../../api/problem.ts';
import { PROBLEM_TEXTS } from '../../api/problem-texts.ts';
import { by, ROUND, settle } from './district.ts';
import { resolve, sample, wrongs, type Schema, type Schemas } from './schema-samples.ts';
import { startApi, type Serving } from './serving.ts';

interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
}
interface Described {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Schemas };
}

let api: Serving;
let document: Document;
beforeAll(async () => {
  api = await startApi();
  await settle(api.cases);
  document = (await (await api.ask('/api/openapi.json')).json()) as Document;
});
afterAll(() => api.stop());

/** The tests' own sessions, and what is there to remember refused attempts. */
const APART = ['_prisma_migrations', 'accounts', 'sessions', 'sign_in_counts', 'security_log', 'access_log'];

/** Everything else the database holds, as one digest a table. */
async function everything(): Promise<Record<string, string>> {
  const { pool } = api.database;
  const { rows } = await pool.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL($1) ORDER BY 1",
    [APART],
  );
  const digests = rows.map(async ({ name }) => {
    const sum = await pool.query<{ sum: string }>(
      `SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS sum FROM "${name}" t`,
    );
    return [name, sum.rows[0]?.sum ?? ''] as const;
  });
  return Object.fromEntries(await Promise.all(digests));
}

/** What fits each path parameter, so that only one thing is wrong at a time. */
const FITTING: Readonly<Record<string, string>> = { of: 'subject', sha256: 'a'.repeat(64), hash: 'a'.repeat(64) };

interface Request {
  readonly what: string;
  readonly url: string;
  readonly init: RequestInit;
}

function fittingPath(path: string, parameters: readonly Parameter[]): string {
  return parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((url, { name, schema }) => {
      const fits = path.startsWith('/api/cases/')
        ? ROUND
        : (FITTING[name] ?? String(sample(schema, document.components.schemas)));
      return url.replace(`{${name}}`, encodeURIComponent(fits));
    }, path);
}

function* requestsFor(path: string, method: string, described: Described): Generator<Request> {
  const parameters = described.parameters ?? [];
  const { schemas } = document.components;
  const acting = parameters.some(({ name }) => name === 'X-Zhaodan-Post');
  const numbered = parameters.some(({ name }) => name === 'Idempotency-Key');
  const json = described.requestBody?.content['application/json'];
  const url = fittingPath(path, parameters);
  const fitting = json === undefined ? undefined : JSON.stringify(sample(json.schema, schemas));
  const headers = {
    ...(acting ? by('wang') : {}),
    ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
  };
  const request = (what: string, change: RequestInit & { url?: string } = {}): Request => {
    const { url: other = url, ...init } = change;
    return {
      what,
      url: other,
      init: { method, headers, ...(fitting === undefined ? {} : { body: fitting }), ...init },
    };
  };
  const without = (name: string) => Object.fromEntries(Object.entries(headers).filter(([header]) => header !== name));

  for (const { name } of parameters.filter((parameter) => parameter.in === 'path')) {
    const whole = path.replaceAll(/\{(\w+)\}/g, (all, one: string) =>
      one === name ? all : encodeURIComponent(FITTING[one] ?? 'A1'),
    );
    for (const [what, text] of [
      ['odd characters', '%20..%2F%3Cb%3E'],
      ['overlong', 'a'.repeat(700)],
      ['NUL', 'a%00b'],
      ['half a character', '%ED%A0%80'],
      ['bad encoding', '%E4%BD'],
    ] as const) {
      yield request(`path ${name}: ${what}`, { url: whole.replace(`{${name}}`, text) });
    }
  }
  yield request('a query member nobody knows', { url: `${url}?nobody=1` });
  for (const { name, schema } of parameters.filter((parameter) => parameter.in === 'query')) {
    const { type, enum: some, format, pattern, maximum } = resolve(schema, schemas) as Schema & { maximum?: number };
    yield request(`query ${name}: twice`, { url: `${url}?${name}=1&${name}=2&${name}[a]=3` });
    yield request(`query ${name}: NUL`, { url: `${url}?${name}=a%00` });
    yield request(`query ${name}: overlong`, { url: `${url}?${name}=${'a'.repeat(5_000)}` });
    const bounded = type !== 'string' || [some, format, pattern].some((bound) => bound !== undefined);
    // A search text may hold anything that can be kept.
    if (bounded && name !== 'text') yield request(`query ${name}: odd`, { url: `${url}?${name}=%20%3Cb%3E` });
    if (maximum !== undefined) yield request(`query ${name}: too many`, { url: `${url}?${name}=${maximum + 1}` });
  }
  if (acting) {
    yield request('nobody acts', { headers: without('X-Zhaodan-Person') });
    yield request('a stranger acts', { headers: { ...headers, 'X-Zhaodan-Person': 'nobody' } });
    yield request('an odd person acts', { headers: { ...headers, 'X-Zhaodan-Person': 'a b' } });
    yield request('for a post not held', { headers: { ...headers, 'X-Zhaodan-Post': 'cadre' } });
  }
  if (numbered) {
    yield request('no key', { headers: without('Idempotency-Key') });
    yield request('an overlong key', { headers: { ...headers, 'Idempotency-Key': 'k'.repeat(201) } });
    yield request('an odd key', { headers: { ...headers, 'Idempotency-Key': 'k k' } });
  }
  if (json !== undefined) yield* badBodies(request, json.schema);
  else if (described.requestBody !== undefined) yield* badUploads(request);
}

function* badBodies(request: (what: string, change: RequestInit) => Request, schema: Schema): Generator<Request> {
  const { schemas } = document.components;
  for (const [what, body] of [
    ['no body', ''],
    ['broken JSON', '{"a":'],
    ['JSON that is a number', '7'],
    ['JSON that is a list', '[]'],
    ['JSON that is null', 'null'],
    ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['a shadowing name', '{"__proto__":{"type":"x"}}'],
    ['NUL in a name', '{"a\\u0000":1}'],
    ['half a character in a name', '{"a\\ud800":1}'],
    ['more than a megabyte', `{"a":"${'x'.repeat(1_100_000)}"}`],
  ] as const) {
    yield request(what, { body });
  }
  yield request('bytes that are not UTF-8', { body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) });
  yield request('another content type', { headers: { ...by('wang'), 'Content-Type': 'text/plain' } });
  yield request('another charset', { headers: { ...by('wang'), 'Content-Type': 'application/json; charset=gbk' } });
  for (const { what, value } of wrongs(schema, sample(schema, schemas), schemas)) {
    yield request(what, { body: JSON.stringify(value) });
  }
}

function* badUploads(request: (what: string, change: RequestInit) => Request): Generator<Request> {
  const type = (text: string) => ({ headers: { ...by('wang'), 'Content-Type': text } });
  yield request('an upload of nothing', { ...type('application/octet-stream'), body: '' });
  yield request('an upload as text', { ...type('text/plain'), body: 'text' });
  yield request('an upload of another kind', { ...type('application/octet-stream'), body: '<html></html>' });
}

/** Sends it and says what is wrong with the answer; undefined when it was refused as it should be. */
async function complaintAbout({ url, init }: Request): Promise<string | undefined> {
  const response = await api.ask(url, init);
  const text = await response.text();
  if (response.status < 400 || response.status > 499) return `${response.status} ${text.slice(0, 300)}`;
  const problem = Problem.safeParse(JSON.parse(text));
  if (!problem.success) return `not a problem: ${text.slice(0, 300)}`;
  const { code, detail, status } = problem.data;
  if (status !== response.status) return `says ${status}, is ${response.status}`;
  if (PROBLEM_TEXTS[code] === undefined) return `unknown code ${code}`;
  return /\p{Script=Han}.*。$/su.test(detail) ? undefined : `not a sentence: ${detail}`;
}

async function complaints(requests: Iterable<Request>): Promise<{ sent: number; wrong: string[] }> {
  const wrong: string[] = [];
  let sent = 0;
  for (const request of requests) {
    sent += 1;
    const complaint = await complaintAbout(request);
    if (complaint !== undefined)
      wrong.push(`${request.init.method ?? 'GET'} ${request.url.slice(0, 80)} · ${request.what}: ${complaint}`);
  }
  return { sent, wrong };
}

describe('a malformed request', () => {
  test(
    'is refused by every route with a code and a sentence, and nothing is written',
    { timeout: 120_000 },
    async () => {
      const before = await everything();
      const all: { sent: number; wrong: string[] }[] = [];
      for (const [path, methods] of Object.entries(document.paths)) {
        for (const [method, described] of Object.entries(methods)) {
          all.push(await complaints(requestsFor(path, method.toUpperCase(), described)));
        }
      }
      expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
      expect(all.reduce((sum, { sent }) => sum + sent, 0)).toBeGreaterThan(500);
      expect(await everything()).toEqual(before);
    },
  );

  test('is refused by every command of every kind likewise', { timeout: 60_000 }, async () => {
    const before = await everything();
    const url = `/api/cases/${encodeURIComponent(ROUND)}/commands`;
    let sent = 0;
    for (const [kind, schema] of COMMANDS) {
      const at = kind === 'round' ? url : `/api/cases/${kind}%2FA1/commands`;
      const { $defs = {} } = z.toJSONSchema(schema, { io: 'input' }) as { $defs?: Schemas };
      const { oneOf = [] } = $defs[commandName(kind)] ?? {};
      for (const verb of oneOf) {
        const bodies = wrongs(verb, sample(verb, $defs), $defs).map(({ what, value }): Request => ({
          what: `${kind} ${what}`,
          url: at,
          init: {
            method: 'POST',
            headers: { ...by('wang'), 'Content-Type': 'application/json' },
            body: JSON.stringify(value),
          },
        }));
        const answered = await complaints(bodies);
        expect(answered.wrong).toEqual([]);
        sent += answered.sent;
      }
    }
    expect(sent).toBeGreaterThan(200);
    expect(await everything()).toEqual(before);
  });

  test('differs in one place from one that fits', () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'api', components: document.components });
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, { requestBody }] of Object.entries(methods)) {
        const schema = requestBody?.content['application/json']?.schema;
        if (schema === undefined) continue;
        const text = JSON.stringify(schema).replaceAll('#/components', 'api#/components');
        const fits = ajv.validate(JSON.parse(text) as object, sample(schema, document.components.schemas));
        expect(fits, `${method} ${path}: ${ajv.errorsText()}`).toBe(true);
      }
    }
  });
});
