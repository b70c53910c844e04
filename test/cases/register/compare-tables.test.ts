import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeRegister } from '../../../cases/register/change-register.ts';
import { compareTables } from '../../../cases/register/compare-tables.ts';
import { SYSTEM } from '../../../domain/kernel/process.ts';
import type { RegisterChange } from '../../../domain/register/change.ts';
import { DISTRICT, subject } from '../../domain/register/district.ts';
import { caseWorld, type CaseWorld } from '../../support/case-world.ts';

const ON = '2026-11-24';

/** Every kind of change once more, some twice a day. */
const LIFE: readonly RegisterChange[] = [
  { type: 'unit-corrected', unit: 'gudang', name: '古荡街道(更名)' },
  { type: 'post-moved', post: 'cadre-c', unit: 'sandun', superior: 'office', on: ON },
  { type: 'post-corrected', post: 'cadre-c', title: '包保干部(三墩)', role: 'cadre', class: 'C' },
  { type: 'post-ended', post: 'cadre-c', on: ON },
  { type: 'person-changed', person: 'p1', data: { name: '示例·王一', email: 'p1@xihu.example', phone: null } },
  { type: 'tenure-ended', post: 'cadre-1', person: 'p1', on: ON },
  { type: 'tenure-began', post: 'cadre-1', person: 'p1', on: ON },
  { type: 'tenure-ended', post: 'cadre-1', person: 'p1', on: ON },
  { type: 'tenure-began', post: 'cadre-1', person: 'p1', on: ON },
  { type: 'absence-began', person: 'p2', deputy: 'p3', on: '2026-11-20', until: '2026-12-01', cause: '病假' },
  { type: 'absence-ended', person: 'p2', on: ON },
  { type: 'pledge-withdrawn', person: 'p1', post: 'cadre-1', version: '2026', on: ON },
  { type: 'subject-corrected', subject: 's1', name: '示例·改名店', creditCode: '91350100M000100Y43' },
  { type: 'subject-risk-changed', subject: 's1', risk: 'elevated', on: ON },
  { type: 'subject-moved', subject: 's1', unit: 'gudang', address: '新址 2 号', on: ON },
  { type: 'unbound', subject: 's1', post: 'cadre-1', on: ON, reason: '调整' },
  { type: 'bound', subject: 's1', post: 'cadre-1', on: ON },
  { type: 'unbound', subject: 's1', post: 'cadre-1', on: ON, reason: '调整' },
  { type: 'bound', subject: 's1', post: 'cadre-1', on: ON },
  { type: 'subject-class-moved', subject: 's2', class: 'C', on: ON },
  { type: 'subject-suspended', subject: 's3', on: ON },
  { type: 'subject-reopened', subject: 's3', on: ON },
  { type: 'subject-closed', subject: 's3', on: ON },
  subject('s4'),
];

let world: CaseWorld;
beforeAll(async () => {
  world = await caseWorld({ start: `${ON}T09:00` });
  for (const [i, changes] of [DISTRICT, ...LIFE.map((change) => [change])].entries()) {
    const answer = await changeRegister(world.deps, changes, { actor: SYSTEM, key: String(i) });
    if (!answer.ok) throw new Error(`${String(i)}: ${JSON.stringify(answer.refusal)}`);
  }
});
afterAll(() => world.close());

describe('the tables of the register', () => {
  test('say what its chains say, after every kind of change', async () => {
    expect(await compareTables(world.pool)).toEqual([]);
  });

  test('are caught saying something else', async () => {
    await world.pool.query("UPDATE subjects SET risk = 'low' WHERE id = 's1'");
    await world.pool.query("UPDATE persons SET name = '示例·别人' WHERE id = 'p1'");
    await world.pool.query("DELETE FROM bindings WHERE subject_id = 's1' AND to_on IS NULL");
    await world.pool.query(
      "INSERT INTO posts (id, unit_id, title, role, from_on) VALUES ('ghost', 'xh', '甲', 'cadre', '2026-01-01')",
    );
    expect(await compareTables(world.pool)).toEqual([
      { table: 'posts', id: 'ghost', code: 'unknown' },
      { table: 'persons', id: 'p1', code: 'differs' },
      { table: 'subjects', id: 's1', code: 'differs' },
      { table: 'bindings', id: 's1/cadre-1/2026-11-24/2', code: 'missing' },
    ]);
  });

  test('are not blamed for a text that was erased', async () => {
    await world.pool.query("UPDATE texts SET body = NULL, erased_at = 1 WHERE chain = 'person/p1'");
    expect((await compareTables(world.pool)).map(({ table }) => table)).not.toContain('persons');
  });
});
