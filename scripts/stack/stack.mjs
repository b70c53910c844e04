/**
 * Which processes make the local stack, in which order they start, and what each is told? A component that the
 * environment already names (DATABASE_URL, TEMPORAL_ADDRESS, SMTP_URL) is used and not started.
 */
import { mkdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureDatabase } from '../database.mjs';
import { placeForData, preparePostgres, serverUser, untilPostgresAnswers } from '../postgres.mjs';
import { migrate } from '../prisma.mjs';
import { builtEnv } from '../setup/build.mjs';
import { temporalCli } from '../setup/components.mjs';
import { inRoot, inState, root } from '../setup/paths.mjs';
import { isFree, nextFree } from '../setup/ports.mjs';
import { SetupError, say, step } from '../setup/say.mjs';
import { databasePasswords, signOnKey, writePrivate } from './secrets.mjs';
import { supervise } from './supervise.mjs';
import { prepareTemporal, searchAttributes } from './temporal.mjs';

const LOOPBACK = '127.0.0.1';
const READY_MS = 180_000;

/** How long each process is given when Ctrl-C is pressed a second time. */
const HURRY_MS = 2_000;

/** A worker's Temporal SDK exports its own metrics so far above the worker's port (worker/metrics.ts). */
const SDK_METRICS_ABOVE = 1_000;

/** Where each listens when nobody else does. */
const PORTS = { postgres: 54_329, temporal: 7233, temporalUi: 8233, smtp: 1025, mails: 8025, api: 3000, metrics: 9464 };

/** @typedef {import('./supervise.mjs').Supervised} Supervised */
/** @typedef {{ api: string; mails?: string; temporalUi?: string; database: string; temporal: string; smtp: string; metrics: string[] }} Addresses */

/**
 * One local stack. It can be closed at any moment, also half-way up.
 * @param {{ port?: number; workers: number }} options
 */
