import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { apply } from '../../../cases/apply.ts';
import { writeCheckpoint } from '../../../cases/checkpoint.ts';
import type { CasesDeps } from '../../../cases/deps.ts';
import { createOffice } from '../../../cases/office.ts';
import { openCase } from '../../../cases/open.ts';
import { rebuild } from '../../../cases/rebuild.ts';
import { changeRegister } from '../../../cases/register/change-register.ts';
import { holds, verify } from '../../../cases/verify.ts';
import { refused, SYSTEM, type Process } from '../../../domain/kernel/process.ts';
import { CADRE, caseWorld, type CaseWorld } from '../../support/case-world.ts';
import { toy } from '../../support/toy-process.ts';

let world: CaseWorld;
const CHAIN = 'toy/one';

beforeEach(async () => {
  world = await caseWorld({ start: '2026-09-01T09:00' });
  const command = { type: 'open', dueOn: '2026-12-31' } as never;
  await openCase(world.deps, { kind: 'toy', key: 'one', command, idempotencyKey: 'open', actor: CADRE });
  for (const key of ['a', 'b', 'c']) await apply(world.deps, { type: 'act' }, { caseId: CHAIN, key, actor: CADRE });
});
afterEach(() => world.close());

/** Whoever owns the database can switch the triggers off: what nobody else can do. */
async function asOwner(...statements: string[]): Promise<void> {
  const owner = new pg.Client({ connectionString: world.database.ownerUrl });
  await owner.connect();
  for (const table of ['entries', 'contents', 'checkpoints'])
    await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (const statement of statements) await owner.query(statement);
  await owner.end();
}

const changed = (process: Partial<Process>): CasesDeps => ({
  ...world.deps,
  processes: new Map([['toy', { ...(toy as Process), ...process }]]),
});

describe('verify of a journal that somebody changed', () => {
  test('holds before, over everything', async () => {
    const verified = await verify(world.deps);
    expect(verified).toMatchObject({ chains: 1, entries: 4, redecided: 4, notRedecidable: 0 });
    expect(holds(verified)).toBe(true);
  });

  test('names the entry and goes no further when its text is no entry any more', async () => {
    await asOwner(`UPDATE entries SET body = 'not even JSON' WHERE seq = 2`);
    const verified = await verify(world.deps);
    expect(verified).toMatchObject({ redecided: 1, notRedecidable: 3 });
    expect(verified.differences).toEqual([{ chain: CHAIN, seq: 2, about: 'intact', code: 'hash' }]);
  });

  test('sees an entry that was taken out, from the beginning, the middle or the end', async () => {
    const seen = async (): Promise<string[]> => {
      const { differences } = await verify(world.deps);
      return differences.map(({ seq, about, code }) => `${String(seq)} ${about} ${code}`);
    };
    await asOwner('DELETE FROM entries WHERE seq = 4');
    expect(await seen()).toEqual(['3 intact head', '3 folds row-differs']);
    await asOwner('DELETE FROM entries WHERE seq = 2');
    expect(await seen()).toEqual(['3 intact gap', '3 intact previous', '3 intact head']);
    await asOwner('DELETE FROM entries WHERE seq = 1');
    expect(await seen()).toEqual(['3 intact gap', '3 intact previous', '3 intact head']);
  });

  test('sees entries whose row is gone', async () => {
    await asOwner('DELETE FROM outbox', 'DELETE FROM cases');
    expect((await verify(world.deps)).differences).toEqual([{ chain: CHAIN, seq: 4, about: 'intact', code: 'no-row' }]);
  });

  test('sees a policy that was changed in place, and one that is gone', async () => {
    await asOwner(`UPDATE contents SET body = replace(body, '"owner":"', '"owner":"某') WHERE kind = 'policy'`);
    const fresh = { ...world.deps, office: createOffice() };
    const { differences } = await verify(fresh);
    expect(differences).toMatchObject([{ about: 'intact', code: 'content-hash' }]);
    expect(differences[0]?.chain).toMatch(/^content\/[0-9a-f]{64}$/);

    await asOwner(
      'ALTER TABLE publications DISABLE TRIGGER ALL',
      `DELETE FROM publications WHERE kind = 'policy'`,
      `DELETE FROM contents WHERE kind = 'policy'`,
    );
    const gone = await verify({ ...world.deps, office: createOffice() }, { chain: CHAIN });
    expect(gone.differences.map(({ code }) => code)).toEqual(Array(4).fill('content-missing'));
  });

  test('sees that a text reads otherwise, or was taken out, and leaves one that was erased', async () => {
    for (const note of ['一', '二', '三'])
      await apply(world.deps, { type: 'act', note } as never, { caseId: CHAIN, key: note, actor: CADRE });
    expect(holds(await verify(world.deps))).toBe(true);
    await asOwner(
      `UPDATE texts SET body = '别的' WHERE body = '一'`,
      `UPDATE texts SET body = NULL, erased_at = 1 WHERE body = '二'`,
      `DELETE FROM texts WHERE body = '三'`,
    );
    expect((await verify(world.deps)).differences).toEqual([
      { chain: CHAIN, seq: 5, about: 'intact', code: 'text-changed' },
      { chain: CHAIN, seq: 7, about: 'intact', code: 'text-missing' },
    ]);
  });

  test('sees a row of the register that its chain knows nothing of', async () => {
    const unit = { type: 'unit-added', unit: 'xh', name: '某区', kind: 'district', parent: null } as const;
    expect(await changeRegister(world.deps, [unit], { actor: SYSTEM, key: 'unit' })).toMatchObject({ ok: true });
    expect(holds(await verify(world.deps))).toBe(true);
    await world.pool.query(`UPDATE units SET name = '别的区' WHERE id = 'xh'`);
    const verified = await verify(world.deps);
    expect(verified.register).toEqual([{ table: 'units', id: 'xh', code: 'differs' }]);
    expect(holds(verified)).toBe(false);
  });
});

