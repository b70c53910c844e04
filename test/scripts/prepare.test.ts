import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { onDatabase, withClient } from '../../scripts/database.mjs';
import { localServer } from '../support/temporal.ts';

const { adminUrl, ownerUrl, appUrl } = inject('postgres');
const script = path.resolve(import.meta.dirname, '..', '..', 'scripts', 'prepare.mjs');
let temporal: TestWorkflowEnvironment;

beforeAll(async () => {
  temporal = await localServer();
});
afterAll(async () => {
  await temporal.teardown();
  await withClient(adminUrl, (admin) => admin.query('DROP DATABASE IF EXISTS prepared WITH (FORCE)'));
});

const prepare = (env: Record<string, string>) =>
  promisify(execFile)(process.execPath, [script], { env: { PATH: process.env['PATH'] ?? '', ...env } });

test('an empty server and an empty Temporal are made ready, and a second time changes nothing', async () => {
  const env = {
    DATABASE_ADMIN_URL: adminUrl,
    DATABASE_OWNER_PASSWORD: new URL(ownerUrl).password,
    DATABASE_URL: onDatabase(appUrl, 'prepared'),
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: 'prepared',
  };
  for (let time = 1; time <= 2; time += 1) {
    await prepare(env);
    const { rows } = await withClient(env.DATABASE_URL, (app) => app.query('SELECT count(*)::int AS n FROM entries'));
    expect(rows).toEqual([{ n: 0 }]);
    const { customAttributes } = await temporal.connection.operatorService.listSearchAttributes({
      namespace: 'prepared',
    });
    expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining(['CaseKind', 'CaseUnit', 'CaseStage']));
  }
});

test('what is not said is asked for in a sentence', async () => {
  await expect(prepare({ DATABASE_ADMIN_URL: adminUrl })).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('没有设置 DATABASE_URL'),
  });
});
