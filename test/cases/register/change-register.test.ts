import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KeyReused } from '../../../cases/deps.ts';
import { entryHash, GENESIS } from '../../../cases/journal.ts';
import { textDigest } from '../../../cases/texts.ts';
import { actorOf, deputyOn, holderOn, superiorChain } from '../../../cases/register/acting.ts';
import { changeRegister, type RegisterAnswer } from '../../../cases/register/change-register.ts';
import type { RegisterEntry } from '../../../cases/register/chains.ts';
import { missingDuties } from '../../../cases/register/missing-duties.ts';
import { deliverInbox } from '../../../cases/inbox.ts';
import type { Actor } from '../../../domain/kernel/process.ts';
import type { RegisterChange } from '../../../domain/register/change.ts';
import { DISTRICT, subject } from '../../domain/register/district.ts';
import { caseWorld, type CaseWorld } from '../../support/case-world.ts';

const OFFICER: Actor = { person: 'officer', post: 'office', role: 'district-office', unit: 'xh', capacity: 'self' };
const TODAY = '2026-11-24';

let world: CaseWorld;
let key = 0;

const change = (...changes: RegisterChange[]): Promise<RegisterAnswer> =>
  changeRegister(world.deps, changes, { actor: OFFICER, key: `k${String(++key)}` });

async function accepted(...changes: RegisterChange[]): Promise<RegisterAnswer & { ok: true }> {
  const answer = await change(...changes);
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.refusal)}`);
  return answer;
}

const entriesOf = async (chain: string) => {
  const { rows } = await world.pool.query<{ seq: number; previous: string; hash: string; body: string }>(
    'SELECT seq, previous, hash, body FROM entries WHERE chain = $1 ORDER BY seq',
    [chain],
  );
  return rows.map((row) => ({ ...row, content: JSON.parse(row.body) as RegisterEntry }));
};

const count = async (sql: string): Promise<number> => {
  const { rows } = await world.pool.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`);
  return Number(rows[0]?.n);
};

beforeAll(async () => {
  world = await caseWorld({ start: '2026-11-24T09:00' });
  await accepted(...DISTRICT);
});
afterAll(() => world.close());

