import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingDuties } from '../../../cases/register/missing-duties.ts';
import { sampleDistrict } from '../../../cases/register/sample/district.ts';
import { loadSample } from '../../../cases/register/sample/load.ts';
import { FAKE_REGION, fakeCreditCode } from '../../../cases/register/sample/subjects.ts';
import { creditCodeFault } from '../../../domain/register/credit-code.ts';
import { caseWorld, type CaseWorld } from '../../support/case-world.ts';

const OPTIONS = { scale: 0.1, seed: 'test', today: '2026-11-24', pledgeVersion: '2026' };

describe('the sample district', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(sampleDistrict(OPTIONS)).toEqual(sampleDistrict(OPTIONS));
    expect(sampleDistrict({ ...OPTIONS, seed: 'other' })).not.toEqual(sampleDistrict(OPTIONS));
  });

  test('has 12 towns, 197 communities and villages, and at full scale 2,100 cadres and 20,000 subjects', () => {
    const { changes, figures } = sampleDistrict({ ...OPTIONS, scale: 1 });
    const kinds = changes.flatMap((change) => (change.type === 'unit-added' ? [change.kind] : []));
    expect(kinds.filter((kind) => kind === 'town')).toHaveLength(12);
    expect(kinds.filter((kind) => kind === 'community')).toHaveLength(197);
    expect(figures).toMatchObject({ cadres: 2_100, subjects: 20_000 });
  });

  test('has only people who are recognisably generated', () => {
    for (const change of sampleDistrict(OPTIONS).changes) {
      if (change.type !== 'person-added') continue;
      expect(change.generated).toBe(true);
      expect(change.data.name).toMatch(/^示例·\p{Script=Han}[〇一二三四五六七八九]+$/u);
      expect(change.data.email).toMatch(/@xihu\.example$/);
      expect(change.data.phone).toMatch(/^000\d{8}$/);
    }
  });

  test('has credit codes that are right and cannot be real', () => {
    for (const serial of [1, 31, 20_000]) {
      expect(creditCodeFault(fakeCreditCode(serial, 'D'))).toBeNull();
      expect(fakeCreditCode(serial, 'D').slice(2, 8)).toBe(FAKE_REGION);
    }
  });

  test.each([0, 2, Number.NaN])('refuses the scale %s', (scale) => {
    expect(() => sampleDistrict({ ...OPTIONS, scale })).toThrow(RangeError);
  });
});

describe('the sample, loaded', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await caseWorld({ start: '2026-11-24T09:00' });
  });
  afterAll(() => world.close());

  const count = async (from: string): Promise<number> => {
    const { rows } = await world.pool.query<{ n: string }>(`SELECT count(*) AS n FROM ${from}`);
    return Number(rows[0]?.n);
  };

  test('at a tenth takes seconds, opens the duties its flaws call for, and leaves none missing', async () => {
    const before = performance.now();
    const loaded = await loadSample(world.deps, { scale: 0.1 });
    const tookMs = performance.now() - before;
    if (!loaded.ok) throw new Error('refused');
    expect(tookMs).toBeLessThan(30_000);
    expect(loaded.opened).toHaveLength(5);
    expect(await count("cases WHERE kind = 'binding-duty' AND closed_at IS NULL")).toBe(3);
    expect(await count("cases WHERE kind = 'pledge-duty' AND closed_at IS NULL")).toBe(2);
    expect(await count('subjects')).toBe(loaded.figures.subjects);
    expect(await missingDuties(world.pool, { today: '2026-11-24', pledgeVersion: '2026' })).toEqual([]);
  });

  test('has an entry for every chain, every post but one held, every subject but three bound', async () => {
    expect(await count('register_chains WHERE seq < 1')).toBe(0);
    expect(await count('entries e JOIN register_chains c ON c.id = e.chain AND c.head = e.hash')).toBe(
      await count('register_chains'),
    );
    expect(
      await count('posts p WHERE NOT EXISTS (SELECT 1 FROM tenures t WHERE t.post_id = p.id AND t.to_on IS NULL)'),
    ).toBe(1);
    expect(
      await count(
        'subjects s WHERE NOT EXISTS (SELECT 1 FROM bindings b WHERE b.subject_id = s.id AND b.to_on IS NULL)',
      ),
    ).toBe(3);
  });

  test('is refused by a database that has anything in it', async () => {
    const before = await count('entries');
    expect(await loadSample(world.deps, { scale: 0.01 })).toEqual({
      ok: false,
      refusal: { code: 'database-not-empty' },
    });
    expect(await count('entries')).toBe(before);
  });
});
