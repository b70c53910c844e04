import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliverInbox } from '../../../cases/inbox.ts';
import { keepInvariants } from '../../../cases/invariants.ts';
import { readCase } from '../../../cases/case-row.ts';
import { changeRegister, type RegisterAnswer } from '../../../cases/register/change-register.ts';
import { compareTables } from '../../../cases/register/compare-tables.ts';
import { missingDuties } from '../../../cases/register/missing-duties.ts';
import { loadSample, type SampleLoaded } from '../../../cases/register/sample/load.ts';
import { confirmCycle } from '../../../cases/supervision/confirm.ts';
import { previewCycle } from '../../../cases/supervision/preview.ts';
import { caseWorker } from '../../../cases/supervision/work.ts';
import type { Actor } from '../../../domain/kernel/process.ts';
import type { RegisterChange } from '../../../domain/register/change.ts';
import type { Round } from '../../../domain/supervision/round-state.ts';
import { caseWorld, type CaseWorld } from '../../support/case-world.ts';

const OFFICER: Actor = { person: 'p00002', post: 'fso-1', role: 'district-office', unit: 'fso', capacity: 'self' };
const TODAY = '2026-10-12';

let world: CaseWorld;
let sample: SampleLoaded & { ok: true };
let key = 0;

async function change(...changes: RegisterChange[]): Promise<RegisterAnswer & { ok: true }> {
  const answer = await changeRegister(world.deps, changes, { actor: OFFICER, key: `k${String(++key)}` });
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
  while ((await deliverInbox(world.deps)) > 0);
  return answer;
}

const roundOf = async (post: string): Promise<Round> =>
  (await readCase(world.pool, `round/2026-Q4/${post}`)).state as Round;

const statusOf = (round: Round, subject: string): string | undefined =>
  round.visits.find((visit) => visit.subject === subject)?.status;

interface Bound {
  readonly post: string;
  readonly person: string;
  readonly subjects: readonly string[];
}

/** The n-th held post of class D with at least two subjects. */
async function boundPost(n: number): Promise<Bound> {
  const { rows } = await world.pool.query<Bound>(
    `SELECT b.post_id AS post, t.person_id AS person, array_agg(b.subject_id ORDER BY b.subject_id) AS subjects
       FROM bindings b JOIN subjects s ON s.id = b.subject_id AND s.status = 'active' AND s.class = 'D'
       JOIN tenures t ON t.post_id = b.post_id AND t.to_on IS NULL
      WHERE b.to_on IS NULL AND t.person_id <> $2 GROUP BY 1, 2 HAVING count(*) > 1 ORDER BY 1 OFFSET $1 LIMIT 1`,
    [n, sample.flaws.absentPerson],
  );
  if (rows[0] === undefined) throw new Error('no such post');
  return rows[0];
}

/** Two such posts of one town. */
async function neighbours(): Promise<readonly [Bound, Bound]> {
  for (let n = 0; ; n++) {
    const [one, two] = [await boundPost(n), await boundPost(n + 1)];
    if (one.post.split('-')[0] === two.post.split('-')[0]) return [one, two];
  }
}

const addedLike = async (like: string, id: string): Promise<RegisterChange> => {
  const { rows } = await world.pool.query<{ unit: string }>('SELECT unit_id AS unit FROM subjects WHERE id = $1', [
    like,
  ]);
  const unit = rows[0]?.unit ?? '';
  return {
    type: 'subject-added',
    subject: id,
    name: '示例·新店',
    creditCode: null,
    class: 'D',
    risk: 'high',
    trade: '小餐饮',
    unit,
    address: '示例路 1 号',
    on: TODAY,
  };
};

beforeAll(async () => {
  world = await caseWorld({ start: `${TODAY}T09:00` });
  const loaded = await loadSample(world.deps, { scale: 0.02 });
  if (!loaded.ok) throw new Error('refused');
  sample = loaded;
  const preview = await previewCycle(world.deps, { kind: 'quarter', quarter: '2026-Q4' }, OFFICER);
  if ('refused' in preview) throw new Error(preview.refused.code);
  const answer = await confirmCycle(world.deps, { hash: preview.hash, key: 'confirm', actor: OFFICER });
  if (!answer.ok) throw new Error(answer.refusal.code);
});
afterAll(() => world.close());

describe('while a kick-off has planned its rounds and not opened them', () => {
  test('a subject that closes, and a cadre who leaves, reach rounds that are not there yet', async () => {
    const [closing, leaving] = [await boundPost(0), await boundPost(1)];
    await change({ type: 'subject-closed', subject: closing.subjects[0] ?? '', on: TODAY });
    await change({ type: 'tenure-ended', post: leaving.post, person: leaving.person, on: TODAY });
    await caseWorker(world.deps)('cycle/2026-Q4', 'open-rounds', () => undefined);
    const round = await roundOf(closing.post);
    expect([statusOf(round, closing.subjects[0] ?? ''), statusOf(round, closing.subjects[1] ?? '')]).toEqual([
      'void',
      'due',
    ]);
    expect((await roundOf(leaving.post)).person).toBeNull();
    const { rows } = await world.pool.query(
      "SELECT count(*)::int AS rounds, (SELECT count(*)::int FROM cycle_plan) AS planned FROM cases WHERE kind = 'round'",
    );
    expect(rows[0]).toEqual({
      rounds: (rows[0] as { planned: number }).planned,
      planned: expect.any(Number) as number,
    });
  });
});