describe('verify by another build', () => {
  test('counts entries of another revision and does not judge them', async () => {
    const strict: Process['decide'] = () => refused('not-today');
    const verified = await verify(changed({ revision: 2, decide: strict }));
    expect(verified).toMatchObject({ entries: 4, redecided: 0, notRedecidable: 4, differences: [] });
    expect(holds(verified)).toBe(true);
  });

  test('counts entries of a kind that it does not know', async () => {
    const verified = await verify({ ...world.deps, processes: new Map() });
    expect(verified).toMatchObject({ entries: 4, redecided: 0, notRedecidable: 4, differences: [] });
  });

  test('names every entry that the same revision would not write now', async () => {
    const strict: Process['decide'] = (state, command, at) =>
      command.type === 'act' ? refused('not-today') : (toy as Process).decide(state, command, at);
    const { redecided, differences } = await verify(changed({ decide: strict }));
    expect(redecided).toBe(1);
    expect(differences).toEqual(
      [2, 3, 4].map((seq) => ({ chain: CHAIN, seq, about: 're-decided', code: 'other-decision' })),
    );
  });

  test('names every entry that folds to another state, and the row', async () => {
    const evolve: Process['evolve'] = (state, event) => ({
      ...((toy as Process).evolve(state, event) as object),
      acts: 7,
    });
    const { differences } = await verify(changed({ evolve, revision: 2 }));
    expect(differences.map(({ seq, code }) => `${String(seq)} ${code}`)).toEqual([
      '1 state-hash',
      '2 state-hash',
      '3 state-hash',
      '4 state-hash',
      '4 row-differs',
    ]);
  });

  test('of another shape of state compares neither states nor rows until the rows are rebuilt', async () => {
    const evolve: Process['evolve'] = (state, event) => ({
      ...((toy as Process).evolve(state, event) as object),
      shape: 2,
    });
    const newer = changed({ evolve, revision: 2, stateVersion: 2 });
    expect((await verify(newer)).differences).toEqual([]);
    expect(await rebuild(newer)).toBe(1);
    expect((await verify(newer)).differences).toEqual([]);
    const { rows } = await world.pool.query<{ state: { shape: number }; state_version: number }>(
      'SELECT state, state_version FROM cases',
    );
    expect(rows).toMatchObject([{ state: { shape: 2, acts: 3 }, state_version: 2 }]);
  });
});

