/** What a published calendar, ladder or policy must look like. What may be published is for the office; what fits together is checked here. */
import { z } from 'zod';
import type { PolicyData } from './office-data.ts';
import type { CalendarData } from '../domain/kernel/calendar.ts';
import { DAY_MS } from '../domain/kernel/civil-day.ts';
import type { Ladder } from '../domain/kernel/ladder.ts';
import type { Json } from '../domain/kernel/process.ts';
import { Day, name } from './kinds/fields.ts';

const version = name(60);
const named = z.strictObject({ date: Day, name: name(40) });

export const CalendarBody = z
  .strictObject({
    version,
    source: name(500),
    publishedOn: Day,
    knownThrough: Day,
    from: Day,
    holidays: z.array(named.extend({ statutory: z.boolean().exactOptional() })).max(5_000),
    makeUpWorkdays: z.array(named).max(2_000),
    notices: z
      .array(z.strictObject({ year: z.int().min(1990).max(2100), source: name(500), publishedOn: Day }))
      .max(200)
      .exactOptional(),
  })
  .meta({ id: 'Calendar', description: '放假安排,自起始日累积' }) satisfies z.ZodType<CalendarData>;

const Role = z.enum([
  'district-leader',
  'district-office',
  'town-head',
  'town-office',
  'community-head',
  'cadre',
  'regulator',
  'regulator-head',
  'department-head',
  'officer',
  'auditor',
  'system-admin',
  'security-admin',
  'audit-admin',
  'system',
]);

const Place = z.union([
  z.strictObject({ share: z.number().gt(0).lt(1) }),
  z.strictObject({ workingDaysBefore: z.int().min(0).max(250) }),
  z.strictObject({ due: z.literal(true) }),
  z.strictObject({ workingDaysAfter: z.int().min(1).max(250) }),
]);

export const LadderBody = z
  .strictObject({
    name: name(60),
    title: name(60).exactOptional(),
    version,
    owner: name(60),
    inForceFrom: Day.exactOptional(),
    graceMs: z.int().min(0).max(DAY_MS),
    spreadMs: z.int().min(0).max(DAY_MS),
    rungs: z
      .array(
        z.strictObject({
          id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
          place: Place,
          to: z.array(z.union([z.enum(['holder', 'superior']), z.strictObject({ role: Role })])).max(20),
          template: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/),
          urgency: z.enum(['digest', 'at-once']),
          document: name(60).exactOptional(),
        }),
      )
      .max(50),
  })
  .meta({ id: 'Ladder', description: '提醒与升级阶梯' }) satisfies z.ZodType<Ladder>;

const JsonValue: z.ZodType<Json> = z.json();

export const PolicyBody = z
  .strictObject({
    name: name(60),
    title: name(60).exactOptional(),
    version,
    owner: name(60),
    inForceFrom: Day,
    values: z.record(
      z.string().regex(/^[A-Za-z][A-Za-z0-9.-]{0,79}$/),
      z.strictObject({
        value: JsonValue,
        unit: z.string().max(20).exactOptional(),
        title: name(200),
        mark: z.enum(['S', 'U', 'D']),
        why: name(1_000),
      }),
    ),
  })
  .meta({ id: 'Policy', description: '区政策值;缺少现行的任何一项则不予公布' }) satisfies z.ZodType<PolicyData>;

/** Chinese sentences without the full stop; empty when it may be published. */
export function ladderFaults({ rungs }: Ladder): string[] {
  const ids = rungs.map(({ id }) => id);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
  const due = rungs.filter(({ place }) => 'due' in place);
  return [
    ...twice.map((id) => `阶梯中有两个 ${id}`),
    ...(due.length > 1 ? ['阶梯中有两个到期级'] : []),
    ...due.filter(({ id }) => id !== 'due').map(({ id }) => `到期级的编号须为 due,不能是 ${id}`),
    ...rungs.filter(({ id, place }) => id === 'due' && !('due' in place)).map(() => 'due 只能是到期级的编号'),
  ];
}

/** A key that is gone would stop every case that asks for it; a value of another JSON type likewise. */
export function policyFaults(policy: PolicyData, before: PolicyData | undefined): string[] {
  if (before === undefined) return [];
  return [
    ...(policy.name === before.name ? [] : [`政策名称须为 ${before.name}`]),
    ...Object.entries(before.values).flatMap(([key, { value }]) => {
      const now = policy.values[key];
      if (now === undefined) return [`缺少政策值 ${key}`];
      return value === null || typeOf(now.value) === typeOf(value) ? [] : [`政策值 ${key} 的类型不对`];
    }),
  ];
}

const typeOf = (value: Json): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value);
