import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSample } from '../../cases/register/sample/load.ts';
import { run } from '../../cli/run.ts';
import { caseWorld, type CaseWorld } from '../support/case-world.ts';
import { zhaodanIn, type Zhaodan } from './zhaodan.ts';

let world: CaseWorld;
let zhaodan: Zhaodan;
let folder = '';
beforeAll(async () => {
  world = await caseWorld({ start: '2026-10-12T09:00' });
  zhaodan = zhaodanIn(world);
  await loadSample(world.deps, { scale: 0.01 });
  folder = await mkdtemp(path.join(os.tmpdir(), 'zhaodan-bad-'));
  await writeFile(path.join(folder, 'broken.json'), '{');
  await writeFile(path.join(folder, 'empty.json'), '{}');
  await writeFile(path.join(folder, 'note.txt'), 'no photo');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await world.close();
});

const ROUND = 'round/2026-Q4/nobody';
const HASH = 'f'.repeat(64);

/** Words and the code they are refused with. `@` stands for the folder of broken files. */
const REFUSED: readonly (readonly [words: string, code: string])[] = [
  ['nonsense', 'unknown-command'],
  ['case', 'command-missing'],
  ['cycle previw', 'unknown-command'],
  ['case list --nonsense', 'unknown-option'],
  ['case list --limit 0', 'invalid-value'],
  ['case list --limit many', 'invalid-value'],
  ['case list --due-until 2026-02-30', 'invalid-value'],
  ['case show', 'argument-missing'],
  [`case show ${ROUND}`, 'case-not-found'],
  ['case do nothing/1 claim', 'unknown-kind'],
  [`case do ${ROUND} fly`, 'unknown-command'],
  ['case do binding-duty/s00001/1 bound', 'unknown-command'],
  [`case do ${ROUND} urge`, 'invalid-request'],
  [`case do ${ROUND} urge --note`, 'invalid-request'],
  [`case do ${ROUND} urge note`, 'invalid-request'],
  [`case do ${ROUND} urge --note x --colour red`, 'invalid-request'],
  [`case do ${ROUND} urge --body {`, 'malformed-json'],
  [`case do ${ROUND} urge --body []`, 'invalid-request'],
  [`case do ${ROUND} urge --body @@/missing.json`, 'file-unreadable'],
  [`case do ${ROUND} urge --note x`, 'case-not-found'],
  [`case do ${ROUND} urge --note x --as stranger`, 'person-unknown'],
  [`case do ${ROUND} urge --note x --as p00002 --post nothing`, 'post-not-held'],
  [`visit ${ROUND}`, 'argument-missing'],
  [`visit ${ROUND} s00001 --mode by-phone`, 'invalid-value'],
  [`visit ${ROUND} s00001 --on yesterday`, 'invalid-value'],
  [`visit ${ROUND} s00001 --finding dirty`, 'invalid-value'],
  [`visit ${ROUND} s00001 --evidence @/note.txt`, 'unsupported-media-type'],
  [`visit ${ROUND} s00001 --evidence @/missing.png`, 'file-unreadable'],
  [`visit ${ROUND} s00001 --evidence a.png@soon`, 'invalid-value'],
  [`visit ${ROUND} s00001`, 'case-not-found'],
  [`urge ${ROUND}`, 'option-missing'],
  [`watch ${ROUND}`, 'option-missing'],
  [`unwatch ${ROUND} --reason x`, 'case-not-found'],
  [`excuse ${ROUND} --reason x`, 'argument-missing'],
  [`hand-over ${ROUND} --reason x`, 'option-missing'],
  ['correction claim', 'argument-missing'],
  ['correction order 2026-Q4/x/f --due soon --requirement x', 'invalid-value'],
  ['correction recheck 2026-Q4/x/f --reason x', 'invalid-request'],
  ['correction recheck 2026-Q4/x/f --reason x --passed --failed', 'invalid-request'],
  ['correction claim 2026-Q4/x/f', 'case-not-found'],
  ['cycle preview 2026-Q5', 'bad-period'],
  ['cycle preview 2026-Q4 --from 2026-10-01', 'options-conflict'],
  ['cycle preview --name Holiday --from 2026-10-13 --to 2026-10-20', 'bad-cycle-name'],
  ['cycle preview --name x --from 2026-10-20 --to 2026-10-13', 'bad-period'],
  ['cycle preview --kind unit --name x --from 2026-10-13 --to 2026-10-20', 'scope-incomplete'],
  ['cycle preview --as p00033', 'not-office'],
  ['cycle confirm abc', 'invalid-hash'],
  [`cycle confirm ${HASH}`, 'preview-unknown'],
  [`cycle add-late 2026-Q4 --hash ${HASH} --reason x`, 'case-not-found'],
  ['cycle show 2026-Q9', 'case-not-found'],
  ['cycle plan 2026-Q9', 'case-not-found'],
  ['cycle pause 2026-Q4 --reason x', 'option-missing'],
  ['cycle pause 2026-Q9 --reason x --document 1', 'case-not-found'],
  ['cycle withdraw 2026-Q9 --reason x', 'case-not-found'],
  ['cycle close 2026-Q9', 'case-not-found'],
  ['cycle figures 2026-Q9', 'case-not-found'],
  ['cycle report 2026-Q9', 'option-missing'],
  ['cycle report 2026-Q9 -o @/r.xlsx', 'case-not-found'],
  ['replay', 'argument-missing'],
  [`replay ${ROUND}`, 'case-not-found'],
  [`replay ${ROUND} --at noon`, 'invalid-value'],
  [`replay ${ROUND} --at 2026-13-01`, 'invalid-value'],
  ['verify --case round/none', 'case-not-found'],
  ['rebuild --case round/none', 'case-not-found'],
  ['rates --unit nowhere', 'unit-unknown'],
  ['rates --class E', 'invalid-value'],
  ['rules XX-99', 'unknown-rule'],
  ['calendar publish', 'argument-missing'],
  ['calendar publish @/missing.json', 'file-unreadable'],
  ['calendar publish @/broken.json', 'malformed-json'],
  ['calendar publish @/empty.json', 'invalid-request'],
  ['ladder publish @/empty.json', 'invalid-request'],
  ['policy publish @/empty.json', 'invalid-request'],
  ['sample kickoff --wait long', 'invalid-value'],
  ['notices list --state lost', 'invalid-value'],
];