describe('a change of the register', () => {
  test('writes one entry in each chain it is about, linked by hash', async () => {
    await accepted(subject('a1'), { type: 'bound', subject: 'a1', post: 'cadre-1', on: TODAY });
    await accepted({ type: 'unbound', subject: 'a1', post: 'cadre-1', on: TODAY, reason: '调整' });
    const entries = await entriesOf('subject/a1');
    expect(entries.map(({ seq, content }) => [seq, content.changes.map(({ type }) => type)])).toEqual([
      [1, ['subject-added', 'bound']],
      [2, ['unbound']],
    ]);
    expect(entries[0]?.previous).toBe(GENESIS);
    expect(entries[1]?.previous).toBe(entries[0]?.hash);
    for (const { seq, previous, hash, body } of entries)
      expect(hash).toBe(entryHash('subject/a1', seq, previous, body));
    const { rows } = await world.pool.query("SELECT head FROM register_chains WHERE id = 'subject/a1'");
    expect(rows).toEqual([{ head: entries[1]?.hash }]);
    expect((await entriesOf('post/cadre-1')).at(-1)?.content.changes).toMatchObject([
      { type: 'unbound', subject: 'a1' },
    ]);
  });

  test('keeps names, addresses of mail and telephone numbers out of the journal, provably', async () => {
    const data = { name: '示例·赵四', email: 'zhao4@xihu.example', phone: '13000000004' };
    await accepted({ type: 'person-added', person: 'p4', data, generated: true });
    expect(await count("entries WHERE body LIKE '%赵四%' OR body LIKE '%13000000004%'")).toBe(0);
    const [entry] = await entriesOf('person/p4');
    const written = entry?.content.changes[0];
    if (written?.type !== 'person-added') throw new Error('no entry');
    const { rows } = await world.pool.query<{ salt: string; body: string }>(
      'SELECT salt, body FROM texts WHERE id = $1',
      [written.data.text],
    );
    expect(JSON.parse(rows[0]?.body ?? '')).toEqual(data);
    expect(textDigest(rows[0]?.salt ?? '', rows[0]?.body ?? '')).toBe(written.data.digest);
  });

  test('is answered once a key; another change under the key is a fault', async () => {
    const asked = { actor: OFFICER, key: 'same' };
    const first = await changeRegister(world.deps, [subject('a2')], asked);
    expect(await changeRegister(world.deps, [subject('a2')], asked)).toEqual(first);
    expect(await entriesOf('subject/a2')).toHaveLength(1);
    await expect(changeRegister(world.deps, [subject('a3')], asked)).rejects.toThrow(KeyReused);
  });

  test('sent twice at once is made once', async () => {
    const asked = { actor: OFFICER, key: 'twice' };
    const answers = await Promise.all([1, 2, 3].map(() => changeRegister(world.deps, [subject('a4')], asked)));
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(await entriesOf('subject/a4')).toHaveLength(1);
  });

  test('that is refused leaves nothing but the refusal', async () => {
    const before = await count('entries');
    const answer = await change(subject('a5'), { type: 'bound', subject: 'a5', post: 'cadre-c', on: TODAY });
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'class-mismatch', details: { index: 1 } } });
    expect(await count('entries')).toBe(before);
    expect(await count("subjects WHERE id = 'a5'")).toBe(0);
    expect(await count("register_chains WHERE id = 'subject/a5'")).toBe(0);
    expect(await count("refusals WHERE case_id = 'register' AND code = 'class-mismatch'")).toBe(1);
  });

  test('two officers who bind one subject at once: one is told that it is bound', async () => {
    await accepted(subject('a6'));
    const answers = await Promise.all(
      ['cadre-1', 'cadre-2'].map((post) => change({ type: 'bound', subject: 'a6', post, on: TODAY })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'already-bound' } });
  });

  test('two batches that touch the same chains in opposite order do not deadlock', async () => {
    await accepted(subject('b1'), subject('b2'));
    const risk = (id: string, to: 'high' | 'medium'): RegisterChange => ({
      type: 'subject-risk-changed',
      subject: id,
      risk: to,
      on: TODAY,
    });
    for (let round = 0; round < 5; round++) {
      const to = round % 2 === 0 ? 'high' : 'medium';
      const answers = await Promise.all([
        change(risk('b1', to), risk('b2', to)),
        change(risk('b2', to), risk('b1', to)),
      ]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    }
  });
});

describe('running work', () => {
  test('opens the duty to bind, and closes it when the subject is bound', async () => {
    const opened = await accepted(subject('c1'));
    expect(opened.opened).toEqual(['binding-duty/c1/1']);
    expect(
      await count("cases WHERE id = 'binding-duty/c1/1' AND closed_at IS NULL AND holder_post = 'gudang-office'"),
    ).toBe(1);
    const bound = await accepted({ type: 'bound', subject: 'c1', post: 'cadre-2', on: TODAY });
    expect(bound.told).toEqual(['binding-duty/c1/1']);
    await deliverInbox(world.deps);
    expect(await count("cases WHERE id = 'binding-duty/c1/1' AND closed_as = 'bound'")).toBe(1);
    await accepted({ type: 'unbound', subject: 'c1', post: 'cadre-2', on: TODAY, reason: '调整' });
    expect(await count("cases WHERE id = 'binding-duty/c1/2' AND closed_at IS NULL")).toBe(1);
  });

  test('asks a successor for the pledge', async () => {
    const answer = await accepted(
      { type: 'tenure-ended', post: 'cadre-2', person: 'p2', on: TODAY },
      { type: 'tenure-began', post: 'cadre-2', person: 'p3', on: TODAY },
    );
    expect(answer.opened).toEqual(['pledge-duty/cadre-2/p3/1']);
    const signed: RegisterChange = {
      type: 'pledge-signed',
      person: 'p3',
      post: 'cadre-2',
      version: '2026',
      on: TODAY,
      withPost: 'gudang-office',
      document: null,
    };
    expect((await accepted(signed)).told).toEqual(['pledge-duty/cadre-2/p3/1']);
    await deliverInbox(world.deps);
    expect(await count("cases WHERE id = 'pledge-duty/cadre-2/p3/1' AND closed_as = 'signed'")).toBe(1);
  });

  test('has no duty missing after any change', async () => {
    const missing = () => missingDuties(world.pool, { today: TODAY, pledgeVersion: '2026' });
    expect(await missing()).toEqual([]);
    const newVersion = await missingDuties(world.pool, { today: TODAY, pledgeVersion: '2027' });
    expect(newVersion.map(({ key: duty }) => duty)).toEqual(['cadre-1/p1/1', 'cadre-2/p3/2']);
  });
});

