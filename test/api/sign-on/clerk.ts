/** People who sign in as a browser does: an office with one known account, a clock in the test's hand, and a jar of cookies. */
import { inTransaction } from '../../../cases/transaction.ts';
import { insertAccount } from '../../../sign-on/account-office.ts';
import type { SignOnDeps } from '../../../sign-on/deps.ts';
import { hashPassword } from '../../../sign-on/passwords.ts';
import { found, NOON } from '../district.ts';
import { startApi, type Serving } from '../serving.ts';
import type { ApiDeps } from '../../../api/deps.ts';

export const PASSWORD = 'Correct-Horse-7';

export interface SignOnOffice {
  readonly api: Serving;
  readonly deps: SignOnDeps;
  /** Moves the clock. */
  wait(ms: number): void;
  readonly at: () => number;
  /** The events of the security log since the beginning, oldest first. */
  events(person?: string): Promise<readonly string[]>;
  /** An account of a person of the district, with `PASSWORD` and nothing to change. */
  account(person: string, name: string): Promise<void>;
  sessions(): Promise<number>;
  stop(): Promise<void>;
}

/** `change` may want the sign-on as it is made, e.g. to add a single sign-on. */
export async function startOffice(
  change: (deps: ApiDeps, signOn: SignOnDeps) => Partial<ApiDeps> = () => ({}),
): Promise<SignOnOffice> {
  let now = NOON;
  let made: SignOnDeps | undefined;
  const api = await startApi((deps) => {
    const signOn: SignOnDeps = { ...deps.signOn, now: () => Promise.resolve(now) };
    made = signOn;
    return { signOn, ...change(deps, signOn) };
  });
  if (made === undefined) throw new Error('not started');
  const deps = made;
  await found(api.cases);
  const { pool } = api.database;
  const hash = await hashPassword(PASSWORD);
  return {
    api,
    deps,
    wait: (ms) => (now += ms),
    at: () => now,
    async events(person) {
      const { rows } = await pool.query<{ event: string }>(
        'SELECT event FROM security_log WHERE $1::text IS NULL OR person = $1 ORDER BY id',
        [person ?? null],
      );
      return rows.map(({ event }) => event);
    },
    account: (person, name) =>
      inTransaction(pool, async (client) => {
        await insertAccount(client, { person, name, hash, at: now });
        await client.query('UPDATE accounts SET must_change = false WHERE person_id = $1', [person]);
      }),
    async sessions() {
      const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM sessions');
      return rows[0]?.n ?? 0;
    },
    stop: () => api.stop(),
  };
}

interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** A browser: keeps what it is given, sends it back, and says that its own page asks. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #api: Serving;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(api: Serving, headers: Readonly<Record<string, string>> = { 'Sec-Fetch-Site': 'same-origin' }) {
    this.#api = api;
    this.#headers = headers;
  }

  get token(): string | undefined {
    return this.cookies.get('zhaodan');
  }

  /** Raw `fetch`: nothing is followed, what is set is kept. */
  async fetch(where: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers({ ...this.#headers, ...(init.headers as Record<string, string> | undefined) });
    const jar = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    if (jar !== '') headers.set('Cookie', jar);
    const url = where.startsWith('http') ? where : `${this.#api.url}${where}`;
    const response = await fetch(url, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const value = pair.slice(at + 1);
      if (value === '') this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), value);
    }
    return response;
  }

  async ask<T = { code?: string; detail?: string }>(
    method: string,
    where: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<T>> {
    const init =
      body === undefined
        ? { headers }
        : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...headers } };
    const response = await this.fetch(where, { method, ...init });
    return { status: response.status, body: (await response.json()) as T, headers: response.headers };
  }

  signIn(name: string, password: string = PASSWORD) {
    return this.ask<{
      awaits: string | null;
      session: { person: { id: string } } | null;
      code?: string;
      detail?: string;
    }>('POST', '/api/session', { name, password });
  }

  async status(where = '/api/session'): Promise<number> {
    return (await this.ask('GET', where)).status;
  }
}
