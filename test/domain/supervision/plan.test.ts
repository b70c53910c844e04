import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical } from '../../../domain/kernel/journal.ts';
import { liesUnder } from '../../../domain/kernel/acting.ts';
import { fallsDue } from '../../../domain/supervision/frequency.ts';
import { planCycle, openingOf, type PlanRegister, type PlanRequest } from '../../../domain/supervision/plan.ts';
import { round } from '../../../domain/supervision/round.ts';
import type { Post, Subject, SubjectClass, Unit, UnitKind } from '../../../domain/register/register.ts';
import { calendar, policyWith, rulesWith, SYSTEM_ACTOR, tried } from './world.ts';

const unit = (id: string, kind: UnitKind, path: string): Unit => ({ id, name: id, kind, parent: null, path });
const post = (id: string, unitId: string, changed: Partial<Post> = {}): Post => ({
  id,
  unit: unitId,
  title: id,
  role: 'cadre',
  superior: 'head',
  class: 'D',
  fromOn: '2024-01-01',
  toOn: null,
  ...changed,
});
const subject = (id: string, unitId: string, changed: Partial<Subject> = {}): Subject => ({
  id,
  name: id,
  creditCode: null,
  class: 'D',
  risk: 'low',
  status: 'active',
  trade: 'catering',
  unit: unitId,
  address: '',
  openedOn: '2024-01-01',
  closedOn: null,
  ...changed,
});
const byId = <Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [row.id, row]));

const bind = (subjectId: string, postId: string, fromOn = '2024-01-01', toOn: string | null = null) => ({
  id: `b-${subjectId}-${postId}`,
  subject: subjectId,
  post: postId,
  fromOn,
  toOn,
});
const tenure = (person: string, postId: string, fromOn = '2024-01-01', toOn: string | null = null) => ({
  id: `t-${person}-${postId}`,
  person,
  post: postId,
  fromOn,
  toOn,
});
const pledge = (person: string, postId: string, version = '2026') => ({
  id: `pl-${person}-${postId}-${version}`,
  person,
  post: postId,
  version,
  signedOn: '2026-01-05',
  withPost: 'head',
  document: null,
});

const UNITS = [
  unit('d-1', 'district', 'd-1/'),
  unit('t-1', 'town', 'd-1/t-1/'),
  unit('t-2', 'town', 'd-1/t-2/'),
  unit('c-1', 'community', 'd-1/t-1/c-1/'),
  unit('c-2', 'community', 'd-1/t-2/c-2/'),
];

/** Two communities in two towns; everything in order. */
const register = (changed: Partial<PlanRegister> = {}): PlanRegister => ({
  units: byId(UNITS),
  posts: byId([post('p1', 'c-1'), post('p2', 'c-2')]),
  tenures: byId([tenure('a', 'p1'), tenure('b', 'p2')]),
  absences: new Map(),
  subjects: byId([subject('s2', 'c-1'), subject('s1', 'c-1', { risk: 'high' }), subject('s3', 'c-2')]),
  bindings: byId([bind('s1', 'p1'), bind('s2', 'p1'), bind('s3', 'p2')]),
  pledges: byId([pledge('a', 'p1'), pledge('b', 'p2')]),
  ...changed,
});

const request = (changed: Partial<PlanRequest> = {}): PlanRequest => ({
  cycle: '2026-Q4',
  period: { name: '2026-Q4', fromOn: '2026-10-01', toOn: '2026-12-31' },
  scope: { kind: 'quarter' },
  register: register(),
  existing: new Set(),
  calendar,
  policy: policyWith(),
  rules: rulesWith(),
  today: '2026-09-28',
  ...changed,
});
const plan = (changed: Partial<PlanRequest> = {}) => planCycle(request(changed));
const problemsOf = (changed: Partial<PlanRequest>) =>
  plan(changed).rows.map(({ post: id, problems }) => [id, problems.map(({ code }) => code)]);

