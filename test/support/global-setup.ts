/**
 * One PostgreSQL for a whole test run: started once whatever projects ask for it, with a migrated template database
 * that `createTestDatabase` copies. Tests get the URLs by `inject('postgres')`.
 */
import { chmod, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureDatabase, newPassword } from '../../scripts/database.mjs';
import { placeForData, serverUser, startThrowaway } from '../../scripts/postgres.mjs';
import { migrate } from '../../scripts/prisma.mjs';
import { isRunning, startOf } from '../../scripts/setup/lock.mjs';
import { anyFree } from '../../scripts/setup/ports.mjs';

export interface TestPostgres {
  /** Of the superuser, on the maintenance database. */
  readonly adminUrl: string;
  /** Of the owner role, on the template database. Nobody may stay connected to it. */
  readonly ownerUrl: string;
  /** Of the application role, on the template database. */
  readonly appUrl: string;
  readonly template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestPostgres;
  }
}

interface Running {
  readonly postgres: TestPostgres;
  readonly stop: () => Promise<void>;
}

/** Vitest loads this file once a project; what they share hangs on the process. */
const shared = process as NodeJS.Process & { zhaodanTestPostgres?: { running: Promise<Running>; users: number } };

/** Who runs here, and which server is his: so that a later run can clear up after one that was killed. */
interface Owner {
  readonly owner: { readonly pid: number; readonly started: string };
  readonly server: { readonly pid: number; readonly started: string };
}

const PREFIX = 'zhaodan-test-';
const OWNER_FILE = 'owner.json';

/** Ends the servers of runs that were killed before their teardown, and removes their data. */
async function clearAbandoned(): Promise<void> {
  for (const name of await readdir(os.tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const home = path.join(os.tmpdir(), name);
    const text = await readFile(path.join(home, OWNER_FILE), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const { owner, server } = JSON.parse(text) as Owner;
    if (await isRunning(owner.pid, owner.started)) continue;
    if (await isRunning(server.pid, server.started)) process.kill(server.pid, 'SIGQUIT');
    await rm(home, { recursive: true, force: true });
  }
}

const identified = async (pid: number) => ({ pid, started: await startOf(pid) });

async function start(): Promise<Running> {
  await clearAbandoned();
  const home = await mkdtemp(path.join(os.tmpdir(), PREFIX));
  // The server may run as another user, who must be able to get to its data.
  await chmod(home, 0o711);
  const dataDir = await placeForData(path.join(home, 'postgres', 'data'), serverUser());
  const server = await startThrowaway({ dataDir, port: await anyFree(), password: newPassword() });
  const owner: Owner = { owner: await identified(process.pid), server: await identified(server.pid) };
  await writeFile(path.join(home, OWNER_FILE), JSON.stringify(owner));
  const template = 'zhaodan_template';
  const { ownerUrl, appUrl } = await ensureDatabase(server.url, template);
  await migrate(ownerUrl);
  return {
    postgres: { adminUrl: server.url, ownerUrl, appUrl, template },
    async stop() {
      await server.stop();
      await rm(home, { recursive: true, force: true });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const use = (shared.zhaodanTestPostgres ??= { running: start(), users: 0 });
  use.users += 1;
  const { postgres, stop } = await use.running;
  project.provide('postgres', postgres);
  return async () => {
    use.users -= 1;
    if (use.users > 0) return;
    delete shared.zhaodanTestPostgres;
    await stop();
  };
}
