import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ESLint } from 'eslint';
import ts from 'typescript-eslint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..', '..');
const WALL = '@typescript-eslint/no-restricted-imports';

/** The project's own rules over text that is in no file, so without the rules that need types. */
const eslint = new ESLint({ cwd: root, overrideConfig: [{ files: ['**/*.ts'], ...ts.configs.disableTypeChecked }] });

async function refused(file: string, line: string): Promise<boolean> {
  const [result] = await eslint.lintText(`${line}\n`, { filePath: path.join(root, file) });
  const messages = result?.messages ?? [];
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  return messages.some(({ ruleId }) => ruleId === WALL);
}

describe('the walls between the folders', () => {
  test.each([
    ['domain/kernel/x.ts', "import { readFileSync } from 'node:fs';"],
    ['domain/kernel/x.ts', "import pg from 'pg';"],
    ['domain/kernel/x.ts', "import { z } from 'zod';"],
    ['domain/kernel/x.ts', "import { apply } from '../../cases/apply.ts';"],
    ['domain/kernel/x.ts', "import type { Config } from '../../config/config.ts';"],
    ['domain/kernel/x.ts', "import policies from '../../data/policies/a.json';"],
    ['cases/x.ts', "import { obligation } from '../workflows/obligation.ts';"],
    ['cases/x.ts', "import { Client } from '@temporalio/client';"],
    ['cases/x.ts', "import { app } from '../api/app.ts';"],
    ['cases/register/x.ts', "import { createActivities } from '../../activities/index.ts';"],
    ['sign-on/x.ts', "import { app } from '../api/app.ts';"],
    ['sign-on/x.ts', "import express from 'express';"],
    ['sign-on/x.ts', "import { applyCommand } from '../cases/apply.ts';"],
    ['cases/x.ts', "import { signIn } from '../sign-on/sign-in.ts';"],
    ['activities/x.ts', "import { obligation } from '../workflows/obligation.ts';"],
    ['activities/x.ts', "import { proxyActivities } from '@temporalio/workflow';"],
    ['activities/x.ts', "import { app } from '../api/app.ts';"],
    ['workflows/x.ts', "import { setTimeout } from 'node:timers/promises';"],
    ['workflows/x.ts', "import crypto from 'crypto';"],
    ['workflows/x.ts', "import { Client } from '@temporalio/client';"],
    ['workflows/x.ts', "import { createActivities } from '../activities/index.ts';"],
    ['workflows/x.ts', "import { dueOf } from '../domain/kernel/due.ts';"],
    ['workflows/x.ts', "import type { Db } from '../cases/deps.ts';"],
    ['workflows/x.ts', "import { z } from 'zod';"],
    ['drivers/x.ts', "import { app } from '../api/app.ts';"],
    ['drivers/x.ts', "import { obligation } from '../workflows/obligation.ts';"],
    ['cases/x.ts', "import { temporalDrivers } from '../drivers/temporal-drivers.ts';"],
    ['prisma/x.ts', "import { app } from '../api/app.ts';"],
    ['config/x.ts', "import { apply } from '../cases/apply.ts';"],
    ['worker/x.ts', "import { app } from '../api/app.ts';"],
    ['worker/x.ts', "import { program } from '../cli/main.ts';"],
    ['api/x.ts', "import { obligation } from '../workflows/obligation.ts';"],
    ['api/routes/x.ts', "import type { Activities } from '../../activities/index.ts';"],
    ['api/x.ts', "import { Worker } from '@temporalio/worker';"],
    ['api/x.ts', "import { program } from '../cli/main.ts';"],
    ['cli/x.ts', "import { app } from '../api/app.ts';"],
    ['cli/x.ts', "import { workerMain } from '../worker/main.ts';"],
    ['cli/x.ts', "import { obligation } from '../workflows/index.ts';"],
  ])('%s may not say %s', async (file, line) => {
    expect(await refused(file, line)).toBe(true);
  });

  test.each([
    ['domain/kernel/x.ts', "import { Temporal } from 'temporal-polyfill';"],
    ['domain/rules/x.ts', "import type { Rule } from '../kernel/rule.ts';"],
    ['cases/x.ts', "import { dueOf } from '../domain/kernel/due.ts';"],
    ['sign-on/x.ts', "import { heldPosts } from '../cases/register/acting.ts';"],
    ['activities/x.ts', "import { apply } from '../cases/apply.ts';"],
    ['activities/x.ts', "import { caseWorkflowId } from '../workflows/ids.ts';"],
    ['workflows/x.ts', "import type { Activities } from '../activities/index.ts';"],
    ['workflows/x.ts', "import { proxyLocalActivities } from '@temporalio/workflow';"],
    ['workflows/x.ts', "import { changed } from './messages.ts';"],
    ['worker/x.ts', "import { createActivities } from '../activities/index.ts';"],
    ['api/x.ts', "import { changed } from '../workflows/messages.ts';"],
    ['drivers/x.ts', "import { changed } from '../workflows/messages.ts';"],
    ['cli/x.ts', "import { temporalDrivers } from '../drivers/temporal-drivers.ts';"],
    ['cli/x.ts', "import { caseWorkflowId } from '../workflows/ids.ts';"],
  ])('%s may say %s', async (file, line) => {
    expect(await refused(file, line)).toBe(false);
  });

  test('only an edge reads the environment', async () => {
    const read = async (file: string) => {
      const [result] = await eslint.lintText("export const x = process.env['X'];\n", {
        filePath: path.join(root, file),
      });
      return result?.messages.some(({ ruleId }) => ruleId === 'no-restricted-properties');
    };
    expect(await read('cases/x.ts')).toBe(true);
    expect(await read('api/app.ts')).toBe(true);
    expect(await read('worker/main.ts')).toBe(false);
  });
});

