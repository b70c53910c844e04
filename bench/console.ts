/**
 * `npm run bench -- console`: is every read of the console fast with a district's full data and twenty people at once?
 * Composition only; scripts/bench.mjs keeps the data and starts the API. Ends with 1 when a read is slower than its bar.
 */
import os from 'node:os';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { Registry } from 'prom-client';
import type { ApiDeps } from '../api/deps.ts';
import { operations } from '../api/operations.ts';
import { readClock } from '../cases/deps.ts';
import { loadConfig } from '../config/config.ts';
import { localDate } from '../domain/kernel/civil-day.ts';
import { CONSOLE_READS, boundOf } from './console-reads.ts';
import { consoleAsMarkdown, consoleAsTable, sizesOf, type ReadFigure } from './console-report.ts';
import { addressOf, takeSample } from './console-sample.ts';
import { consoleUsers, lanesOf } from './console-users.ts';
import { getter, type Getter } from './getter.ts';
import { machine } from './machine.ts';
import { cookieOf } from './signed-in.ts';

const { values } = parseArgs({
  options: {
    // At once, each asking again as soon as it was answered.
    users: { type: 'string', default: '20' },
    requests: { type: 'string', default: '10' },
    only: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    markdown: { type: 'boolean', default: false },
  },
});

const USERS = Number(values.users);

/** Every lane asks so often; the first time of each is thrown away. */
async function ask(client: Getter, path: string, lanes: readonly string[], each: number): Promise<number[]> {
  const taken: number[] = [];
  await Promise.all(
    lanes.map(async (cookie) => {
      await client.get(path, cookie);
      for (let nth = 0; nth < each; nth += 1) taken.push(await client.get(path, cookie));
    }),
  );
  return taken.sort((a, b) => a - b);
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

async function measureReads(api: string, pool: pg.Pool, today: string): Promise<readonly ReadFigure[]> {
  const sample = await takeSample(pool, today);
  const users = await consoleUsers(pool);
  const asking = { lanes: USERS, holder: await cookieOf(pool, sample.person, sample.post) };
  // Operations describe themselves; nothing is called.
  const all = operations({ parts: [], settings: { publicUrl: api } } as unknown as ApiDeps, new Registry());
  const client = getter(api, USERS);
  try {
    const bare = at(await ask(client, '/health/live', lanesOf(users, {}, { ...asking, one: false }), 50), 0.5);
    const figures: ReadFigure[] = [];
    for (const { path, questions } of CONSOLE_READS) {
      const operation = all.find((one) => one.path === path && one.method === 'get');
      if (operation === undefined || !path.includes(values.only)) continue;
      for (const question of questions) {
        const one = path.includes('{') || question.namesUnit === true;
        const lanes = lanesOf(users, operation, { ...asking, one });
        const taken = await ask(client, addressOf(path, sample) + question.ask(sample), lanes, Number(values.requests));
        const figure = {
          path,
          what: question.what ?? '',
          p50: at(taken, 0.5),
          p95: at(taken, 0.95),
          max: at(taken, 1),
        };
        figures.push({ ...figure, ratio: figure.p50 / bare, withinMs: boundOf(question) });
        console.error(`  ${path} ${figure.what} ${figure.p95.toFixed(0)} ms`);
      }
    }
    return figures;
  } finally {
    client.close();
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const loadBefore = os.loadavg()[0] ?? 0;
const config = loadConfig(process.env);
const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: 4 });
const connection = await pool.connect();
const today = localDate(await readClock({}, connection).finally(() => connection.release()));
const figures = await measureReads(config.PUBLIC_URL, pool, today);
const report = {
  on: today,
  build: config.BUILD_ID,
  users: USERS,
  requests: Number(values.requests),
  sizes: await sizesOf(pool),
  machine: await machine(pool, loadBefore),
  figures,
};
await pool.end();
process.stdout.write(
  values.json
    ? `${JSON.stringify(report, null, 2)}\n`
    : values.markdown
      ? consoleAsMarkdown(report)
      : consoleAsTable(report),
);
process.exitCode = figures.some(({ p95, withinMs }) => p95 > withinMs) ? 1 : 0;
