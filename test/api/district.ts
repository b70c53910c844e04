/** The smallest district that can supervise: an office, a town with its head, one cadre, an officer of the market regulator, two subjects. */
import { openCase } from '../../cases/open.ts';
import type { CasesDeps } from '../../cases/deps.ts';
import { changeRegister } from '../../cases/register/change-register.ts';
import { SYSTEM } from '../../domain/kernel/process.ts';
import type { RegisterChange } from '../../domain/register/change.ts';
import type { RoundCommand } from '../../domain/supervision/round-messages.ts';

const ON = '2026-01-05';

const person = (id: string): RegisterChange => ({
  type: 'person-added',
  person: id,
  data: { name: `测试${id}`, email: `${id}@test.invalid`, phone: null },
  generated: true,
});
const subject = (id: string, risk: 'low' | 'high'): RegisterChange => ({
  type: 'subject-added',
  subject: id,
  name: `测试主体 ${id}`,
  creditCode: null,
  class: 'C',
  risk,
  trade: '餐饮',
  unit: 'C1',
  address: '测试路 1 号',
  on: ON,
});

export const CHANGES: readonly RegisterChange[] = [
  { type: 'unit-added', unit: 'D', name: '测试区', kind: 'district', parent: null },
  { type: 'unit-added', unit: 'T1', name: '测试镇', kind: 'town', parent: 'D' },
  { type: 'unit-added', unit: 'C1', name: '测试社区', kind: 'community', parent: 'T1' },
  {
    type: 'post-added',
    post: 'office',
    unit: 'D',
    title: '区食药安办',
    role: 'district-office',
    superior: null,
    class: null,
    on: ON,
  },
  {
    type: 'post-added',
    post: 'head',
    unit: 'T1',
    title: '镇长',
    role: 'town-head',
    superior: 'office',
    class: null,
    on: ON,
  },
  {
    type: 'post-added',
    post: 'cadre',
    unit: 'T1',
    title: '包保干部',
    role: 'cadre',
    superior: 'head',
    class: 'C',
    on: ON,
  },
  {
    type: 'post-added',
    post: 'regulator',
    unit: 'T1',
    title: '市场监管所',
    role: 'regulator',
    superior: null,
    class: null,
    on: ON,
  },
  {
    type: 'post-added',
    post: 'regulator2',
    unit: 'T1',
    title: '市场监管所二',
    role: 'regulator',
    superior: null,
    class: null,
    on: ON,
  },
  ...['wang', 'li', 'zhao', 'sun', 'zhou'].map(person),
  { type: 'tenure-began', post: 'office', person: 'wang', on: ON },
  { type: 'tenure-began', post: 'head', person: 'li', on: ON },
  { type: 'tenure-began', post: 'cadre', person: 'zhao', on: ON },
  { type: 'tenure-began', post: 'regulator', person: 'sun', on: ON },
  { type: 'tenure-began', post: 'regulator2', person: 'zhou', on: ON },
  subject('S1', 'low'),
  subject('S2', 'high'),
  { type: 'bound', subject: 'S1', post: 'cadre', on: ON },
  { type: 'bound', subject: 'S2', post: 'cadre', on: ON },
];

export const ROUND = 'round/2026-Q4/cadre';

/** Writes the district through the register. */
export async function found(deps: CasesDeps): Promise<void> {
  const written = await changeRegister(deps, CHANGES, { actor: SYSTEM, key: 'district' });
  if (!written.ok) throw new Error(`district: ${JSON.stringify(written)}`);
}

/** Writes the district and opens the cadre's round of the quarter. */
export async function settle(deps: CasesDeps): Promise<void> {
  await found(deps);
  const command: RoundCommand = {
    type: 'open',
    cycle: '2026-Q4',
    period: { fromOn: '2026-10-01', toOn: '2026-12-31' },
    post: 'cadre',
    unit: 'T1',
    person: 'zhao',
    visits: [
      { subject: 'S1', onSite: false },
      { subject: 'S2', onSite: true },
    ],
    dueOn: '2026-12-31',
  };
  const opened = await openCase(deps, {
    kind: 'round',
    key: '2026-Q4/cadre',
    command,
    idempotencyKey: 'round',
    actor: SYSTEM,
  });
  if (!opened.ok) throw new Error(`round: ${opened.refusal.code}`);
}

/** 10:20 on 24 November 2026. */
export const NOON = Date.parse('2026-11-24T10:20:00+08:00');

let keys = 0;
/** Headers of an act by `who`, with a number of its own. */
export const by = (who: string, key = `key-${(keys += 1)}`): Record<string, string> => ({
  'X-Zhaodan-Person': who,
  'Idempotency-Key': key,
});