export function localStack({ port, workers }) {
  const started = /** @type {Supervised[]} */ ([]);
  let closing = false;
  const taken = /** @type {Set<number>} */ (new Set());
  const start = async (/** @type {import('./supervise.mjs').Program} */ program) => {
    if (closing) throw new SetupError('正在停止');
    started.push(await supervise(program));
  };

  /** @returns {Promise<{ ownerUrl: string; appUrl: string }>} */
  async function database() {
    const given = process.env['DATABASE_URL'];
    if (given) return { ownerUrl: process.env['MIGRATION_DATABASE_URL'] ?? given, appUrl: given };
    return step('PostgreSQL', async () => {
      const passwords = await databasePasswords();
      const dataDir = await placeForData(inState('postgres', 'data'), serverUser());
      const listen = await nextFree(PORTS.postgres, taken);
      const server = await preparePostgres({ dataDir, port: listen, password: passwords.superuser });
      await start({
        name: 'postgres',
        title: 'PostgreSQL ',
        ...server,
        stopSignal: 'SIGINT',
        stopWithinMs: 30_000,
      });
      await untilPostgresAnswers(server.url);
      return ensureDatabase(server.url, 'zhaodan', passwords);
    });
  }

  /** @returns {Promise<{ address: string; ui?: string }>} */
  async function temporal() {
    const given = process.env['TEMPORAL_ADDRESS'];
    const namespace = process.env['TEMPORAL_NAMESPACE'] ?? 'zhaodan';
    if (given) {
      await step(`Temporal(${given})`, async () => prepareTemporal(given, namespace, await searchAttributes()));
      return { address: given };
    }
    const command = await temporalCli();
    return step('Temporal', async () => {
      const listen = await nextFree(PORTS.temporal, taken);
      const ui = await nextFree(PORTS.temporalUi, taken);
      const args = ['server', 'start-dev', '--ip', LOOPBACK, '--port', `${listen}`, '--ui-port', `${ui}`];
      await start({
        name: 'temporal',
        title: 'Temporal ',
        command,
        args: [...args, '--db-filename', inState('temporal.db'), '--log-level', 'error'],
      });
      await prepareTemporal(`${LOOPBACK}:${listen}`, namespace, await searchAttributes());
      return { address: `${LOOPBACK}:${listen}`, ui: `http://${LOOPBACK}:${ui}/namespaces/${namespace}/workflows` };
    });
  }

  /** @returns {Promise<{ url: string; page?: string }>} */
  async function mail() {
    const given = process.env['SMTP_URL'];
    if (given) return { url: given };
    return step('邮件截获', async () => {
      const smtp = await nextFree(PORTS.smtp, taken);
      const pages = await nextFree(PORTS.mails, taken);
      const script = inRoot('scripts', 'mail-catcher', 'main.mjs');
      const args = ['--smtp-port', `${smtp}`, '--page-port', `${pages}`, '--dir', inState('mail')];
      await start({ name: 'mail', title: '邮件截获', command: process.execPath, args: [script, ...args], cwd: root });
      const page = `http://${LOOPBACK}:${pages}/`;
      await untilAnswers(page, 15_000);
      return { url: `smtp://${LOOPBACK}:${smtp}`, page };
    });
  }

  async function apiPort() {
    const asked = port ?? (process.env['PORT'] ? Number(process.env['PORT']) : undefined);
    if (asked === undefined) return nextFree(PORTS.api, taken);
    if (!(await isFree(asked)))
      throw new SetupError(`端口 ${asked} 已被占用,请换一个:npm start -- --port ${asked + 1}`);
    taken.add(asked);
    return asked;
  }

  return {
    /** Brings everything up to a ready API; what the processes run with is left in `.zhaodan/env.json`. */
    async up() {
      const { ownerUrl, appUrl } = await database();
      await step('数据库结构', () => migrate(ownerUrl));
      const { address, ui } = await temporal();
      const { url: smtp, page } = await mail();
      const api = `http://${LOOPBACK}:${await apiPort()}`;
      const metrics = /** @type {number[]} */ ([]);
      for (let nth = 0; nth < workers; nth += 1) {
        metrics.push(await nextFree(PORTS.metrics, taken, SDK_METRICS_ABOVE));
      }

      await mkdir(inState('evidence'), { recursive: true, mode: 0o700 });
      const env = chosen({
        NODE_ENV: 'development',
        DATABASE_URL: appUrl,
        TEMPORAL_ADDRESS: address,
        TEMPORAL_NAMESPACE: 'zhaodan',
        ...(ui === undefined ? {} : { TEMPORAL_UI_URL: ui }),
        SMTP_URL: smtp,
        SMTP_TLS: page === undefined ? 'starttls' : 'off',
        MAIL_FROM: 'zhaodan@zhaodan.example',
        HOST: LOOPBACK,
        PUBLIC_URL: api,
        LOCAL_MODE: 'true',
        SIGN_ON_KEY: await signOnKey(),
        NOTICE_SLOT_MINUTES: '2',
        EVIDENCE_DIR: inState('evidence'),
        ...(await builtEnv()),
      });
      env['PORT'] = new URL(api).port;
      await writePrivate(inState('env.json'), env);

      const node = (/** @type {string} */ name, /** @type {string} */ title, /** @type {string} */ script, more = {}) =>
        start({
          name,
          title,
          command: process.execPath,
          args: ['--enable-source-maps', inRoot('dist', script, 'main.js')],
          cwd: root,
          env: { ...process.env, ...env, ...more },
          stopWithinMs: 40_000,
        });
      await step('工作进程与接口', async () => {
        for (const [nth, listen] of metrics.entries()) {
          await node(`worker-${nth + 1}`, '工作进程', 'worker', { METRICS_PORT: `${listen}` });
        }
        await node('api', '接口', 'api');
        await untilAnswers(`${api}/health/ready`, READY_MS);
      });
      return {
        env: { ...process.env, ...env },
        ownerUrl,
        addresses: /** @type {Addresses} */ ({
          api,
          ...(page === undefined ? {} : { mails: page }),
          ...(ui === undefined ? {} : { temporalUi: ui }),
          database: new URL(appUrl).host,
          temporal: address,
          smtp: new URL(smtp).host,
          metrics: metrics.map((listen) => `http://${LOOPBACK}:${listen}/metrics`),
        }),
      };
    },

    /** Ends everything, last started first: API, workers, mail, Temporal, PostgreSQL. */
    async close() {
      closing = true;
      if (started.length > 0) say('· 正在停止(再按一次 Ctrl-C 加快)…');
      for (const one of started.toReversed()) {
        await one.stop();
        say(`  ${one.title}已停止`);
      }
    },

    /** Cuts a `close` under way short: whatever has not ended in two seconds is killed. */
    hurry() {
      for (const one of started) void one.stop(HURRY_MS);
    },
  };
}

/** The stack's own choice for each variable, unless the person starting it made another. */
const chosen = (/** @type {Record<string, string>} */ ours) =>
  Object.fromEntries(Object.entries(ours).map(([key, value]) => [key, process.env[key] || value]));

/** Waits for a 2xx; says what the last answer was when none comes. */
async function untilAnswers(/** @type {string} */ url, /** @type {number} */ withinMs) {
  const giveUpAt = Date.now() + withinMs;
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
      async (response) => (response.ok ? undefined : `${response.status} ${await response.text()}`),
      (/** @type {Error} */ error) => (error.cause instanceof Error ? error.cause.message : error.message),
    );
    if (answer === undefined) return;
    if (Date.now() > giveUpAt) {
      throw new SetupError(`${url} 在 ${withinMs / 1000} 秒内没有就绪:${answer}\n日志在 ${inState('log')}`);
    }
    await sleep(250);
  }
}
