/**
 * One PostgreSQL for a whole test run: started once whatever projects ask for it, with a migrated template database
 * that `createTestDatabase` copies. Tests get the URLs by `inject('postgres')`.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { ensureDatabase, newPassword } from '../../scripts/database.mjs';
import { placeForData, serverUser, startThrowaway } from '../../scripts/postgres.mjs';
import { migrate } from '../../scripts/prisma.mjs';
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

async function start(): Promise<Running> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'zhaodan-test-'));
  // The server may run as another user, who must be able to get to its data.
  await chmod(home, 0o711);
  const dataDir = await placeForData(path.join(home, 'postgres', 'data'), serverUser());
  const server = await startThrowaway({ dataDir, port: await anyFree(), password: newPassword() });
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