describe('while rounds run', () => {
  test('a cadre who leaves hands the round to a vacancy, then to the successor', async () => {
    const { post, person } = await boundPost(5);
    await change({ type: 'tenure-ended', post, person, on: TODAY });
    expect((await roundOf(post)).person).toBeNull();
    const { person: successor } = await boundPost(6);
    const answer = await change({ type: 'tenure-began', post, person: successor, on: TODAY });
    expect((await roundOf(post)).person).toBe(successor);
    expect(answer.opened).toEqual([`pledge-duty/${post}/${successor}/1`]);
  });

  test('an absence names the deputy in the round until it ends', async () => {
    const { post, person } = await boundPost(7);
    const { person: deputy } = await boundPost(8);
    await change({ type: 'absence-began', person, deputy, on: TODAY, until: '2026-10-30', cause: '公差' });
    expect(await roundOf(post)).toMatchObject({ person, deputy });
    await change({ type: 'absence-ended', person, on: TODAY });
    expect(await roundOf(post)).toMatchObject({ person, deputy: null });
  });

  test('an absence to come names the deputy on its first day, and ends by itself after its last', async () => {
    const { post, person } = await boundPost(10);
    const { person: deputy } = await boundPost(11);
    await change({ type: 'absence-began', person, deputy, on: '2026-10-14', until: '2026-10-16', cause: '公差' });
    await keepInvariants(world.deps);
    expect(await roundOf(post)).toMatchObject({ person, deputy: null });
    world.at('2026-10-14T00:30');
    await keepInvariants(world.deps);
    expect(await roundOf(post)).toMatchObject({ person, deputy });
    world.at('2026-10-17T00:30');
    await keepInvariants(world.deps);
    expect(await roundOf(post)).toMatchObject({ person, deputy: null });
    world.at(`${TODAY}T10:00`);
  });

  test('a subject that opens joins the round of its cadre, on site when its risk is high', async () => {
    const { post, subjects } = await boundPost(9);
    await change(await addedLike(subjects[0] ?? '', 'late-1'), { type: 'bound', subject: 'late-1', post, on: TODAY });
    expect((await roundOf(post)).visits.find(({ subject }) => subject === 'late-1')).toMatchObject({
      status: 'due',
      onSite: true,
      cause: 'bound',
    });
  });

  test('a subject bound elsewhere moves its visit with it, once', async () => {
    const [from, to] = await neighbours();
    const subject = from.subjects[0] ?? '';
    await change(
      { type: 'unbound', subject, post: from.post, on: TODAY, reason: '调整' },
      { type: 'bound', subject, post: to.post, on: TODAY },
    );
    expect(statusOf(await roundOf(from.post), subject)).toBe('handed-over');
    expect((await roundOf(to.post)).visits.filter((visit) => visit.subject === subject)).toMatchObject([
      { status: 'due' },
    ]);
  });

  test('a subject that nobody guarantees any more is released and owed a binding', async () => {
    const { post, subjects } = await boundPost(11);
    const subject = subjects[1] ?? '';
    const answer = await change({ type: 'unbound', subject, post, on: TODAY, reason: '调整' });
    expect(statusOf(await roundOf(post), subject)).toBe('released');
    expect(answer.opened).toEqual([`binding-duty/${subject}/1`]);
    await change({ type: 'bound', subject, post, on: TODAY });
    expect(statusOf(await roundOf(post), subject)).toBe('due');
  });

  test('a post without a round gets one when it is first bound to', async () => {
    const { post, subjects } = await boundPost(12);
    const { rows } = await world.pool.query<{ unit: string; superior: string }>(
      'SELECT unit_id AS unit, superior_id AS superior FROM posts WHERE id = $1',
      [post],
    );
    const { unit = '', superior = '' } = rows[0] ?? {};
    const answer = await change(
      { type: 'post-added', post: 'new-post', unit, title: '包保干部', role: 'cadre', superior, class: 'D', on: TODAY },
      await addedLike(subjects[0] ?? '', 'late-2'),
      { type: 'bound', subject: 'late-2', post: 'new-post', on: TODAY },
    );
    expect(answer.opened).toEqual(['round/2026-Q4/new-post']);
    expect(await roundOf('new-post')).toMatchObject({ person: null, visits: [{ subject: 'late-2', onSite: true }] });
  });

  test('every inbox row was settled with an entry, and no duty is missing', async () => {
    const { rows } = await world.pool.query(
      "SELECT to_case, command, answer FROM inbox WHERE settled_at IS NULL OR answer->>'ok' <> 'true'",
    );
    expect(rows).toEqual([]);
    expect(await compareTables(world.pool)).toEqual([]);
    expect(await missingDuties(world.pool, { today: TODAY, pledgeVersion: '2026' })).toEqual([]);
  });
});
