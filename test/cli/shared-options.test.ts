import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSample } from '../../cases/register/sample/load.ts';
import { caseWorld, type CaseWorld } from '../support/case-world.ts';
import { zhaodanIn, type Zhaodan } from './zhaodan.ts';

let world: CaseWorld;
let zhaodan: Zhaodan;
let home: string;

beforeAll(async () => {
  world = await caseWorld({ start: '2026-10-08T09:00' });
  await loadSample(world.deps, { scale: 0.01 });
  zhaodan = zhaodanIn(world);
  home = mkdtempSync(path.join(tmpdir(), 'zhaodan-cli-'));
});
afterAll(async () => {
  await world.close();
  await rm(home, { recursive: true, force: true });
});

describe('options that the program and a command both know', () => {
  test.each([
    ['before the command', ['--json', 'notices', 'list']],
    ['after it', ['notices', 'list', '--json']],
  ])('--json works %s', async (_where, words) => {
    const { out, code } = await zhaodan(...words);
    expect(code).toBe(0);
    expect(Array.isArray(JSON.parse(out))).toBe(true);
  });

  test('--post filters the notices that are listed', async () => {
    const all = JSON.parse((await zhaodan('notices', 'list', '--json', '--limit', '500')).out) as { post: string }[];
    const post = all[0]?.post ?? '';
    const some = JSON.parse((await zhaodan('notices', 'list', '--json', '--limit', '500', '--post', post)).out) as {
      post: string;
    }[];
    expect(some.length).toBeGreaterThan(0);
    expect(some.every((notice) => notice.post === post)).toBe(true);
    expect(some.length).toBeLessThan(all.length);
  });

  test('an import takes --as, and an exported register comes back all the same', async () => {
    const file = path.join(home, 'register.xlsx');
    expect((await zhaodan('register', 'export', file)).code).toBe(0);
    const { code, err, out } = await zhaodan('register', 'import', file, '--as', 'p00002');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/相同|一致|无变化/);
  });

  test('an import that names nobody is refused', async () => {
    expect((await zhaodan('register', 'import', path.join(home, 'register.xlsx'))).code).toBe(2);
  });
});
