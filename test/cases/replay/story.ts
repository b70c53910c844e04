/** One round of the sample district and its correction, from kick-off to a default, told to a real database. */
import { apply, type Answer } from '../../../cases/apply.ts';
import { readCase } from '../../../cases/case-row.ts';
import { fire } from '../../../cases/fire.ts';
import { deliverInbox } from '../../../cases/inbox.ts';
import { freezeNotices } from '../../../cases/notices/freeze.ts';
import { claimMessages, settleMessage } from '../../../cases/notices/outgoing.ts';
import { loadOfficeData } from '../../../cases/office-data.ts';
import { publishContent, workRecounts } from '../../../cases/publication.ts';
import { actorOf } from '../../../cases/register/acting.ts';
import { changeRegister } from '../../../cases/register/change-register.ts';
import { loadSample } from '../../../cases/register/sample/load.ts';
import { confirmCycle } from '../../../cases/supervision/confirm.ts';
import { previewCycle } from '../../../cases/supervision/preview.ts';
import { caseWorker } from '../../../cases/supervision/work.ts';
import { localDate } from '../../../domain/kernel/civil-day.ts';
import type { Actor, Typed } from '../../../domain/kernel/process.ts';
import type { RegisterChange } from '../../../domain/register/change.ts';
import type { Round } from '../../../domain/supervision/round-state.ts';
import { caseWorld, shanghai, type CaseWorld } from '../../support/case-world.ts';

export const OFFICER: Actor = {
  person: 'p00002',
  post: 'fso-1',
  role: 'district-office',
  unit: 'fso',
  capacity: 'self',
};

export interface Story {
  readonly world: CaseWorld;
  readonly round: string;
  readonly correction: string;
  readonly cadre: string;
}