describe('a district in order', () => {
  test('gets a round for each post, its visits sorted, high risk on site', () => {
    const { rows, problems, totals, provisional } = plan();
    expect(rows).toEqual([
      {
        ordinal: 1,
        post: 'p1',
        person: 'a',
        unit: 'c-1',
        roundKey: '2026-Q4/p1',
        visits: [
          { subject: 's1', onSite: true },
          { subject: 's2', onSite: false },
        ],
        dueOn: '2026-12-31',
        why: {
          rule: 'BB-04',
          version: 'XH-POLICY-2026',
          basis: '“三单一承诺书”制度;杭西食药安办〔2023〕5号第2点',
          mark: 'S',
          fromOn: '2026-10-01',
          toOn: '2026-12-31',
          provisional: false,
        },
        problems: [],
      },
      expect.objectContaining({ ordinal: 2, post: 'p2', visits: [{ subject: 's3', onSite: false }] }),
    ]);
    expect(problems).toEqual([]);
    expect(totals).toEqual({ rounds: 2, visits: 3, onSite: 1, subjects: 3, problems: {} });
    expect(provisional).toBe(false);
  });

  test('opens the round a row says', () => {
    const planned = plan();
    const [row] = planned.rows;
    if (row === undefined) throw new Error('no row');
    const does = openingOf(planned, row);
    expect(
      tried(round, `round/${row.roundKey}`, undefined, { when: '2026-09-28', by: SYSTEM_ACTOR, does }),
    ).toMatchObject({
      events: [{ type: 'opened', post: 'p1', dueOn: '2026-12-31', visits: row.visits }],
    });
  });
});

describe('problems of a round', () => {
  test.each<[string, Partial<PlanRegister>, string[]]>([
    ['nobody holds the post', { tenures: byId([tenure('b', 'p2')]) }, ['vacancy']],
    [
      'the holder left before the period',
      { tenures: byId([tenure('a', 'p1', '2024-01-01', '2026-10-01'), tenure('b', 'p2')]) },
      ['vacancy'],
    ],
    [
      'the holder is away in the period',
      {
        absences: byId([
          { id: 'x', person: 'a', deputy: 'b', fromOn: '2026-11-01', toOn: '2026-11-20', cause: 'leave' },
        ]),
      },
      ['absence'],
    ],
    [
      'the holder was away before the period',
      {
        absences: byId([
          { id: 'x', person: 'a', deputy: 'b', fromOn: '2026-09-01', toOn: '2026-09-30', cause: 'leave' },
        ]),
      },
      [],
    ],
    [
      'the pledge is of an older version',
      { pledges: byId([pledge('a', 'p1', '2023'), pledge('b', 'p2')]) },
      ['no-pledge'],
    ],
    [
      'the post has no superior',
      { posts: byId([post('p1', 'c-1', { superior: null }), post('p2', 'c-2')]) },
      ['no-superior'],
    ],
  ])('%s', (_what, changed, codes) => {
    expect(problemsOf({ register: register(changed) })).toContainEqual(['p1', codes]);
  });

  test('a round that exists already is said to', () => {
    expect(problemsOf({ existing: new Set(['2026-Q4/p2']) })).toEqual([
      ['p2', ['already-in-period']],
      ['p1', []],
    ]);
  });

  test('put their row first, the worst on top', () => {
    const changed = register({
      tenures: byId([tenure('a', 'p1')]),
      pledges: byId([pledge('b', 'p2')]),
    });
    expect(problemsOf({ register: changed })).toEqual([
      ['p2', ['vacancy']],
      ['p1', ['no-pledge']],
    ]);
  });
});

