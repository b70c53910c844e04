import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSample } from '../../cases/register/sample/load.ts';
import { caseWorker } from '../../cases/supervision/work.ts';
import { caseWorld, type CaseWorld } from '../support/case-world.ts';
import { zhaodanIn, type Zhaodan } from './zhaodan.ts';

let world: CaseWorld;
let folder = '';
let zhaodan: Zhaodan;
beforeAll(async () => {
  world = await caseWorld({ start: '2026-11-24T10:20' });
  folder = await mkdtemp(path.join(os.tmpdir(), 'zhaodan-cli-'));
  zhaodan = zhaodanIn(world, { evidence: path.join(folder, 'evidence') });
  await loadSample(world.deps, { scale: 0.02 });
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await world.close();
});

const count = async (where: string): Promise<number> =>
  (await world.pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM cases WHERE ${where}`)).rows[0]?.n ?? 0;

test('the sample cadres work: rounds at every stage, corrections at every step, and nothing twice', async () => {
  const { out } = await zhaodan('cycle', 'preview', '--json');
  const { hash } = JSON.parse(out) as { hash: string };
  expect((await zhaodan('cycle', 'confirm', hash)).code).toBe(0);
  await caseWorker(world.deps)('cycle/2026-Q4', 'open-rounds', () => undefined);

  const { code, out: first } = await zhaodan('sample', 'activity', '--wait', '0', '--json');
  expect(code).toBe(0);
  const { visits, findings, steps } = JSON.parse(first) as { visits: number; findings: number; steps: number };
  expect(visits).toBeGreaterThan(20);
  expect(findings).toBeGreaterThan(3);
  expect(steps).toBeGreaterThan(3);
  const again = await zhaodan('sample', 'activity', '--wait', '0', '--json');
  expect(JSON.parse(again.out)).toEqual({ visits: 0, findings: 0, steps: 0 });

  for (const stage of ['submitted', 'claimed', 'ordered', 'awaiting-recheck']) {
    expect(await count(`kind = 'correction' AND stage = '${stage}'`), stage).toBeGreaterThan(0);
  }
  expect(await count("kind = 'round' AND closed_at IS NOT NULL")).toBeGreaterThan(0);
  expect(
    await count(`kind = 'round' AND jsonb_path_exists(state, '$.visits[*] ? (@.status == "done")')`),
  ).toBeGreaterThan(10);
  expect((await zhaodan('verify')).code).toBe(0);
}, 120_000);
