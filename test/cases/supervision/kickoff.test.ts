import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { apply } from '../../../cases/apply.ts';
import type { CasesDeps } from '../../../cases/deps.ts';
import { deliverInbox } from '../../../cases/inbox.ts';
import { keepInvariants } from '../../../cases/invariants.ts';
import { changeRegister } from '../../../cases/register/change-register.ts';
import { loadSample } from '../../../cases/register/sample/load.ts';
import { confirmCycle, withdrawCycle } from '../../../cases/supervision/confirm.ts';
import { cycleFigures } from '../../../cases/supervision/figures.ts';
import { previewCycle, type Preview } from '../../../cases/supervision/preview.ts';
import { nextQuarter, proposeQuarter } from '../../../cases/supervision/proposal.ts';
import { caseWorker } from '../../../cases/supervision/work.ts';
import { fire } from '../../../cases/fire.ts';
import { verify } from '../../../cases/verify.ts';
import type { Actor } from '../../../domain/kernel/process.ts';
import type { Round } from '../../../domain/supervision/round-state.ts';
import { caseWorld, type CaseWorld } from '../../support/case-world.ts';

const OFFICER: Actor = { person: 'p00002', post: 'fso-1', role: 'district-office', unit: 'fso', capacity: 'self' };
const CYCLE = 'cycle/2026-Q4';

let world: CaseWorld;

beforeEach(async () => {
  world = await caseWorld({ start: '2026-10-08T09:00' });
  const loaded = await loadSample(world.deps, { scale: 0.02 });
  expect(loaded.ok).toBe(true);
});
afterEach(() => world.close());

async function preview(
  request: Parameters<typeof previewCycle>[1] = { kind: 'quarter', quarter: '2026-Q4' },
): Promise<Preview> {
  const shown = await previewCycle(world.deps, request, OFFICER);
  if ('refused' in shown) throw new Error(shown.refused.code);
  return shown;
}

const confirm = (hash: string, key = hash) => confirmCycle(world.deps, { hash, key, actor: OFFICER });
const work = (deps: CasesDeps = world.deps) => caseWorker(deps)(CYCLE, 'open-rounds', () => undefined);

const count = async (sql: string): Promise<number> => Number((await world.pool.query<{ n: string }>(sql)).rows[0]?.n);
const rounds = () => count(`SELECT count(*) AS n FROM cases WHERE kind = 'round'`);

describe('a preview', () => {
  test('writes no case, shows problems first and the same hash for the same register', async () => {
    const before = await count('SELECT count(*) AS n FROM entries');
    const [first, second] = [await preview(), await preview()];
    expect(first.hash).toBe(second.hash);
    expect(await count('SELECT count(*) AS n FROM entries')).toBe(before);
    const { rows, problems, totals } = first.plan;
    expect(rows.map(({ problems: own }) => own.length > 0).lastIndexOf(true)).toBeLessThan(
      rows.filter(({ problems: own }) => own.length > 0).length,
    );
    expect(problems.map(({ code }) => code)).toContain('unbound');
    expect(totals.problems).toMatchObject({ vacancy: 1, absence: 1, 'no-pledge': expect.any(Number) as number });
    expect(rows.every(({ dueOn, why }) => dueOn === '2026-12-31' && why.rule === 'BB-04')).toBe(true);
  });

  test.each([
    ['a quarter that is none', { kind: 'quarter', quarter: '2026-Q5' }, 'bad-period'],
    [
      'an ad-hoc cycle that ends before it begins',
      { kind: 'key-period', name: 'x', fromOn: '2026-11-02', toOn: '2026-11-01' },
      'bad-period',
    ],
    [
      'a name that cannot stand in an id',
      { kind: 'key-period', name: '国庆', fromOn: '2026-11-01', toOn: '2026-11-02' },
      'bad-cycle-name',
    ],
    [
      'a unit cycle without a unit',
      { kind: 'unit', name: 'x', fromOn: '2026-11-01', toOn: '2026-11-02' },
      'scope-incomplete',
    ],
  ] as const)('of %s is refused', async (_what, request, code) => {
    expect(await previewCycle(world.deps, request, OFFICER)).toMatchObject({ refused: { code } });
  });

  test('of one class or one unit covers that alone', async () => {
    const ofClass = await preview({
      kind: 'class',
      name: 'class-c',
      class: 'C',
      fromOn: '2026-11-01',
      toOn: '2026-11-30',
    });
    const all = await preview();
    expect(ofClass.plan.cycle).toBe('2026-Q4/class-c');
    expect(ofClass.plan.totals.subjects).toBeGreaterThan(0);
    expect(ofClass.plan.totals.subjects).toBeLessThan(all.plan.totals.subjects);
  });
});

