/** Two towns under one office on a clock the test sets, with what their people do: visits, changes of the register, time. */
import { apply } from '../../cases/apply.ts';
import type { CasesDeps } from '../../cases/deps.ts';
import { fire } from '../../cases/fire.ts';
import { changeRegister } from '../../cases/register/change-register.ts';
import { confirmCycle } from '../../cases/supervision/confirm.ts';
import { previewCycle } from '../../cases/supervision/preview.ts';
import { caseWorker } from '../../cases/supervision/work.ts';
import type { Actor, Typed } from '../../domain/kernel/process.ts';
import { SYSTEM } from '../../domain/kernel/process.ts';
import type { RegisterChange } from '../../domain/register/change.ts';
import type { CycleRequest } from '../../domain/supervision/cycle-request.ts';
import { found, NOON } from './district.ts';
import { startApi, type Serving } from './serving.ts';

const ON = '2026-01-05';

const OFFICE: Actor = { person: 'wang', post: 'office', role: 'district-office', unit: 'D', capacity: 'self' };

const person = (id: string): RegisterChange => ({
  type: 'person-added',
  person: id,
  data: { name: `测试${id}`, email: null, phone: null },
  generated: true,
});
const post = (id: string, role: 'town-head' | 'town-office' | 'cadre', superior: string): RegisterChange => ({
  type: 'post-added',
  post: id,
  unit: 'T2',
  title: id,
  role,
  superior,
  class: role === 'cadre' ? 'C' : null,
  on: ON,
});
const subject = (id: string, unit: string): RegisterChange => ({
  type: 'subject-added',
  subject: id,
  name: `测试主体 ${id}`,
  creditCode: null,
  class: 'C',
  risk: 'low',
  trade: '餐饮',
  unit,
  address: '测试路 3 号',
  on: ON,
});

/** The second town: its head qian, its office zheng, its cadre wu with S3 and S4. */
const SECOND: readonly RegisterChange[] = [
  { type: 'unit-added', unit: 'T2', name: '第二镇', kind: 'town', parent: 'D' },
  { type: 'unit-added', unit: 'C2', name: '第二社区', kind: 'community', parent: 'T2' },
  post('head2', 'town-head', 'office'),
  post('office2', 'town-office', 'head2'),
  post('cadre2', 'cadre', 'head2'),
  person('qian'),
  person('zheng'),
  person('wu'),
  { type: 'tenure-began', post: 'head2', person: 'qian', on: ON },
  { type: 'tenure-began', post: 'office2', person: 'zheng', on: ON },
  { type: 'tenure-began', post: 'cadre2', person: 'wu', on: ON },
  subject('S3', 'C2'),
  subject('S4', 'C2'),
  { type: 'bound', subject: 'S3', post: 'cadre2', on: ON },
  { type: 'bound', subject: 'S4', post: 'cadre2', on: ON },
];

export interface TwoTowns {
  readonly api: Serving;
  readonly cases: CasesDeps;
  /** Sets the office's clock, local time. */
  at(local: string): void;
  /** What a GET answers to `who`. */
  get(path: string, who?: string): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
  change(...changes: readonly RegisterChange[]): Promise<void>;
  kickOff(request: CycleRequest): Promise<string>;
  visit(round: string, subject: string, on: string): Promise<void>;
  act(caseId: string, command: Typed & Readonly<Record<string, unknown>>): Promise<void>;
  /** Fires whatever has been reached in every open case. */
  pass(): Promise<void>;
}

export async function twoTowns(): Promise<TwoTowns> {
  const clock = { now: NOON };
  let cases: CasesDeps | undefined;
  const api = await startApi((deps) => ({
    cases: (cases = { ...deps.cases, now: () => Promise.resolve(clock.now) }),
  }));
  if (cases === undefined) throw new Error('the application was not made');
  const deps = cases;
  clock.now = Date.parse('2026-09-01T09:00:00+08:00');
  await found(deps);
  let keys = 0;
  const key = () => `towns-${String((keys += 1))}`;
  const change = async (...changes: readonly RegisterChange[]) => {
    const written = await changeRegister(deps, changes, { actor: SYSTEM, key: key() });
    if (!written.ok) throw new Error(JSON.stringify(written));
  };
  await change(...SECOND);

  async function act(caseId: string, command: Typed, actor = OFFICE): Promise<void> {
    const answer = await apply(deps, command, { caseId, key: key(), actor });
    if (!answer.ok) throw new Error(`${caseId} ${command.type}: ${answer.refusal.code}`);
  }

  return {
    api,
    cases: deps,
    at: (local) => void (clock.now = Date.parse(`${local}:00+08:00`)),
    async get(path, who = 'wang') {
      const response = await api.ask(path, { headers: { 'X-Zhaodan-Person': who } });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    },
    change,
    async kickOff(request) {
      const preview = await previewCycle(deps, request, OFFICE);
      if ('refused' in preview) throw new Error(preview.refused.code);
      const confirmed = await confirmCycle(deps, { hash: preview.hash, key: key(), actor: OFFICE });
      if (!confirmed.ok) throw new Error(confirmed.refusal.code);
      await caseWorker(deps)(confirmed.caseId, 'open-rounds', () => undefined);
      return confirmed.caseId;
    },
    async visit(round, of, on) {
      const { rows } = await deps.pool.query<{ person: string; post: string; unit: string }>(
        "SELECT state->>'person' AS person, state->>'post' AS post, unit_id AS unit FROM cases WHERE id = $1",
        [round],
      );
      const [holder] = rows;
      if (holder === undefined) throw new Error(`no round ${round}`);
      const office = await deps.office.inForce(deps.pool);
      const items = office.policy.value<readonly { readonly code: string }[]>('supervision.checklist');
      const command = {
        type: 'record-visit',
        visit: `v-${of}-${key()}`,
        subject: of,
        visitedOn: on,
        mode: 'on-site',
        items: items.map(({ code }) => ({ code, met: true })),
        findings: [],
        evidence: [{ digest: 'a'.repeat(64), takenOn: on }],
        confirmedBy: 'business',
      };
      await act(round, command, { ...holder, role: 'cadre', capacity: 'self' });
    },
    act,
    async pass() {
      const { rows } = await deps.pool.query<{ id: string }>(
        'SELECT id FROM cases WHERE closed_at IS NULL ORDER BY id',
      );
      for (const { id } of rows) {
        for (;;) {
          const wake = await fire(deps, id);
          if (wake.closed || wake.waitMs !== 0) break;
        }
      }
    },
  };
}
