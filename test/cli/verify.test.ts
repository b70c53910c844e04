import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSample } from '../../cases/register/sample/load.ts';
import { caseWorld, type CaseWorld } from '../support/case-world.ts';
import { zhaodanIn, type Zhaodan } from './zhaodan.ts';

let world: CaseWorld;
let zhaodan: Zhaodan;
let duty = '';
beforeAll(async () => {
  world = await caseWorld({ start: '2026-10-12T09:00' });
  zhaodan = zhaodanIn(world);
  const loaded = await loadSample(world.deps, { scale: 0.01 });
  if (!loaded.ok) throw new Error('refused');
  duty = loaded.opened[0] ?? '';
});
afterAll(() => world.close());

/** As the owner of the tables, with the guard of the journal off: what only a break-in could do. */
async function tamper(sql: string): Promise<void> {
  const owner = new pg.Client({ connectionString: world.database.ownerUrl });
  await owner.connect();
  try {
    await owner.query('ALTER TABLE entries DISABLE TRIGGER USER');
    await owner.query(sql, [duty]);
    await owner.query('ALTER TABLE entries ENABLE TRIGGER USER');
  } finally {
    await owner.end();
  }
}

describe('zhaodan verify', () => {
  test('exits 0 and tells the three apart when nothing differs', async () => {
    const { out, code } = await zhaodan('verify');
    expect(code).toBe(0);
    expect(out).toMatch(/完整.*无误[\s\S]*可折叠.*无误[\s\S]*可重新裁定.*\d+ 条结果相同[\s\S]*不能在此重新裁定:0 条/);
  });

  test('exits 1 and names the row that is not what its journal says; rebuild mends it', async () => {
    await world.pool.query(`UPDATE cases SET state = jsonb_set(state, '{since}', '"2020-01-01"') WHERE id = $1`, [
      duty,
    ]);
    const found = await zhaodan('verify', '--case', duty);
    expect(found).toMatchObject({
      code: 1,
      out: expect.stringContaining(`✗ ${duty} 第 1 条:案件行与流水折叠的结果不符`),
    });
    expect((await zhaodan('rebuild', '--case', duty)).out).toBe('已重建 1 个案件');
    expect((await zhaodan('verify', '--case', duty)).code).toBe(0);
  });

  test('exits 1 and names the very entry that was changed', async () => {
    await tamper(`UPDATE entries SET body = replace(body, '"received":', '"received":1') WHERE chain = $1 AND seq = 1`);
    const { out, code } = await zhaodan('verify', '--json');
    expect(code).toBe(1);
    const { holds, differences } = JSON.parse(out) as { holds: boolean; differences: object[] };
    expect(holds).toBe(false);
    expect(differences).toContainEqual({ chain: duty, seq: 1, about: 'intact', code: 'hash' });
  });

  test('rearm wakes a driver for every open case, sweep only those that overslept', async () => {
    const { rows } = await world.pool.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM cases WHERE closed_at IS NULL',
    );
    expect((await zhaodan('rearm')).out).toBe(`已为 ${String(rows[0]?.n)} 个未了结案件启动驱动`);
    expect(world.woken).toHaveLength(rows[0]?.n ?? 0);
    expect((await zhaodan('sweep')).out).toBe('已唤醒 0 个案件');
  });
});
