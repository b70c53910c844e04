import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apply } from '../../../cases/apply.ts';
import { KeyReused, UnknownCase } from '../../../cases/deps.ts';
import { openCase } from '../../../cases/open.ts';
import { verify } from '../../../cases/verify.ts';
import { CADRE, caseWorld, type CaseWorld } from '../../support/case-world.ts';

let world: CaseWorld;
let caseId: string;
let opened = 0;

beforeAll(async () => {
  world = await caseWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  opened += 1;
  caseId = `toy/apply-${String(opened)}`;
  const command = { type: 'open', dueOn: '2026-12-31' };
  await openCase(world.deps, {
    kind: 'toy',
    key: `apply-${String(opened)}`,
    command,
    idempotencyKey: caseId,
    actor: CADRE,
  });
});

const entries = async (chain: string) =>
  (
    await world.pool.query<{ seq: number; body: string }>(
      'SELECT seq, body FROM entries WHERE chain = $1 ORDER BY seq',
      [chain],
    )
  ).rows;

describe('a command', () => {
  test('writes one entry, one row and one answer', async () => {
    const answer = await apply(world.deps, { type: 'act' }, { caseId, key: 'k1', actor: CADRE });
    expect(answer).toMatchObject({ ok: true, seq: 2, events: [{ type: 'acted' }], summary: { figures: { acts: 1 } } });
    expect((await entries(caseId)).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(await verify(world.deps, { chain: caseId })).toMatchObject({ entries: 2, redecided: 2, differences: [] });
  });

  test('given twice with one key is answered twice and done once', async () => {
    const first = await apply(world.deps, { type: 'act' }, { caseId, key: 'same', actor: CADRE });
    const second = await apply(world.deps, { type: 'act' }, { caseId, key: 'same', actor: CADRE });
    expect(second).toEqual(first);
    expect(await entries(caseId)).toHaveLength(2);
  });

  test('given twice at once with one key is done once', async () => {
    const both = await Promise.all(
      Array.from({ length: 8 }, () => apply(world.deps, { type: 'act' }, { caseId, key: 'at-once', actor: CADRE })),
    );
    for (const answer of both) expect(answer).toEqual(both[0]);
    expect(await entries(caseId)).toHaveLength(2);
  });

  test('of another body under a used key is refused and writes nothing', async () => {
    await apply(world.deps, { type: 'act' }, { caseId, key: 'used', actor: CADRE });
    await expect(apply(world.deps, { type: 'finish' }, { caseId, key: 'used', actor: CADRE })).rejects.toBeInstanceOf(
      KeyReused,
    );
    expect(await entries(caseId)).toHaveLength(2);
  });

  test('under the key of another person is that person’s own', async () => {
    await apply(world.deps, { type: 'act' }, { caseId, key: 'shared', actor: CADRE });
    await apply(world.deps, { type: 'act' }, { caseId, key: 'shared', actor: { ...CADRE, person: 'person-2' } });
    expect(await entries(caseId)).toHaveLength(3);
  });

  test('for a case nobody opened is a fault and leaves its key free', async () => {
    const lost = apply(world.deps, { type: 'act' }, { caseId: 'toy/none', key: 'free', actor: CADRE });
    await expect(lost).rejects.toBeInstanceOf(UnknownCase);
    expect(await apply(world.deps, { type: 'act' }, { caseId, key: 'free', actor: CADRE })).toMatchObject({ ok: true });
  });

  test('that is refused is answered the same again, kept beside the journal and not in it', async () => {
    const first = await apply(world.deps, { type: 'refuse' }, { caseId, key: 'no', actor: CADRE });
    const second = await apply(world.deps, { type: 'refuse' }, { caseId, key: 'no', actor: CADRE });
    expect(first).toEqual({ ok: false, caseId, refusal: { code: 'not-today', article: 'O121 §16' } });
    expect(second).toEqual(first);
    expect(await entries(caseId)).toHaveLength(1);
    const { rows } = await world.pool.query('SELECT person, command, code FROM refusals WHERE case_id = $1', [caseId]);
    expect(rows).toEqual([{ person: CADRE.person, command: 'refuse', code: 'not-today' }]);
  });

  test('keeps the text of people out of the entry and its digest in it', async () => {
    await apply(world.deps, { type: 'act', note: '王小明不在店里' } as never, { caseId, key: 'note', actor: CADRE });
    const [, entry] = await entries(caseId);
    expect(entry?.body).not.toContain('王小明');
    const { rows } = await world.pool.query<{ id: string; body: string }>(
      'SELECT id, body FROM texts WHERE chain = $1',
      [caseId],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.body).toBe('王小明不在店里');
    expect(entry?.body).toContain(rows[0]?.id);
  });

  test('never stands before the entry it follows, whatever the clock says', async () => {
    world.at(world.clock.now + 60_000);
    const later = await apply(world.deps, { type: 'act' }, { caseId, key: 'later', actor: CADRE });
    world.at(world.clock.now - 30_000);
    const back = await apply(world.deps, { type: 'act' }, { caseId, key: 'back', actor: CADRE });
    expect(later.ok && back.ok && back.at).toBe(later.ok && later.at);
  });
});

describe('what a command sets off', () => {
  test('opens a case in the same transaction, once', async () => {
    const key = `child-of-${String(opened)}`;
    await apply(world.deps, { type: 'spawn', key } as never, { caseId, key: 's1', actor: CADRE });
    await apply(world.deps, { type: 'spawn', key } as never, { caseId, key: 's2', actor: CADRE });
    expect(await entries(`toy/${key}`)).toHaveLength(1);
  });
});

describe('the journal', () => {
  test('cannot be changed or deleted by the application, whatever it tries', async () => {
    for (const statement of [
      `UPDATE entries SET body = '{}' WHERE chain = '${caseId}'`,
      `DELETE FROM entries WHERE chain = '${caseId}'`,
      'TRUNCATE entries',
      'ALTER TABLE entries DISABLE TRIGGER ALL',
      'DROP TRIGGER entries_append_only ON entries',
    ]) {
      await expect(world.pool.query(statement), statement).rejects.toThrow();
    }
  });

  test('cannot be changed even by its owner without removing the trigger', async () => {
    const { default: pg } = await import('pg');
    const owner = new pg.Client({ connectionString: world.database.ownerUrl });
    await owner.connect();
    await expect(owner.query(`UPDATE entries SET body = '{}'`)).rejects.toThrow(/append-only/);
    await owner.end();
  });

  test('shows any tampering at the exact entry', async () => {
    await apply(world.deps, { type: 'act' }, { caseId, key: 'a', actor: CADRE });
    await apply(world.deps, { type: 'act' }, { caseId, key: 'b', actor: CADRE });
    const { default: pg } = await import('pg');
    const owner = new pg.Client({ connectionString: world.database.ownerUrl });
    await owner.connect();
    await owner.query('ALTER TABLE entries DISABLE TRIGGER entries_append_only');
    await owner.query(
      `UPDATE entries SET body = replace(body, '"received":', '"received":1') WHERE chain = $1 AND seq = 2`,
      [caseId],
    );
    await owner.query('ALTER TABLE entries ENABLE TRIGGER entries_append_only');
    await owner.end();
    const { differences } = await verify(world.deps, { chain: caseId });
    expect(differences).toContainEqual({ chain: caseId, seq: 2, about: 'intact', code: 'hash' });
  });
});
