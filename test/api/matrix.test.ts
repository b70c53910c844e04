/**
 * Every operation × every role × own or other town × relation to what is asked for. What must be answered is worked out here
 * from the table of rights and the four relations, and every question is really asked.
 */
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { operations } from '../../api/operations.ts';
import type { ApiDeps } from '../../api/deps.ts';
import { readFileGrids } from '../../cases/register/sheets/read-file.ts';
import type { Right } from '../../domain/rights/rights.ts';
import { scopeOf } from '../../domain/rights/table.ts';
import { OWN_SESSION, PROBES, PUBLIC, type About, type Probe } from './matrix-probes.ts';
import { settleWorld, type Someone, type Target, type World } from './rights-world.ts';
import { startApi, type Serving } from './serving.ts';

let api: Serving;
let world: World;
let known: readonly {
  readonly name: string;
  readonly right: string | undefined;
  readonly method: string;
  path: string;
}[];

beforeAll(async () => {
  const started: { deps?: ApiDeps } = {};
  api = await startApi((deps) => {
    started.deps = deps;
    return {};
  });
  if (started.deps === undefined) throw new Error('not started');
  known = operations(started.deps, new Registry()).map(({ method, path, right }) => ({
    name: `${method.toUpperCase()} ${path}`,
    right,
    method: method.toUpperCase(),
    path,
  }));
  world = await settleWorld(api);
}, 180_000);
afterAll(async () => {
  // A verification was asked for, and goes on behind the answer.
  await vi.waitFor(async () => {
    const { rows } = await api.database.pool.query('SELECT 1 FROM verifications WHERE finished_at IS NULL');
    expect(rows).toEqual([]);
  }, 60_000);
  await api.stop();
}, 90_000);

/** What the table and the relation say: not at all, not this one, or yes. */
type Expected = 'right-missing' | 'unseen' | 'seen';

/** What of the target's a right with the scope reaches. */
function reaches(
  role: Someone['role'],
  right: Right | 'signed-in',
  about: About,
  { place, relation }: Someone,
): boolean {
  const scope = right === 'signed-in' ? 'district' : scopeOf(role, right);
  if (scope === null || about === 'mine') return false;
  if (about === 'cycle' || about === 'list' || about === 'whole' || scope === 'district') return true;
  const inTown = scope === 'subtree' && place === 'own';
  switch (about) {
    case 'correction':
    case 'evidence':
      return inTown || relation !== 'none';
    case 'round':
      return inTown || relation === 'holder' || relation === 'notified';
    case 'notice':
      return inTown || relation === 'notified';
    case 'subject':
      return inTown || (relation === 'guarantor' && right === 'register.read');
    case 'post':
    case 'unit':
      return inTown;
  }
}

function expected({ right, about, sees }: Probe, someone: Someone): Expected {
  if (right !== 'signed-in' && scopeOf(someone.role, right) === null) return 'right-missing';
  // Whoever a notice went to says that they read it, whatever else they may.
  if (right === 'signed-in' && about === 'notice' && someone.relation === 'notified') return 'seen';
  return reaches(someone.role, sees ?? right, about, someone) ? 'seen' : 'unseen';
}

interface Answered {
  readonly status: number;
  readonly code: string | null;
  readonly text: string;
}