describe('problems of the plan', () => {
  test.each<[string, Partial<PlanRegister>]>([
    ['has no binding', { bindings: byId([bind('s1', 'p1'), bind('s3', 'p2')]) }],
    [
      'was bound until the first day',
      { bindings: byId([bind('s1', 'p1'), bind('s2', 'p1', '2024-01-01', '2026-10-01'), bind('s3', 'p2')]) },
    ],
    [
      'is bound to a post the register does not hold',
      { bindings: byId([bind('s1', 'p1'), bind('s2', 'p9'), bind('s3', 'p2')]) },
    ],
  ])('a subject that %s is unbound and gets no visit', (_what, changed) => {
    const { problems, totals } = plan({ register: register(changed) });
    expect(problems).toEqual([{ code: 'unbound', details: { subject: 's2', unit: 'c-1', class: 'D' } }]);
    expect(totals).toMatchObject({ visits: 2, subjects: 3, problems: { unbound: 1 } });
  });

  test('a subject with two bindings goes to the elder one, in whichever order they are read', () => {
    const two = [bind('s3', 'p1'), bind('s3', 'p2')];
    for (const bindings of [byId(two), byId([...two].reverse())])
      expect(plan({ register: register({ bindings }) }).rows.map(({ post: id }) => id)).toEqual(['p1']);
  });

  test('a subject that is not active is no problem and gets no visit', () => {
    const subjects = byId([
      subject('s1', 'c-1', { status: 'closed' }),
      subject('s2', 'c-1', { status: 'suspended' }),
      subject('s3', 'c-2'),
    ]);
    expect(plan({ register: register({ subjects }) })).toMatchObject({
      rows: [{ post: 'p2' }],
      problems: [],
      totals: { subjects: 1 },
    });
  });

  const frequency = (entered: boolean, visitsPerYear: object) =>
    policyWith({
      'supervision.frequency': [
        { validFrom: '2025-01-01', owner: 'x', mark: 'D', entered, visitsPerYear } as unknown as string,
      ],
    });

  test.each([
    ['not entered', frequency(false, { D: { community: 4 } })],
    ['without the class', frequency(true, { C: { town: 4 } })],
    ['with an empty cell', frequency(true, { D: { community: null } })],
  ])('a frequency table %s creates no visit and says so, once a class and level', (_what, policy) => {
    const { rows, problems } = plan({ policy });
    expect(rows).toEqual([]);
    expect(problems).toEqual([{ code: 'frequency-unset', details: { class: 'D', level: 'community', subjects: 3 } }]);
  });

  test('twice a year falls due half a year after the last visit', () => {
    const lastVisitedOn = new Map([
      ['s1', '2026-06-30'],
      ['s2', '2026-07-01'],
    ]);
    const { rows } = plan({ policy: frequency(true, { D: { community: 2 } }), lastVisitedOn });
    expect(rows.flatMap(({ visits }) => visits.map(({ subject: id }) => id))).toEqual(['s1', 's3']);
  });

  test.each([
    [3, '2026-08-31', true],
    [3, '2026-09-01', false],
    [1, '2025-12-31', true],
    [4, '2026-12-30', true],
    [0, undefined, false],
    [2, undefined, true],
  ])('%s a year, last visited on %s: falls due by the end of 2026 is %s', (perYear, lastVisitedOn, due) => {
    expect(fallsDue(perYear, lastVisitedOn, '2026-12-31')).toBe(due);
  });

  test('twelve a year is more than a quarter’s round holds', () => {
    const { problems, totals } = plan({ policy: frequency(true, { D: { community: 12 } }) });
    expect(problems).toEqual([
      { code: 'more-than-one-a-period', details: { class: 'D', level: 'community', subjects: 3 } },
    ]);
    expect(totals.visits).toBe(3);
  });

  test('a key period asks for its visit whatever the yearly figure', () => {
    const { totals } = plan({
      scope: { kind: 'key-period' },
      cycle: '2026-Q4/national-day',
      policy: frequency(true, { D: { community: 1 } }),
      lastVisitedOn: new Map([['s1', '2026-09-01']]),
    });
    expect(totals.visits).toBe(3);
  });

  test('a period past the last holiday notice is provisional', () => {
    const { problems, provisional } = plan({
      cycle: '2027-Q1',
      period: { name: '2027-Q1', fromOn: '2027-01-01', toOn: '2027-03-31' },
    });
    expect(provisional).toBe(true);
    expect(problems).toEqual([
      { code: 'provisional-calendar', details: { toOn: '2027-03-31', knownThrough: '2026-12-31' } },
    ]);
  });
});