/** The whole story; the clock stands at its end, 2027-01-05. */
export async function toldStory(): Promise<Story> {
  const world = await caseWorld({ start: '2026-10-12T09:00' });
  const { deps, pool } = world;
  let key = 0;
  const accepted = (answer: Answer): void => {
    if (!answer.ok) throw new Error(`refused: ${answer.refusal.code}`);
  };
  const told = async (caseId: string, command: Typed & Record<string, unknown>, actor: Actor): Promise<Answer> => {
    const answer = await apply(deps, command, { caseId, key: `k${String(++key)}`, actor });
    while ((await deliverInbox(deps)) > 0);
    return answer;
  };
  const acting = async (person: string): Promise<Actor> => {
    const acting = await actorOf(pool, person, undefined, localDate(world.clock.now));
    if (!('actor' in acting)) throw new Error(acting.problem.code);
    return acting.actor;
  };
  const changed = async (...changes: RegisterChange[]): Promise<void> => {
    const answer = await changeRegister(deps, changes, { actor: OFFICER, key: `k${String(++key)}` });
    if (!answer.ok) throw new Error(answer.refusal.code);
    while ((await deliverInbox(deps)) > 0);
  };
  /** Lets time run to an instant, every alarm of the cases firing on its way, each at its own. */
  const until = async (local: string, ...cases: readonly string[]): Promise<void> => {
    for (;;) {
      const rows = await Promise.all(cases.map((id) => readCase(pool, id)));
      const next = Math.min(
        ...rows.map(({ closedAt, nextAlarmAt }) => (closedAt === null ? (nextAlarmAt ?? Infinity) : Infinity)),
      );
      if (next > shanghai(local)) break;
      world.at(Math.max(next, world.clock.now));
      for (const id of cases) await fire(deps, id);
      while ((await deliverInbox(deps)) > 0);
    }
    world.at(local);
  };
  /** The post room at work: what may be frozen now is written and handed over. */
  const sent = async (): Promise<void> => {
    const notices = { ...deps, publicUrl: 'http://127.0.0.1', mailDomain: 'example.cn' };
    await freezeNotices(notices);
    for (const message of await claimMessages(notices, 1_000))
      await settleMessage(notices, message, { outcome: 'sent', reply: '250 OK' });
  };

  const loaded = await loadSample(deps, { scale: 0.02 });
  if (!loaded.ok) throw new Error('the sample was refused');
  const preview = await previewCycle(deps, { kind: 'quarter', quarter: '2026-Q4' }, OFFICER);
  if ('refused' in preview) throw new Error(preview.refused.code);
  accepted(await confirmCycle(deps, { hash: preview.hash, key: 'confirm', actor: OFFICER }));
  await caseWorker(deps)('cycle/2026-Q4', 'open-rounds', () => undefined);

  const { rows } = await pool.query<{ id: string }>(
    `SELECT c.id FROM cases c JOIN posts p ON p.id = c.holder_post WHERE c.kind = 'round' AND p.class = 'D' AND p.id LIKE 'beishan%'
      ORDER BY c.id LIMIT 1`,
  );
  const round = rows[0]?.id ?? '';
  const { post, person, visits } = (await readCase(pool, round)).state as Round;
  const cadre = person ?? '';
  const [first, second] = visits.filter(({ onSite }) => !onSite).map(({ subject }) => subject);
  await until('2026-10-13T09:30', round);
  await sent();

  await until('2026-10-14T10:00', round);
  const items = (await policyItems(world)).map((code) => ({ code, met: code !== 'licence-valid' }));
  const visit = {
    type: 'record-visit',
    visit: 'v-1',
    subject: first,
    visitedOn: '2026-10-14',
    mode: 'on-site',
    items,
    findings: [{ finding: 'f-1', item: 'licence-valid', severity: 'general', text: '两名从业人员健康证明过期' }],
    evidence: [{ digest: 'a'.repeat(64), takenOn: '2026-10-14' }],
    confirmedBy: 'business',
  };
  accepted(await told(round, visit, await acting(cadre)));
  world.at('2026-10-14T11:00');
  await told(round, { ...visit, visit: 'v-2', findings: [] }, await acting(cadre));
  const correction = `correction/${round.slice('round/'.length)}/f-1`;

  // The day after, a holiday notice puts the last day of the claim off.
  await until('2026-10-15T08:30', correction);
  const calendar = loadOfficeData().calendars.at(-1);
  if (calendar === undefined) throw new Error('no calendar');
  const body = {
    ...calendar,
    version: 'cn-2026-b',
    holidays: [...calendar.holidays, { date: '2026-10-16', name: '临时放假' }],
  };
  await publishContent(deps, { kind: 'calendar', name: 'cn', version: body.version, body }, OFFICER.person);
  while ((await workRecounts(deps)) > 0);
  await until('2026-10-15T10:00', correction);
  const [regulator, checker] = [await acting('p00034'), await acting('p00035')];
  accepted(await told(correction, { type: 'claim' }, regulator));
  accepted(await told(correction, { type: 'order', dueOn: '2026-10-30', requirement: '补办健康证明' }, regulator));
  await until('2026-10-20T15:00', correction, round);
  const evidence = [{ digest: 'b'.repeat(64), takenOn: '2026-10-20' }];
  accepted(await told(correction, { type: 'report-done', evidence }, regulator));
  await until('2026-10-21T10:00', correction, round);
  accepted(
    await told(
      correction,
      {
        type: 'recheck',
        passed: true,
        reason: '证明齐全',
        evidence: [{ digest: 'd'.repeat(64), takenOn: '2026-10-21' }],
      },
      checker,
    ),
  );

  await until('2026-11-02T09:00', round);
  await changed({ type: 'tenure-ended', post, person: cadre, on: '2026-11-02' });
  await changed(
    {
      type: 'person-added',
      person: 'p-new',
      data: { name: '示例·新任', email: 'new@example.invalid', phone: null },
      generated: true,
    },
    { type: 'tenure-began', post, person: 'p-new', on: '2026-11-02' },
  );
  await until('2026-11-18T10:00', round);
  accepted(await told(round, { type: 'urge', note: '请在月底前走访过半' }, OFFICER));
  await until('2026-12-10T14:00', round);
  accepted(
    await told(
      round,
      {
        ...visit,
        visit: 'v-3',
        subject: second,
        visitedOn: '2026-12-10',
        findings: [],
        evidence: [{ digest: 'c'.repeat(64), takenOn: '2026-12-10' }],
      },
      await acting('p-new'),
    ),
  );
  await until('2027-01-05T10:00', round);
  return { world, round, correction, cadre };
}

async function policyItems({ pool, deps }: CaseWorld): Promise<readonly string[]> {
  const client = await pool.connect();
  try {
    const { policy } = await deps.office.inForce(client);
    return policy.value<readonly { code: string }[]>('supervision.checklist').map(({ code }) => code);
  } finally {
    client.release();
  }
}