let asked = 0;
async function ask(
  { operation }: Probe,
  { path, body }: ReturnType<Probe['ask']>,
  who: Someone | null,
): Promise<Answered> {
  const method = operation.slice(0, operation.indexOf(' '));
  asked += 1;
  const response = await api.ask(path, {
    method,
    headers: {
      ...(who === null ? {} : { 'X-Zhaodan-Person': who.person }),
      ...(method === 'GET' ? {} : { 'Idempotency-Key': `matrix-${String(asked)}` }),
      ...(body === undefined ? {} : { 'Content-Type': typeof body === 'string' ? 'text/csv' : 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const type = response.headers.get('Content-Type') ?? '';
  const text = type.includes('spreadsheet') ? await sheetText(bytes) : bytes.toString('utf8');
  const code = type.includes('problem') ? (JSON.parse(text) as { code: string }).code : null;
  return { status: response.status, code, text };
}

async function sheetText(bytes: Buffer): Promise<string> {
  const read = await readFileGrids(bytes);
  if ('problem' in read) throw new Error(read.problem.code);
  return JSON.stringify(read.grids);
}

const verdict = ({ unseen }: Probe, { status, code }: Answered): string => {
  if (code === 'right-missing') return status === 403 ? 'right-missing' : `right-missing with ${String(status)}`;
  if (unseen !== undefined && code === unseen) return 'unseen';
  if (status === 401 || status >= 500) return `${String(status)} ${code ?? ''}`;
  return 'seen';
};

/** Whether somebody of the same town was told of it: who reads that town's notices reads which case they are about. */
const toldOf = (target: Target, someone: Someone): boolean =>
  scopeOf(someone.role, 'notice.read') === 'subtree' && colleagueHas(target, someone, 'notified');

/** Whether a post of the same town holds it: the town goes on with it. */
const heldBeside = (target: Target, someone: Someone): boolean =>
  scopeOf(someone.role, 'case.read') === 'subtree' && colleagueHas(target, someone, 'holder');

const colleagueHas = (target: Target, { place }: Someone, relation: Someone['relation']): boolean =>
  world.people.some((one) => one.relation === relation && one.place === place && world.targetOf(one) === target);

/** Something of a target in an answer to somebody who may see neither the case nor the subject it is about. */
function leaks(answer: Answered, path: string, someone: Someone): readonly string[] {
  const own = world.targetOf(someone);
  const relationTo = (target: Target): Someone => (target === own ? someone : { ...someone, relation: 'none' });
  const sees = (right: Right, about: About, target: Target) => reaches(someone.role, right, about, relationTo(target));
  return world.targets.flatMap((target) => {
    if (decodeURIComponent(path).includes(target.key)) return [];
    const correction =
      sees('case.read', 'correction', target) ||
      sees('journal.search', 'list', target) ||
      toldOf(target, someone) ||
      heldBeside(target, someone);
    const subject = correction || sees('register.read', 'subject', target) || sees('case.read', 'round', target);
    return [
      ...(!correction && answer.text.includes(`言〔${target.key}〕`) ? [`words of ${target.key}`] : []),
      ...(!correction && answer.text.includes(`/f-${target.key}"`) ? [`correction ${target.key}`] : []),
      ...(!subject && answer.text.includes(`店〔${target.key}〕`) ? [`subject ${target.key}`] : []),
      ...(!subject && answer.text.includes(`"s-${target.key}"`) ? [`id of subject ${target.key}`] : []),
    ];
  });
}

/** Whether a list has what whoever may see the target must find in it. */
function found({ lists }: Probe, { key }: Target, { text }: Answered): boolean {
  switch (lists) {
    case 'correction':
      return text.includes(`/f-${key}"`);
    case 'round':
      return text.includes(`/r-${key}"`);
    case 'subject':
    case 'subject-of-unit':
    case 'subject-guaranteed':
      return text.includes(`店〔${key}〕`);
    case 'words':
      return text.includes(`言〔${key}〕`);
    default:
      return true;
  }
}

/** Whether the list has to have it. */
function mustList({ lists, sees, right }: Probe, someone: Someone): boolean {
  const by = sees ?? right;
  switch (lists) {
    case 'subject-of-unit':
      return reaches(someone.role, by, 'subject', { ...someone, relation: 'none' });
    case 'subject-guaranteed':
      return someone.relation === 'guarantor';
    case 'words':
      return reaches(someone.role, by, 'correction', someone);
    default:
      return lists !== undefined && reaches(someone.role, by, lists, someone);
  }
}

async function check(probe: Probe, someone: Someone): Promise<readonly string[]> {
  const target = world.targetOf(someone);
  const question = probe.ask(target, someone);
  const answer = await ask(probe, question, someone);
  const at = `${probe.operation} by ${someone.post}`;
  const wanted = expected(probe, someone);
  const got = verdict(probe, answer);
  const wrong = got === wanted ? [] : [`${at}: ${wanted}, but ${got} (${String(answer.status)} ${answer.code ?? ''})`];
  if (wanted !== 'seen') return wrong;
  const leaked = leaks(answer, question.path, someone).map((what) => `${at} reads ${what}`);
  if (probe.lists === undefined) return [...wrong, ...leaked];
  const visible = mustList(probe, someone);
  const there = found(probe, target, answer);
  return [
    ...wrong,
    ...leaked,
    ...(there === visible ? [] : [`${at}: ${visible ? 'lacks' : 'lists'} the ${probe.lists}`]),
  ];
}

/** Whether another answer could come of who it is: towns and relations mean nothing to what is nobody's part. */
function matters({ about, lists }: Probe, { place, relation }: Someone): boolean {
  switch (about) {
    case 'whole':
    case 'mine':
      return place === 'own' && relation === 'none';
    case 'cycle':
    case 'unit':
    case 'post':
      return relation === 'none';
    case 'subject':
      return relation === 'none' || relation === 'guarantor';
    case 'list':
      return lists !== undefined || relation === 'none';
    default:
      return true;
  }
}

/** `work` on each, a few at a time. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>, hands = 12): Promise<void> {
  const waiting = items[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: hands }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
}

describe('the matrix', () => {
  test('has a question for every operation, under the right the operation names, and none for an operation that is gone', () => {
    const free = new Set([...PUBLIC, ...OWN_SESSION]);
    const guarded = known.filter(({ name }) => !free.has(name));
    const probed = new Map(PROBES.map(({ operation, right }) => [operation, right]));
    expect(guarded.filter(({ name }) => !probed.has(name)).map(({ name }) => name)).toEqual([]);
    expect([...probed.keys(), ...free].filter((name) => !known.some((one) => one.name === name))).toEqual([]);
    expect(
      guarded
        .filter(({ name, right }) => probed.get(name) !== right)
        .map(({ name, right }) => `${name} ${right ?? ''}`),
    ).toEqual([]);
  });

  test('lets nobody in without a session', async () => {
    const wrong: string[] = [];
    await each(PROBES, async (probe) => {
      const [someone] = world.people;
      if (someone === undefined) throw new Error('nobody');
      const { status, code } = await ask(probe, probe.ask(world.targetOf(someone), someone), null);
      if (status !== 401 || code !== 'not-signed-in') wrong.push(`${probe.operation}: ${String(status)}`);
    });
    for (const name of OWN_SESSION) {
      const [method = '', path = ''] = name.split(' ');
      const response = await api.ask(path.replace('{session}', '0'.repeat(32)), {
        method,
        headers: { 'Content-Type': 'application/json' },
        ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{}' }),
      });
      if (![400, 401].includes(response.status)) wrong.push(`${name}: ${String(response.status)}`);
    }
    expect(wrong).toEqual([]);
  });

  test(
    'is answered as the table says, to every role in both towns and every relation',
    { timeout: 300_000 },
    async () => {
      const cells = PROBES.flatMap((probe) =>
        world.people.filter((someone) => matters(probe, someone)).map((someone) => ({ probe, someone })),
      );
      const wrong: string[] = [];
      await each(cells, async ({ probe, someone }) => void wrong.push(...(await check(probe, someone))));
      expect(cells.length).toBeGreaterThan(4_000);
      expect({ count: wrong.length, first: wrong.sort().slice(0, 25) }).toEqual({ count: 0, first: [] });
    },
  );
});