describe('who acts', () => {
  beforeAll(() =>
    accepted(
      { type: 'tenure-began', post: 'cadre-c', person: 'p2', on: '2026-11-20' },
      { type: 'tenure-began', post: 'gudang-office', person: 'p2', on: '2026-11-20' },
      { type: 'absence-began', person: 'p1', deputy: 'p3', on: '2026-11-23', until: '2026-11-27', cause: '病假' },
    ).then(() => undefined),
  );

  test('is found by tenure on the day', async () => {
    expect(await holderOn(world.pool, 'cadre-2', '2026-11-23')).toBe('p2');
    expect(await holderOn(world.pool, 'cadre-2', TODAY)).toBe('p3');
    expect(await holderOn(world.pool, 'cadre-2', '2025-12-31')).toBeNull();
    expect(await deputyOn(world.pool, 'cadre-1', TODAY)).toMatchObject({
      absent: 'p1',
      deputy: 'p3',
      until: '2026-11-27',
    });
    expect(await deputyOn(world.pool, 'cadre-1', '2026-11-28')).toBeNull();
    expect(await superiorChain(world.pool, 'cadre-1')).toEqual(['gudang-office', 'office']);
  });

  test('acts for the one post of their own', async () => {
    expect(await actorOf(world.pool, 'p1', undefined, TODAY)).toEqual({
      actor: { person: 'p1', post: 'cadre-1', role: 'cadre', unit: 'gudang-01', capacity: 'self' },
    });
  });

  test('acts for an absent colleague only when they say so, and only while it lasts', async () => {
    expect(await actorOf(world.pool, 'p3', undefined, TODAY)).toMatchObject({
      actor: { post: 'cadre-2', capacity: 'self' },
    });
    expect(await actorOf(world.pool, 'p3', 'cadre-1', TODAY)).toMatchObject({
      actor: { post: 'cadre-1', capacity: 'deputy', authority: 'absence/p1/2026-11-23' },
    });
    expect(await actorOf(world.pool, 'p3', 'cadre-1', '2026-11-28')).toEqual({
      problem: { code: 'post-not-held', post: 'cadre-1' },
    });
  });

  test('must say for which of several posts', async () => {
    expect(await actorOf(world.pool, 'p2', undefined, TODAY)).toMatchObject({
      problem: { code: 'post-ambiguous', posts: [{ post: 'cadre-c' }, { post: 'gudang-office' }] },
    });
    expect(await actorOf(world.pool, 'p2', 'cadre-c', TODAY)).toMatchObject({
      actor: { post: 'cadre-c', capacity: 'self' },
    });
  });

  test('is nobody without a post, and unknown without a row', async () => {
    await accepted({
      type: 'person-added',
      person: 'p9',
      data: { name: '示例·孙九', email: null, phone: null },
      generated: true,
    });
    expect(await actorOf(world.pool, 'p9', undefined, TODAY)).toEqual({ problem: { code: 'no-post' } });
    expect(await actorOf(world.pool, 'nobody', undefined, TODAY)).toEqual({ problem: { code: 'person-unknown' } });
  });
});
