/** The table of rights holds together, and its document is fresh. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { PostRole } from '../../domain/kernel/process.ts';
import { RIGHT_NAMES, RIGHTS, SCOPES, type Right } from '../../domain/rights/rights.ts';
import {
  ADMINISTRATORS,
  holdersOf,
  mayBeTogether,
  reachOf,
  rightsOf,
  ROLES,
  scopeOf,
} from '../../domain/rights/table.ts';
import { mayMake } from '../../domain/rights/change-rights.ts';
import { rightsDocument } from '../../scripts/generate-rights.ts';

/** Whatever shows, or works on, a case or what people wrote in one. */
const OF_CASES: readonly Right[] = [
  'case.read',
  'case.act',
  'case.open',
  'round.work',
  'cycle.read',
  'cycle.start',
  'evidence.read',
  'evidence.write',
  'export.make',
  'journal.search',
  'notice.read',
  'overview.read',
  'rates.read',
  'register.read',
  'register.change',
  'register.import',
  'contact.read',
  'todo.read',
];

describe('the table of rights', () => {
  test('gives every right to somebody, and knows a word and a sentence for each right and scope', () => {
    expect(RIGHT_NAMES.filter((right) => holdersOf(right).length === 0)).toEqual([]);
    for (const [title, says] of [...Object.values(RIGHTS), ...Object.values(SCOPES)])
      expect(`${title}${says}`).toMatch(/^[\p{Script=Han}\p{P}]+$/u);
  });

  test('denies by default, and lets the office itself act through no door', () => {
    expect(rightsOf('system')).toEqual([]);
    const actor = { person: 'p', post: 'p', unit: 'u', capacity: 'self' } as const;
    expect(reachOf({ ...actor, role: 'cadre' }, 'register.import')).toBeNull();
  });

  test('lets no administrator near a case, and gives no right of the house to two of them that would undo the parting', () => {
    for (const role of ADMINISTRATORS)
      expect(
        OF_CASES.filter((right) => scopeOf(role, right) !== null),
        role,
      ).toEqual([]);
    for (const right of ['account.manage', 'account.unlock', 'session.revoke', 'security-log.read'] as const)
      expect(
        holdersOf(right).filter((role) => ADMINISTRATORS.has(role)),
        right,
      ).toHaveLength(1);
  });

  test('lets no auditor act', () => {
    const acts: readonly Right[] = ['case.act', 'case.open', 'round.work', 'cycle.start', 'register.change'];
    expect(acts.filter((right) => scopeOf('auditor', right) !== null)).toEqual([]);
  });

  test('never narrows to one post what is counted by units', () => {
    const byUnit: readonly Right[] = ['cycle.read', 'rates.read', 'overview.read', 'register.read', 'contact.read'];
    expect(ROLES.flatMap((role) => byUnit.filter((right) => scopeOf(role, right) === 'own'))).toEqual([]);
  });

  test('shows telephone numbers no farther than the register', () => {
    for (const role of holdersOf('contact.read'))
      expect(scopeOf(role, 'contact.read'), role).toBe(scopeOf(role, 'register.read'));
  });

  test('lets whoever may act on a case see it', () => {
    for (const role of holdersOf('case.act')) expect(scopeOf(role, 'case.read'), role).toBe(scopeOf(role, 'case.act'));
  });
});

describe('administrators', () => {
  test.each<[PostRole, PostRole, boolean]>([
    ['system-admin', 'security-admin', false],
    ['audit-admin', 'cadre', false],
    ['cadre', 'town-office', true],
    ['system-admin', 'system-admin', true],
  ])('%s and %s: %s', (one, other, together) => {
    expect(mayBeTogether(one, other)).toBe(together);
    expect(mayBeTogether(other, one)).toBe(together);
  });
});

describe('changes of the register', () => {
  const post = (role: PostRole) =>
    ({
      type: 'post-added',
      post: 'p',
      unit: 'u',
      title: 't',
      role,
      superior: null,
      class: null,
      on: '2026-01-01',
    }) as const;
  const tenure = { type: 'tenure-began', post: 'p', person: 'h', on: '2026-01-01' } as const;
  const subject = { type: 'subject-closed', subject: 's', on: '2026-01-01' } as const;

  test('make nobody greater than a unit from within it', () => {
    expect(ROLES.filter((role) => !mayMake('town-office', post(role)))).toEqual([
      'district-leader',
      'district-office',
      'auditor',
      'system-admin',
      'security-admin',
      'audit-admin',
    ]);
    expect(ROLES.filter((role) => !mayMake('district-office', post(role)))).toEqual([]);
  });

  test('of posts and people are not a regulator’s, those of businesses are', () => {
    expect(mayMake('regulator', tenure)).toBe(false);
    expect(mayMake('regulator', post('cadre'))).toBe(false);
    expect(mayMake('regulator-head', subject)).toBe(true);
    expect(mayMake('town-office', tenure)).toBe(true);
  });
});

test('docs/RIGHTS.md is what `npm run generate` writes', () => {
  const stored = readFileSync(new URL('../../docs/RIGHTS.md', import.meta.url), 'utf8');
  expect(stored === rightsDocument(), 'run npm run generate').toBe(true);
});