describe('a confirmation', () => {
  test('opens exactly the rounds that were shown, with a result for each row', async () => {
    const shown = await preview();
    expect(await confirm(shown.hash)).toMatchObject({ ok: true, summary: { stage: 'opening' } });
    await work();
    expect(await rounds()).toBe(shown.plan.totals.rounds);
    expect(await count(`SELECT count(*) AS n FROM cycle_plan WHERE result = 'opened'`)).toBe(shown.plan.totals.rounds);
    expect(await count(`SELECT count(*) AS n FROM outbox`)).toBeGreaterThanOrEqual(shown.plan.totals.rounds);
    expect((await verify(world.deps, { chain: CYCLE })).differences).toEqual([]);
  });

  test('repeated with its key is answered the same, also when the register has moved since', async () => {
    const shown = await preview();
    const first = await confirm(shown.hash, 'once');
    const { rows } = await world.pool.query<{ id: string }>(
      `SELECT id FROM subjects WHERE status = 'active' ORDER BY id LIMIT 1`,
    );
    await changeRegister(world.deps, [{ type: 'subject-closed', subject: rows[0]?.id ?? '', on: '2026-10-08' }], {
      actor: OFFICER,
      key: 'close',
    });
    expect(await confirm(shown.hash, 'once')).toEqual(first);
    expect(await count(`SELECT count(*) AS n FROM cases WHERE kind = 'cycle'`)).toBe(1);
  });

  test('of a preview that the register has overtaken is refused and opens nothing', async () => {
    const shown = await preview();
    const { rows } = await world.pool.query<{ id: string }>(
      `SELECT subject_id AS id FROM bindings WHERE to_on IS NULL ORDER BY id LIMIT 1`,
    );
    await changeRegister(world.deps, [{ type: 'subject-closed', subject: rows[0]?.id ?? '', on: '2026-10-08' }], {
      actor: OFFICER,
      key: 'close',
    });
    expect(await confirm(shown.hash)).toMatchObject({ ok: false, refusal: { code: 'preview-outdated' } });
    expect(await confirm('0'.repeat(64))).toMatchObject({ ok: false, refusal: { code: 'preview-unknown' } });
    expect(await count(`SELECT count(*) AS n FROM cases WHERE kind = 'cycle'`)).toBe(0);
  });

  test('by somebody who may not lead a cycle is refused', async () => {
    const shown = await preview();
    const cadre: Actor = { ...OFFICER, role: 'cadre' };
    expect(await confirmCycle(world.deps, { hash: shown.hash, key: 'k', actor: cadre })).toMatchObject({
      ok: false,
      refusal: { code: 'not-office' },
    });
  });

  test('resumes after a crash between a page and its report, without a duplicate and with the same counts', async () => {
    const shown = await preview();
    await confirm(shown.hash);
    let pages = 0;
    const dying: CasesDeps = {
      ...world.deps,
      // The page commits; then the process is gone before it can tell the cycle.
      now: (client) => {
        pages += 1;
        return pages === 2 ? Promise.reject(new Error('killed')) : (world.deps.now?.(client) ?? Promise.resolve(0));
      },
    };
    await expect(work(dying)).rejects.toThrow('killed');
    const afterCrash = await rounds();
    expect(afterCrash).toBeGreaterThan(0);
    await work();
    expect(await rounds()).toBe(shown.plan.totals.rounds);
    const { rows } = await world.pool.query<{ figures: Record<string, number> }>(
      'SELECT figures FROM cases WHERE id = $1',
      [CYCLE],
    );
    expect(rows[0]?.figures).toMatchObject({ opened: shown.plan.totals.rounds, existing: 0, failed: 0 });
  });

  test('by two workers at once opens each round once', async () => {
    const shown = await preview();
    await confirm(shown.hash);
    await Promise.allSettled([work(), work(), work()]);
    await work();
    expect(await rounds()).toBe(shown.plan.totals.rounds);
    expect(await count(`SELECT count(*) AS n FROM entries WHERE chain LIKE 'round/%' AND seq = 1`)).toBe(
      shown.plan.totals.rounds,
    );
  });

  test('of a cycle that runs adds late joiners only', async () => {
    const shown = await preview();
    await confirm(shown.hash);
    await work();
    const again = await preview();
    expect(again.running).toBe(true);
    expect(await confirm(again.hash)).toMatchObject({ ok: false, refusal: { code: 'nothing-to-add' } });
    expect(await rounds()).toBe(shown.plan.totals.rounds);
  });
});

