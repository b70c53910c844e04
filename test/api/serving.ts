/** The application on a real database and an ephemeral port, as the tests of this folder use it. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Express } from 'express';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { answerBrokenRequests } from '../../api/broken-requests.ts';
import { createApp } from '../../api/app.ts';
import type { ApiDeps } from '../../api/deps.ts';
import { evidenceOnDisk } from '../../cases/evidence-store.ts';
import { findActorIn } from '../../api/find-actor.ts';
import { createOffice, seedOffice } from '../../cases/office.ts';
import { PROCESSES } from '../../cases/processes.ts';
import { prismaOn } from '../../prisma/client.ts';
import { registerRepository } from '../../prisma/register-repository.ts';
import { NOON } from './district.ts';
import { PUBLIC_URL, sessionsOf, signed, type Cookie } from './signed.ts';
import type { CasesDeps } from '../../cases/deps.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

export interface Serving {
  readonly app: Express;
  readonly url: string;
  readonly database: TestDatabase;
  readonly evidenceDir: string;
  readonly cases: CasesDeps;
  /** Lines of the log, parsed. */
  readonly logged: Record<string, unknown>[];
  /** The cookie of a session of the person: for the post, or for whichever the register gives. One a person and post. */
  sessionOf(person: string, post?: string): Promise<Cookie>;
  /**
   * `fetch` on this application as its own page would: a string path. The header `X-Zhaodan-Person` of the tests becomes
   * that person's session cookie, for the post in `X-Zhaodan-Post` where one is given.
   */
  ask(path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

export async function serve(app: Parameters<typeof listen>[0]): Promise<{ url: string; close: () => Promise<void> }> {
  const server = await listen(app);
  answerBrokenRequests(server);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const listen = (app: { listen: (port: number, host: string, then: () => void) => Server }): Promise<Server> =>
  new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => resolve(server));
  });

/** `change` replaces parts of what the application is made of. */
export async function startApi(change: (deps: ApiDeps) => Partial<ApiDeps> = () => ({})): Promise<Serving> {
  const database = await createTestDatabase();
  const client = await database.pool.connect();
  try {
    await client.query('BEGIN');
    await seedOffice(client, NOON, 'test');
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  const evidenceDir = await mkdtemp(path.join(os.tmpdir(), 'zhaodan-evidence-'));
  const logged: Record<string, unknown>[] = [];
  const log = pino(
    { level: 'info' },
    { write: (line) => void logged.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const cases: CasesDeps = {
    pool: database.pool,
    processes: PROCESSES,
    office: createOffice(),
    build: 'test',
    now: () => Promise.resolve(NOON),
  };
  const prisma = prismaOn(database.pool);
  const deps: ApiDeps = {
    log,
    settings: { requestsAMinute: 0, checkAnswers: true, publicUrl: PUBLIC_URL, trustedProxies: [], overviewKeptMs: 0 },
    pool: database.pool,
    cases,
    notices: { ...cases, publicUrl: PUBLIC_URL, mailDomain: 'test.invalid' },
    register: registerRepository(prisma.prisma),
    findActor: findActorIn(cases),
    signOn: {
      pool: database.pool,
      now: () => Promise.resolve(NOON),
      limits: { idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000 },
      key: randomBytes(32),
      localMode: false,
    },
    evidence: evidenceOnDisk(evidenceDir),
    parts: [{ name: 'database', check: async () => void (await database.pool.query('SELECT 1')) }],
  };
  const changed = { ...deps, ...change(deps) };
  const sessionOf = sessionsOf(changed.signOn);
  const app = createApp(changed);
  const { url, close } = await serve(app);
  return {
    app,
    url,
    database,
    evidenceDir,
    cases,
    logged,
    sessionOf,
    ask: async (where, init) => fetch(`${url}${where}`, await signed(init, sessionOf)),
    async stop() {
      await close();
      await prisma.close();
      await database.drop();
      await rm(evidenceDir, { recursive: true, force: true });
    },
  };
}