describe('rebuild', () => {
  test('writes rows again as they were, wakes their drivers, and adds nothing to the journal', async () => {
    const row = async () => (await world.pool.query<Record<string, unknown>>('SELECT * FROM cases')).rows;
    const before = await row();
    await world.pool.query('DELETE FROM outbox');
    await world.pool.query(
      `UPDATE cases SET state = '{}', armings = '{}', stage = 'wrong', seq = 1, head = 'x', next_alarm_at = 1, due_on = '1999-01-01', revision = 9`,
    );
    expect(await rebuild(world.deps)).toBe(1);
    expect(await row()).toEqual(before);
    expect(holds(await verify(world.deps))).toBe(true);
    expect((await world.pool.query('SELECT case_id FROM outbox')).rows).toEqual([{ case_id: CHAIN }]);
  });
});

describe('checkpoints', () => {
  const DAY_MS = 86_400_000;
  const act = (key: string) => apply(world.deps, { type: 'act' }, { caseId: CHAIN, key, actor: CADRE });

  /** Transactions of any database of the server hold `xmin` back; other tests have theirs. */
  async function untilCovered(): Promise<void> {
    const giveUpAt = performance.now() + 20_000;
    for (;;) {
      const { rows } = await world.pool.query<{ covered: boolean }>(
        'SELECT bool_and(xid < pg_snapshot_xmin(pg_current_snapshot())) AS covered FROM entries',
      );
      if (rows[0]?.covered === true) return;
      if (performance.now() > giveUpAt) throw new Error('an older transaction never ended');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  beforeEach(async () => {
    await untilCovered();
    expect(await writeCheckpoint(world.deps)).toMatchObject({ previous: '0'.repeat(64) });
    await act('d');
    await untilCovered();
    world.at(world.clock.now + DAY_MS);
    expect(await writeCheckpoint(world.deps)).not.toBeNull();
  });

  test('are written once a day, name the one before, and agree with the journal however it grows', async () => {
    expect(await writeCheckpoint(world.deps)).toBeNull();
    await act('e');
    const { checkpoints } = await verify(world.deps);
    expect(checkpoints).toEqual({ count: 2, wrong: [] });
    const { rows } = await world.pool.query<{ hash: string; previous: string; body: string }>(
      'SELECT * FROM checkpoints ORDER BY id',
    );
    expect(rows[1]?.previous).toBe(rows[0]?.hash);
    expect(rows.map(({ body }) => (JSON.parse(body) as { entries: number }).entries)).toEqual([4, 5]);
  });

  test('show a journal that was written again with fitting hashes', async () => {
    await asOwner(`UPDATE entries SET hash = repeat('a', 64) WHERE seq = 5`, `UPDATE cases SET head = repeat('a', 64)`);
    expect((await verify(world.deps)).checkpoints.wrong).toEqual([{ id: 2, code: 'checkpoint-journal' }]);
  });

  test('show that one of them was changed, or taken out', async () => {
    await asOwner(`UPDATE checkpoints SET body = replace(body, '"entries":4', '"entries":3') WHERE id = 1`);
    expect((await verify(world.deps)).checkpoints.wrong).toEqual([
      { id: 1, code: 'checkpoint-chain' },
      { id: 1, code: 'checkpoint-journal' },
    ]);
    await asOwner('DELETE FROM checkpoints WHERE id = 1');
    expect((await verify(world.deps)).checkpoints).toEqual({ count: 1, wrong: [{ id: 2, code: 'checkpoint-chain' }] });
  });

  test('show contents that are gone', async () => {
    await asOwner(
      'ALTER TABLE publications DISABLE TRIGGER ALL',
      `DELETE FROM publications WHERE kind = 'ladder' AND name = 'none'`,
      `DELETE FROM contents WHERE kind = 'ladder' AND name = 'none'`,
    );
    expect((await verify(world.deps)).checkpoints.wrong.map(({ code }) => code)).toEqual([
      'checkpoint-journal',
      'checkpoint-journal',
    ]);
  });
});