describe('what is asked wrongly', () => {
  test.each(REFUSED)('%s is refused with %s', async (words, code) => {
    const said = await zhaodan(
      ...words.split(' ').map((word) => word.replace(/@(@?)\//, (_all, at: string) => `${at}${folder}/`)),
    );
    expect(said).toMatchObject({ code: 2, err: expect.stringContaining(`(${code})`) });
    expect(said.err).toMatch(/\p{Script=Han}/u);
  });

  test('writes nothing', async () => {
    const { rows } = await world.pool.query(
      "SELECT count(*)::int AS n FROM cases WHERE kind IN ('cycle', 'round', 'correction')",
    );
    expect(rows[0]).toEqual({ n: 0 });
  });

  test('is told in JSON under --json', async () => {
    const { out, code } = await zhaodan('replay', ROUND, '--json');
    expect([JSON.parse(out), code]).toEqual([
      { error: { code: 'case-not-found', message: `没有这个案件:${ROUND}` } },
      2,
    ]);
  });
});

describe('surroundings that will not do', () => {
  const said: string[] = [];
  const terminal = { out: (text: string) => void said.push(text), err: (text: string) => void said.push(text) };

  test('a configuration that is missing is told variable by variable', async () => {
    expect(await run(['case', 'list'], { terminal, env: {} })).toBe(2);
    expect(said.join('\n')).toMatch(/DATABASE_URL 没有设置[\s\S]*config-invalid/);
  });

  test('a database that is down is a fault, not a refusal', async () => {
    const env = {
      DATABASE_URL: 'postgresql://zhaodan_app@127.0.0.1:1/x',
      SMTP_URL: 'smtp://127.0.0.1',
      MAIL_FROM: 'a@b.cn',
    };
    expect(await run(['case', 'list'], { terminal, env })).toBe(1);
    expect(said.join('\n')).toContain('database-unavailable');
  });

  test('a deadline and a rule are answered without any', async () => {
    expect(await run(['rules', 'BB-04'], { terminal, env: {} })).toBe(0);
    expect(await run(['deadline', 'XX', '--from', '2026-10-01'], { terminal, env: {} })).toBe(2);
  });

  test('a district of real people has no default person', async () => {
    await world.pool.query("UPDATE persons SET generated = false WHERE id = 'p00003'");
    expect(await zhaodan('cycle', 'preview')).toMatchObject({
      code: 2,
      err: expect.stringContaining('acting-person-missing'),
    });
    expect(await zhaodanIn(world, { env: { ZHAODAN_AS: 'p00002' } })('cycle', 'preview')).toMatchObject({ code: 0 });
  });

  test('help is no error', async () => {
    const { out, code } = await zhaodan('--help');
    expect(code).toBe(0);
    expect(out).toContain('用法: zhaodan');
    expect((await zhaodan('cycle', 'preview', '--help')).code).toBe(0);
  });
});
