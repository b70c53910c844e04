import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSample, type SampleLoaded } from '../../../cases/register/sample/load.ts';
import { registerSnapshot } from '../../../cases/register/snapshot.ts';
import { planCycle } from '../../../domain/supervision/plan.ts';
import { prismaOn, type PrismaHandle } from '../../../prisma/client.ts';
import { registerRepository, type RegisterRepository } from '../../../prisma/register-repository.ts';
import { caseWorld, type CaseWorld } from '../../support/case-world.ts';

const TODAY = '2026-11-24';

let world: CaseWorld;
let handle: PrismaHandle;
let lists: RegisterRepository;
let sample: SampleLoaded & { ok: true };

beforeAll(async () => {
  world = await caseWorld({ start: `${TODAY}T09:00` });
  const loaded = await loadSample(world.deps, { scale: 0.02 });
  if (!loaded.ok) throw new Error('refused');
  sample = loaded;
  handle = prismaOn(world.pool);
  lists = registerRepository(handle.prisma);
});
afterAll(async () => {
  await handle.close();
  await world.close();
});

describe('lists of the register', () => {
  test('page through every subject once, in order', async () => {
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const page = await lists.listSubjects({ limit: 150, ...(after === undefined ? {} : { after }) });
      seen.push(...page.map(({ id }) => id));
      after = page.at(-1)?.id;
      if (page.length < 150) break;
    }
    expect(seen).toHaveLength(sample.figures.subjects);
    expect(seen).toEqual([...new Set(seen)].sort());
  });

  test('narrow by unit with everything under it, class, status, binding and text', async () => {
    const town = await lists.listSubjects({ unit: 'zhuantang', class: 'D', status: 'active', limit: 500 });
    expect(town.length).toBeGreaterThan(10);
    for (const row of town)
      expect([row.unit.id.startsWith('zhuantang'), row.class, row.status]).toEqual([true, 'D', 'active']);
    const unbound = await lists.listSubjects({ bound: false, status: 'active', limit: 500 });
    expect(unbound.map(({ id }) => id)).toEqual(sample.flaws.unboundSubjects);
    const one = town.find(({ binding }) => binding !== null);
    expect(await lists.listSubjects({ text: one?.creditCode ?? '', limit: 5 })).toEqual([one]);
    expect(one?.binding).toMatchObject({ post: expect.stringMatching(/^zhuantang-/) as unknown });
    expect(await lists.listSubjects({ text: '%', limit: 5 })).toEqual([]);
    expect(await lists.listSubjects({ unit: 'nowhere', limit: 5 })).toEqual([]);
    const ofPost = await lists.listSubjects({ post: one?.binding?.post ?? '', limit: 500 });
    expect(ofPost.map(({ id }) => id)).toContain(one?.id);
  });

  test('show posts with holder, absence, deputy and how many subjects', async () => {
    expect((await lists.listPosts({ vacant: true, limit: 10 }, TODAY)).map(({ id }) => id)).toEqual([
      sample.flaws.vacantPost,
    ]);
    const person = await lists.findPerson(sample.flaws.absentPerson, TODAY);
    const post = await lists.findPost(person?.posts[0]?.post ?? '', TODAY);
    expect(post).toMatchObject({ holder: { id: person?.id, name: person?.name }, absence: { cause: '病假' } });
    expect(post?.absence?.deputy?.name).toMatch(/^示例·/);
    expect(post?.subjects).toBeGreaterThan(0);
  });

  test('find people by unit and name', async () => {
    const people = await lists.listPersons({ unit: 'gudang', limit: 500 }, TODAY);
    expect(people.length).toBeGreaterThan(5);
    expect(await lists.listPersons({ text: people[0]?.name ?? '', limit: 5 }, TODAY)).toContainEqual(people[0]);
  });

  test('show duties with what they are about', async () => {
    const open = await lists.listDuties({ open: true, limit: 50 });
    expect(open.map(({ kind }) => kind).sort()).toEqual([
      'binding-duty',
      'binding-duty',
      'binding-duty',
      'pledge-duty',
      'pledge-duty',
    ]);
    expect(open[0]?.subject?.name).toMatch(/^示例·/);
    expect(await lists.listDuties({ open: false, limit: 50 })).toEqual([]);
  });

  test('show every unit, parents first', async () => {
    const units = await lists.listUnits();
    const index = new Map(units.map(({ id }, i) => [id, i]));
    for (const { id, parent } of units)
      if (parent !== null) expect(index.get(parent)).toBeLessThan(index.get(id) ?? -1);
  });
});

describe('the snapshot a plan is made from', () => {
  test('plans a round for every post that guarantees somebody, and names the unbound', async () => {
    const { policy, rules, calendar } = await world.deps.office.inForce(world.pool);
    const register = await registerSnapshot(world.pool, {}, TODAY);
    const plan = planCycle({
      cycle: '2026-Q4',
      period: { name: '2026-Q4', fromOn: '2026-10-01', toOn: '2026-12-31' },
      scope: { kind: 'quarter' },
      register,
      existing: new Set(),
      calendar,
      policy,
      rules,
      today: TODAY,
    });
    expect(plan.totals.subjects).toBe([...register.subjects.values()].length);
    expect(plan.totals.problems.unbound).toBe(3);
    expect(plan.totals.problems).toMatchObject({ vacancy: 1, absence: 1, 'no-pledge': 2 });
  });

  test('holds only what its scope covers', async () => {
    const { subjects, bindings } = await registerSnapshot(world.pool, { unit: 'sandun', class: 'D' }, TODAY);
    expect(subjects.size).toBeGreaterThan(0);
    for (const { unit, class: level } of subjects.values())
      expect([unit.startsWith('sandun'), level]).toEqual([true, 'D']);
    for (const { subject } of bindings.values()) expect(subjects.has(subject)).toBe(true);
  });
});
