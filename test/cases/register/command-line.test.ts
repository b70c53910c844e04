import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { registerCommand, sampleCommand } from '../../../cli/register.ts';
import { caseWorld, type CaseWorld } from '../../support/case-world.ts';

let world: CaseWorld;
let folder: string;
let printed: string[] = [];
let closed = 0;

async function zhaodan(...words: string[]): Promise<string> {
  printed = [];
  const deps = {
    open: () => Promise.resolve({ cases: world.deps, close: () => Promise.resolve(void closed++) }),
    print: (line: string) => void printed.push(line),
  };
  const program = new Command('zhaodan').addCommand(registerCommand(deps)).addCommand(sampleCommand(deps));
  await program.parseAsync(words, { from: 'user' });
  return printed.join('\n');
}

beforeAll(async () => {
  world = await caseWorld({ start: '2026-11-24T09:00' });
  folder = await mkdtemp(path.join(os.tmpdir(), 'zhaodan-cli-'));
});
beforeEach(() => {
  process.exitCode = 0;
});
afterAll(async () => {
  process.exitCode = 0;
  await rm(folder, { recursive: true });
  await world.close();
});

describe('the register on the command line', () => {
  test('loads the sample, and refuses to load it twice', async () => {
    expect(await zhaodan('sample', 'load', '--scale', '0.01')).toContain('示例区已装入:单位 225');
    expect(process.exitCode).toBe(0);
    expect(await zhaodan('sample', 'load')).toBe('');
    expect(process.exitCode).toBe(2);
    expect(closed).toBe(2);
  });

  test('writes a workbook that imports as the same', async () => {
    const file = path.join(folder, '名册.xlsx');
    await zhaodan('register', 'export', file);
    const answer = await zhaodan('register', 'import', file, '--as', 'p00002', '--confirm');
    expect(answer).toMatch(/主体:\d+ 行;新增 0、变更 0、相同 \d+;问题 0 个/);
    expect(answer).toContain('包保关系:已写入,新增 0、变更 0');
  });

  test('imports a sheet, and tells its history', async () => {
    const file = path.join(folder, '主体.csv');
    const header =
      '主体编号,主体名称,统一社会信用代码,包保分级,风险等级,状态,业态,所属单位编号,经营地址,开办日期,注销日期';
    await writeFile(file, `${header}\nz1,示例·店,,D,低风险,正常,小餐饮,gudang-01,古墩路 1 号,2026-11-02,\n`);
    expect(await zhaodan('register', 'import', file, '--as', 'p00002')).toContain('新增 1');
    expect(await zhaodan('register', 'import', file, '--as', 'p00002', '--confirm')).toContain('新开职责 1 项');
    expect(await zhaodan('register', 'history', 'subject/z1')).toMatch(
      /#1 2026-11-24T09:00:00\+08:00 由 p00002.*\n {2}登记主体 .*subject=z1/,
    );
  });

  test('names each problem, exits 2 and writes nothing', async () => {
    const file = path.join(folder, '坏.csv');
    await writeFile(file, '单位编号,单位名称,单位类型,上级单位编号\na/b,甲,镇街,xh\n');
    expect(await zhaodan('register', 'import', file, '--as', 'p00002', '--confirm')).toContain(
      '第 2 行“单位编号”:“a/b”不能作编号',
    );
    expect(process.exitCode).toBe(2);
  });

  test('asks who acts, by a person of the register', async () => {
    await zhaodan('register', 'import', 'none.csv', '--as', 'nobody');
    expect(process.exitCode).toBe(2);
  });

  test('writes csv of one sheet, and the template', async () => {
    const file = path.join(folder, '单位.csv');
    await zhaodan('register', 'export', file, '--sheet', '单位');
    expect(await readFile(file, 'utf8')).toContain('xh,西湖区,区,');
    await zhaodan('register', 'template', path.join(folder, '模板.xlsx'));
    expect((await readFile(path.join(folder, '模板.xlsx'))).subarray(0, 2).toString()).toBe('PK');
  });
});
