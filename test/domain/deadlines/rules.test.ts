/** Every rule version: its amount, and the days on which it ends by both readings. */
import { describe, expect, test } from 'vitest';
import { contentHash } from '../../../cases/office-data.ts';
import { localIso, startOfDay } from '../../../domain/kernel/calendar.ts';
import { dueOf, explain, recomputed, ValueMissing, type Due } from '../../../domain/kernel/clock.ts';
import type { Rule } from '../../../domain/kernel/rule.ts';
import { ALL_RULES, compileRules, UnknownRule } from '../../../domain/rules/index.ts';
import { calendar2026, clockFrom, office, policyValues } from './deadline-fixtures.ts';
import { RULE_TABLE, type RuleRow } from './rule-table.ts';

const pack = compileRules(ALL_RULES, policyValues, 'test');

function ruleAt(id: string, version: string): Rule {
  const found = pack.rules.find((rule) => rule.id === id && rule.version === version);
  if (found === undefined) throw new Error(`no ${id} of ${version}`);
  return found;
}

type Counted = Exclude<RuleRow, readonly [string, string, 'per-case' | 'unset']>;
const counted = RULE_TABLE.filter((row): row is Counted => row.length === 7);
const open = RULE_TABLE.filter((row) => row.length === 3);

const endOf = (due: Due | null, unit: string, lenient: boolean): string | undefined => {
  if (due === null) return undefined;
  if (unit === 'h') return localIso(lenient ? due.dueAtLenient : due.dueAt).slice(0, 16);
  return lenient ? due.dueOnLenient : due.dueOn;
};

describe('every rule', () => {
  test.each(counted)('%s of %s: %i %s from %s ends on %s, read widely on %s', (...row) => {
    const [id, version, amount, unit, from, strict, lenient] = row;
    const rule = ruleAt(id, version);
    const startedAt = unit === 'h' ? startOfDay(from.slice(0, 10)) + 10 * 3_600_000 : startOfDay(from);
    const clock = clockFrom(startedAt, { rule: id });
    const due = dueOf(clock, rule, calendar2026);

    expect(rule.budget).toEqual({ unit, amount });
    expect([endOf(due, unit, false), endOf(due, unit, true)]).toEqual([strict, lenient]);
    expect(recomputed(explain(clock, rule, calendar2026))).toBe(due?.dueAt);
  });

  test.each(open)('%s of %s has no amount of its own: %s', (id, version, kind) => {
    const rule = ruleAt(id, version);
    expect(rule.budget).toBeNull();
    expect(rule.policyKey === undefined ? 'per-case' : 'unset').toBe(kind);
    expect(() => dueOf(clockFrom(startOfDay('2026-09-30')), rule, calendar2026)).toThrow(ValueMissing);
  });

  test('is answered once its case brings the amount', () => {
    const clock = clockFrom(startOfDay('2026-09-30'), { budget: { unit: 'WD', amount: 7 } });
    expect(dueOf(clock, ruleAt('BB-07', 'INS-2021'), calendar2026)?.dueOn).toBe('2026-10-15');
  });
});

describe('a rule pack', () => {
  test.each([
    ['CP-05', '2026-04-14', 'O20', 45, 'WD'],
    ['CP-05', '2026-04-15', 'O121', 60, 'CD'],
    ['RP-04', '2026-04-14', 'O20', 5, 'WD'],
  ] as const)('answers %s on %s with %s: %i %s', (id, on, version, amount, unit) => {
    expect(pack.rule(id, on)).toMatchObject({ version, budget: { amount, unit } });
  });

  test.each([
    ['an id nobody wrote', 'XX-99', '2026-09-30'],
    ['a day before any version', 'CP-03', '2019-12-31'],
    ['the day before the recall rules take effect', 'RC-01a', '2026-11-30'],
  ])('refuses %s', (_what, id, on) => {
    expect(() => pack.rule(id, on)).toThrow(UnknownRule);
  });

  test('leaves a rule without an amount where the district entered none, and never invents one', () => {
    const bare = compileRules(ALL_RULES, {}, 'bare');
    expect(bare.rule('BB-02', '2026-09-30').budget).toBeNull();
    expect(() => dueOf(clockFrom(startOfDay('2026-09-30')), bare.rule('BB-02', '2026-09-30'), calendar2026)).toThrow(
      'supervision.bind',
    );
    expect(bare.rule('CP-03', '2026-09-30').budget).toEqual({ unit: 'WD', amount: 7 });
  });

  test('refuses a policy figure that is no limit', () => {
    const values = {
      ...policyValues,
      'supervision.bind': { value: 7.5, unit: 'WD', title: '', mark: 'D', why: '' },
    } as const;
    expect(() => compileRules(ALL_RULES, values, 'bad')).toThrow('supervision.bind');
  });

  test('never has two versions of one id in force on one day', () => {
    for (const rule of ALL_RULES) {
      const others = ALL_RULES.filter((other) => other !== rule && other.id === rule.id);
      for (const other of others)
        expect(rule.inForceFrom > (other.inForceTo ?? '9999') || other.inForceFrom > (rule.inForceTo ?? '9999')).toBe(
          true,
        );
    }
  });

  test('is in force today for every rule but those of the recall order', () => {
    const missing = ALL_RULES.filter(
      ({ inForceFrom, inForceTo }) => inForceFrom > '2026-11-24' || (inForceTo ?? '9') < '2026-11-24',
    );
    expect([...new Set(missing.map(({ version }) => version))].sort()).toEqual(['O20', 'RCL-2026']);
  });
});

describe('everything the office publishes', () => {
  test('has a content hash of its own, the same however often it is asked', () => {
    const published = [ALL_RULES, ...office.calendars, ...office.policies, ...office.ladders];
    const hashes = published.map((content) => contentHash(content));
    expect(hashes.every((hash) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
    expect(new Set(hashes).size).toBe(published.length);
    expect(published.map((content) => contentHash(structuredClone(content)))).toEqual(hashes);
  });
});

describe('law and district policy', () => {
  test('stand apart: a V figure is in the rule, every other figure is a policy value', () => {
    for (const { id, mark, budget, policyKey } of ALL_RULES)
      expect([id, mark === 'V' ? policyKey === undefined : budget === null]).toEqual([id, true]);
  });

  test('share no key that is not written in the policy, even as unset', () => {
    const keys = ALL_RULES.flatMap(({ policyKey, extensionKey }) => [policyKey, extensionKey]).filter(
      (key) => key !== undefined,
    );
    expect(keys.filter((key) => policyValues[key] === undefined)).toEqual([]);
  });

  test('never call a policy figure law', () => {
    expect(Object.values(policyValues).map(({ mark }) => mark)).not.toContain('V');
  });

  test('name ladders that exist', () => {
    const ladders = office.ladders.map(({ name }) => name);
    expect([...new Set(ALL_RULES.map(({ ladder }) => ladder))].filter((ladder) => !ladders.includes(ladder))).toEqual(
      [],
    );
  });
});