describe('dependency-cruiser, which follows imports to the end', () => {
  const files = {
    'domain/a.ts': "import { b } from './b.ts';\nexport const a = b;\n",
    'domain/b.ts': "import { a } from './a.ts';\nexport const b = a;\n",
    'domain/c.ts': "export { app } from '../api/app.ts';\n",
    'api/app.ts': "export { act } from '../activities/act.ts';\nexport const app = 1;\n",
    'activities/act.ts': 'export const act = 1;\n',
    'workflows/w.ts': "import { act } from '../activities/act.ts';\nexport const w = act;\n",
    'web/page.ts': "export { b } from '../domain/b.ts';\n",
    'cases/c.ts': "export { b } from '../web/page.ts';\n",
    'workflows/t.ts': "import type { act } from '../activities/act.ts';\nexport type T = typeof act;\n",
  };
  let copy = '';

  beforeAll(async () => {
    copy = await mkdtemp(path.join(os.tmpdir(), 'zhaodan-layers-'));
    for (const [file, text] of Object.entries(files)) {
      await mkdir(path.join(copy, path.dirname(file)), { recursive: true });
      await writeFile(path.join(copy, file), text);
    }
    await writeFile(path.join(copy, 'tsconfig.json'), '{"compilerOptions":{"module":"NodeNext"}}');
  });
  afterAll(() => rm(copy, { recursive: true, force: true }));

  test('sees a circle, a wall broken and nothing in what is allowed', async () => {
    const program = path.join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
    const config = path.join(root, '.dependency-cruiser.cjs');
    const args = [program, '--config', config, '--output-type', 'json'];
    const folders = ['domain', 'cases', 'api', 'activities', 'workflows', 'web'];
    const { stdout } = await promisify(execFile)(process.execPath, [...args, ...folders], { cwd: copy });
    const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
    const found = summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`);
    expect(found.sort()).toEqual([
      'api/app.ts: edges-run-no-activity',
      'cases/c.ts: nobody-imports-the-console',
      'domain/a.ts: no-circle',
      'domain/c.ts: domain-is-pure',
      'domain/c.ts: nobody-imports-an-edge',
      'web/page.ts: console-knows-only-its-own',
      'workflows/w.ts: workflows-take-types-only',
    ]);
  });
});
