/**
 * Ten thousand looks past one's reach: ids of the other town and ids that nobody has, on every route that takes one, by
 * everybody whose reach ends at their own town. Nothing is read, and each is written down.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scopeOf } from '../../domain/rights/table.ts';
import { PROBES, type Probe } from './matrix-probes.ts';
import { settleWorld, TOWN, type Someone, type Target, type World } from './rights-world.ts';
import { startApi, type Serving } from './serving.ts';

const LOOKS = 10_000;
const HANDS = 24;

let api: Serving;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await settleWorld(api);
}, 180_000);
afterAll(() => api.stop());

/** The same numbers every time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const next = numbers(20_261_124);
function pick<T>(some: readonly T[]): T {
  const one = some[next(some.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}

/** Ids in the shape of real ones. */
function madeUp(): Target {
  const key = randomUUID().slice(0, 13);
  return {
    key,
    correction: `correction/2026-Q${String(1 + next(4))}/p-${key}/f-${key}`,
    round: `2026-Q${String(1 + next(4))}/p-${key}`,
    subject: `s-${key}`,
    subjectName: key,
    words: key,
    notice: String(1_000_000 + next(1_000_000_000)),
    digest: Array.from({ length: 64 }, () => '0123456789abcdef'[next(16)]).join(''),
    post: `p-${key}`,
    person: `h-${key}`,
    unit: `u-${key}`,
    preview: '0'.repeat(64),
  };
}

const IDS: ReadonlySet<Probe['about']> = new Set([
  'correction',
  'round',
  'subject',
  'post',
  'unit',
  'notice',
  'evidence',
  'mine',
]);

interface Look {
  readonly probe: Probe;
  readonly someone: Someone;
  readonly target: Target;
}

/** Whoever has the right no farther than a town, of the other town and with no part in anything of the first. */
function looks(): readonly Look[] {
  const outsiders = world.people.filter(({ place, relation }) => place === 'other' && relation === 'none');
  const pairs = PROBES.filter(({ about, operation }) => IDS.has(about) && operation.includes('{')).flatMap((probe) =>
    outsiders.flatMap((someone) => {
      const reach = probe.sees ?? probe.right;
      const far = reach !== 'signed-in' && scopeOf(someone.role, reach) === 'district';
      const has = probe.right === 'signed-in' || scopeOf(someone.role, probe.right) !== null;
      return has && !far ? [{ probe, someone }] : [];
    }),
  );
  const held = new Set(
    world.people.filter(({ place, relation }) => place === 'other' && relation !== 'none').map(({ post }) => post),
  );
  // What a colleague of the other town holds or was told of is theirs to see.
  const foreign = world.targets.filter(({ key }) => !held.has(key));
  return Array.from({ length: LOOKS }, (_, nth) => ({
    ...pick(pairs),
    target: nth % 2 === 0 ? pick(foreign) : madeUp(),
  }));
}

test('ten thousand foreign ids read nothing, and each is in the access log', { timeout: 400_000 }, async () => {
  const all = looks();
  expect(new Set(all.map(({ probe }) => probe.operation)).size).toBeGreaterThan(25);
  const wrong: string[] = [];
  const requests: string[] = [];
  let nth = 0;
  const hand = async (): Promise<void> => {
    for (let look = all[nth++]; look !== undefined; look = all[nth++]) {
      const { probe, someone, target } = look;
      const { path, body } = probe.ask(target, someone);
      const method = probe.operation.slice(0, probe.operation.indexOf(' '));
      const response = await api.ask(path, {
        method,
        headers: {
          'X-Zhaodan-Person': someone.person,
          ...(method === 'GET' ? {} : { 'Idempotency-Key': randomUUID() }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const problem = JSON.parse(text) as { readonly code?: string; readonly instance?: string };
      const silent = [403, 404].includes(response.status) && !/[〔〕]/.test(text) && problem.instance !== undefined;
      if (!silent)
        wrong.push(`${probe.operation} by ${someone.post} of ${target.key}: ${String(response.status)} ${text}`);
      else requests.push(problem.instance);
    }
  };
  await Promise.all(Array.from({ length: HANDS }, hand));
  expect({ count: wrong.length, first: wrong.slice(0, 10) }).toEqual({ count: 0, first: [] });
  const { rows } = await api.database.pool.query<{ request: string; outcome: string; unit: string }>(
    `SELECT l.request, l.outcome, p.unit_id AS unit FROM access_log l JOIN posts p ON p.id = l.post WHERE l.request = ANY($1)`,
    [requests],
  );
  expect(requests).toHaveLength(LOOKS);
  expect(new Set(rows.map(({ request }) => request)).size).toBe(LOOKS);
  expect(new Set(rows.map(({ outcome, unit }) => `${outcome} ${unit}`))).toEqual(
    new Set([`not-visible ${TOWN.other}`]),
  );
});