describe('the scope', () => {
  test('of a unit is not that of one whose id begins with its own', () => {
    expect([liesUnder('d-1/t-1/', 't-1'), liesUnder('d-1/t-10/', 't-1'), liesUnder('xt-1/', 't-1')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test.each([
    ['a town', { kind: 'unit', unit: 't-1' }, ['p1']],
    ['a community', { kind: 'unit', unit: 'c-2' }, ['p2']],
    ['a class nobody is of', { kind: 'class', class: 'A' }, []],
    ['a class', { kind: 'class', class: 'D' }, ['p1', 'p2']],
  ] as const)('of %s', (_what, scope, posts) => {
    expect(plan({ scope }).rows.map(({ post: id }) => id)).toEqual(posts);
  });
});

describe('a whole district', () => {
  const CADRES = 2_100;
  const SUBJECTS = 20_000;
  const CLASSES: readonly SubjectClass[] = ['B', 'C', 'D', 'D', 'D'];
  const KINDS = { A: 'c-1', B: 'd-1', C: 't-1', D: 'c-1' } as const;

  function district(order: (n: number) => number): PlanRegister {
    const indices = (count: number) => Array.from({ length: count }, (_, n) => order(n) % count);
    const classOf = (n: number): SubjectClass => CLASSES[n % CLASSES.length] ?? 'D';
    const posts = indices(CADRES).map((n) => post(`p${String(n)}`, KINDS[classOf(n)], { class: classOf(n) }));
    const subjects = indices(SUBJECTS).map((n) => subject(`s${String(n)}`, 'c-1', { class: classOf(n) }));
    return {
      units: byId(UNITS),
      posts: byId(posts),
      tenures: byId(
        indices(CADRES)
          .filter((n) => n % 50 !== 0)
          .map((n) => tenure(`x${String(n)}`, `p${String(n)}`)),
      ),
      absences: new Map(),
      subjects: byId(subjects),
      bindings: byId(
        indices(SUBJECTS)
          .filter((n) => n % 100 !== 0)
          .map((n) => bind(`s${String(n)}`, `p${String(n % CADRES)}`)),
      ),
      pledges: byId(indices(CADRES).map((n) => pledge(`x${String(n)}`, `p${String(n)}`))),
    };
  }

  test('of 20,000 subjects and 2,100 cadres is planned in under a second', () => {
    const full = district((n) => n);
    const startedAt = performance.now();
    const { totals } = plan({ register: full });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    // 42 posts are vacant; every subject of 21 of them is among the unbound, so they need no round.
    expect(totals).toMatchObject({ visits: 19_800, subjects: 20_000, problems: { unbound: 200, vacancy: 21 } });
  });

  test('has the same plan whatever order the register is read in', () => {
    const straight = canonical(plan({ register: district((n) => n) }));
    // 7,919 is prime: every index once, in another order.
    expect(canonical(plan({ register: district((n) => n * 7_919) })) === straight).toBe(true);
  });
});

describe('every plan', () => {
  const spans = fc.array(
    fc.record({
      subject: fc.constantFrom('s1', 's2', 's3'),
      post: fc.constantFrom('p1', 'p2', 'p9'),
      fromOn: fc.constantFrom('2024-01-01', '2026-10-01', '2026-11-01'),
      toOn: fc.constantFrom(null, '2026-10-01', '2026-10-02'),
    }),
    { maxLength: 12 },
  );

  test('gives each active subject in scope one visit or one reason why not', () => {
    fc.assert(
      fc.property(spans, (some) => {
        const bindings = byId(some.map((one, n) => ({ ...one, id: `b${String(n)}` })));
        const { rows, problems, totals } = plan({ register: register({ bindings }) });
        const visited = rows.flatMap(({ visits }) => visits.map((one) => one.subject));
        const unbound = problems.filter(({ code }) => code === 'unbound').map(({ details }) => details['subject']);
        expect([...visited, ...unbound].sort()).toEqual(['s1', 's2', 's3']);
        expect(totals.subjects).toBe(3);
        expect(rows.map(({ ordinal }) => ordinal)).toEqual(rows.map((_row, index) => index + 1));
      }),
    );
  });
});