describe('a running cycle', () => {
  beforeEach(async () => {
    await confirm((await preview()).hash);
    await work();
  });
  const lead = (type: string, more: object, key = type) =>
    apply(world.deps, { type, ...more }, { caseId: CYCLE, key, actor: OFFICER });

  test('pauses and resumes every round, and their dates move by the days it stood still', async () => {
    expect(await lead('pause', { reason: '台风', document: '余食安办〔2026〕1 号' })).toMatchObject({ ok: true });
    await caseWorker(world.deps)(CYCLE, 'pause-rounds', () => undefined);
    expect(
      await count(
        `SELECT count(*) AS n FROM cases WHERE kind = 'round' AND closed_at IS NULL AND next_alarm_at IS NOT NULL`,
      ),
    ).toBe(0);
    world.at('2026-10-20T09:00');
    expect(await lead('resume', { reason: '台风过去', document: '余食安办〔2026〕2 号' })).toMatchObject({ ok: true });
    await caseWorker(world.deps)(CYCLE, 'resume-rounds', () => undefined);
    expect(
      await count(
        `SELECT count(*) AS n FROM cases WHERE kind = 'round' AND closed_at IS NULL AND due_on > '2026-12-31'`,
      ),
    ).toBeGreaterThan(0);
  });

  test('is withdrawn while untouched, and not after a visit', async () => {
    const { rows } = await world.pool.query<{ id: string; state: Round }>(
      `SELECT id, state FROM cases WHERE kind = 'round' AND state->>'person' IS NOT NULL ORDER BY id LIMIT 1`,
    );
    const round = rows[0];
    if (round === undefined) throw new Error('no round');
    const cadre: Actor = {
      person: round.state.person ?? '',
      post: round.state.post,
      role: 'cadre',
      unit: round.state.unit,
      capacity: 'self',
    };
    const items = (await world.deps.office.inForce(world.pool)).policy.value<readonly { readonly code: string }[]>(
      'supervision.checklist',
    );
    const visit = {
      type: 'record-visit',
      visit: 'v-1',
      subject: round.state.visits[0]?.subject ?? '',
      visitedOn: '2026-10-08',
      mode: 'on-site',
      items: items.map(({ code }) => ({ code, met: true })),
      findings: [],
      evidence: [{ digest: 'a'.repeat(64), takenOn: '2026-10-08' }],
      confirmedBy: 'business',
    };
    expect(await apply(world.deps, visit, { caseId: round.id, key: 'v', actor: cadre })).toMatchObject({ ok: true });
    expect(
      await withdrawCycle(world.deps, { caseId: CYCLE, key: 'w', actor: OFFICER, reason: '误启动' }),
    ).toMatchObject({
      ok: false,
      refusal: { code: 'already-touched' },
    });
  });

  test('withdrawn, closes its rounds', async () => {
    expect(
      await withdrawCycle(world.deps, { caseId: CYCLE, key: 'w', actor: OFFICER, reason: '误启动' }),
    ).toMatchObject({ ok: true });
    await caseWorker(world.deps)(CYCLE, 'withdraw-rounds', () => undefined);
    expect(await count(`SELECT count(*) AS n FROM cases WHERE kind = 'round' AND closed_at IS NULL`)).toBe(0);
  });

  test('freezes nothing while a round is before its due rung, then figures down to ids that never change', async () => {
    const end = '2027-01-01T09:00';
    world.at(end);
    await fire(world.deps, CYCLE);
    const worker = caseWorker(world.deps);
    expect(await worker(CYCLE, 'freeze-figures', () => undefined)).toBeGreaterThan(0);
    const { rows } = await world.pool.query<{ id: string }>(
      `SELECT id FROM cases WHERE kind = 'round' AND closed_at IS NULL`,
    );
    for (const { id } of rows) await fire(world.deps, id);
    expect(await worker(CYCLE, 'freeze-figures', () => undefined)).toBe(0);
    expect(await worker(CYCLE, 'freeze-figures', () => undefined)).toBe(0);
    const figures = await cycleFigures(world.deps, CYCLE);
    expect(figures.frozenAt).not.toBeNull();
    expect(figures.total.completion.numerator).toEqual([]);
    expect(figures.total.completion.denominator.length).toBe(figures.total.completion.missing.length);
    await expect(world.pool.query(`UPDATE figures SET counted = true`)).rejects.toThrow();
    expect((await verify(world.deps, { chain: CYCLE })).differences).toEqual([]);
  });
});

test('the next quarter is proposed to the office once, and says that its holidays are not published', async () => {
  const proposal = await proposeQuarter(world.deps);
  expect(proposal).toMatchObject({ cycle: '2027-Q1', state: 'proposed', provisional: true });
  await proposeQuarter(world.deps);
  expect(await count(`SELECT count(*) AS n FROM notices WHERE template = 'next-cycle-proposed'`)).toBe(1);
  expect(await nextQuarter(world.deps)).toMatchObject({ hash: proposal.hash });
});

test('a duty that was lost is opened again by the invariants, and a round hears of a holder it was never told of', async () => {
  await confirm((await preview()).hash);
  await work();
  while ((await deliverInbox(world.deps)) > 0);
  const { rows } = await world.pool.query<{ id: string; holder: string }>(
    `SELECT id, holder_post AS holder FROM cases WHERE kind = 'round' AND closed_at IS NULL AND state->>'person' IS NOT NULL ORDER BY id LIMIT 1`,
  );
  await world.pool.query('UPDATE tenures SET to_on = $2 WHERE post_id = $1', [rows[0]?.holder, '2026-10-08']);
  expect(await keepInvariants(world.deps)).toMatchObject({ holders: 1 });
  expect(await keepInvariants(world.deps)).toMatchObject({ holders: 0, duties: 0 });
});
