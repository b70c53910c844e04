import { expect, test } from 'vitest';
import {
  afterKernelEvent,
  reached,
  rearmed,
  type AlarmEnv,
  type Armings,
  type KernelEvent,
} from '../../../domain/kernel/alarms.ts';
import type { Clock } from '../../../domain/kernel/clock.ts';
import { loadOfficeData } from '../../../cases/office-data.ts';
import { compileCalendar } from '../../../domain/kernel/calendar.ts';
import { ALL_RULES, compileRules } from '../../../domain/rules/index.ts';

const data = loadOfficeData();
const [calendar, policy] = [data.calendars.at(-1), data.policies.at(-1)];
if (calendar === undefined || policy === undefined) throw new Error('no calendar or policy in data/');
const env: AlarmEnv = {
  rules: compileRules(ALL_RULES, policy.values, 'rules'),
  calendar: compileCalendar(calendar, 'calendar'),
  ladders: new Map(data.ladders.map((ladder) => [ladder.name, { ...ladder, hash: ladder.version }])),
  sendingStartMs: 32_400_000,
  spread: 0,
};

const at = (local: string): number => Date.parse(`${local}+08:00`);
const fold = (armings: Armings, events: readonly KernelEvent[]): Armings => events.reduce(afterKernelEvent, armings);

/** 责令改正 until a day; a failed re-check renews it. */
const order = (startedAt: number, dueOn: string, restarts: number): Clock => ({
  id: 'correction',
  rule: 'BB-07',
  startedAt,
  dueOn,
  restarts,
  stops: [],
  extensions: [],
});

test('a renewed limit does not annul the breach of the one before, and can be breached itself', () => {
  const first = [order(at('2026-10-15T14:50'), '2026-10-30', 0)];
  let armings = fold({}, rearmed(first, {}, env, at('2026-10-15T14:50')));
  const breach = reached(first, armings, env, at('2026-10-31T00:02'));
  expect(breach?.fired.rung).toBe('due');
  armings = fold(armings, breach === null ? [] : [...breach.overtaken, breach.fired]);

  const second = [order(at('2026-11-10T10:20'), '2026-11-18', 1)];
  const renewed = rearmed(second, armings, env, at('2026-11-10T10:20'));
  expect(renewed.map(({ type }) => type)).toEqual(['clock-armed']);
  armings = fold(armings, renewed);
  expect(reached(second, armings, env, at('2026-11-19T00:02'))?.fired.rung).toBe('due');
});
