import { describe, expect, test } from 'vitest';
import { amend } from '../../../domain/register/amend.ts';
import type { RegisterChange } from '../../../domain/register/change.ts';
import { expand } from '../../../domain/register/expand.ts';
import { after, CONTEXT, district, subject, TODAY } from './district.ts';

const refusalOf = (...changes: RegisterChange[]): string | null => {
  const amended = amend(district(), changes, CONTEXT);
  return amended.ok ? null : amended.problem.code;
};

describe('a change of the register', () => {
  const post = { unit: 'gudang', title: '包保干部', role: 'cadre', superior: 'office', class: 'C', on: TODAY } as const;
  const refused: readonly [string, string, ...RegisterChange[]][] = [
    [
      'a unit under an unknown one',
      'unit-unknown',
      { type: 'unit-added', unit: 'x', name: '甲', kind: 'town', parent: 'nowhere' },
    ],
    [
      'a community outside a town',
      'unit-kind',
      { type: 'unit-added', unit: 'x', name: '甲', kind: 'community', parent: 'xh' },
    ],
    [
      'a unit that is there',
      'unit-exists',
      { type: 'unit-added', unit: 'xh', name: '甲', kind: 'district', parent: null },
    ],
    [
      'an id that cannot be part of a case id',
      'id-shape',
      { type: 'unit-added', unit: 'a/b', name: '甲', kind: 'town', parent: 'xh' },
    ],
    ['a name of blanks', 'text-empty', { type: 'unit-added', unit: 'x', name: ' ', kind: 'town', parent: 'xh' }],
    [
      'an endless name',
      'text-too-long',
      { type: 'unit-added', unit: 'x', name: '长'.repeat(201), kind: 'town', parent: 'xh' },
    ],
    [
      'a post under an unknown superior',
      'post-unknown',
      { type: 'post-added', post: 'x', ...post, superior: 'nobody' },
    ],
    [
      'a superior that is below',
      'post-superior-loop',
      { type: 'post-moved', post: 'office', unit: 'xh', superior: 'cadre-1', on: TODAY },
    ],
    ['a post that still has its holder', 'post-has-holder', { type: 'post-ended', post: 'cadre-1', on: TODAY }],
    [
      'another class for a post with subjects',
      'post-has-bindings',
      { type: 'post-corrected', post: 'cadre-1', title: '包保干部', role: 'cadre', class: 'C' },
    ],
    [
      'a person twice',
      'person-exists',
      { type: 'person-added', person: 'p1', data: { name: '甲', email: null, phone: null }, generated: true },
    ],
    [
      'a person without a name',
      'text-empty',
      { type: 'person-added', person: 'p9', data: { name: '', email: null, phone: null }, generated: true },
    ],
    ['a second holder', 'tenure-overlaps', { type: 'tenure-began', post: 'cadre-1', person: 'p3', on: TODAY }],
    [
      'a tenure before the post',
      'date-order',
      { type: 'tenure-began', post: 'cadre-c', person: 'p3', on: '2025-12-31' },
    ],
    [
      'the end of a tenure nobody has',
      'tenure-unknown',
      { type: 'tenure-ended', post: 'cadre-1', person: 'p3', on: TODAY },
    ],
    [
      'a tenure from tomorrow',
      'date-in-future',
      { type: 'tenure-began', post: 'cadre-c', person: 'p3', on: '2026-11-25' },
    ],
    [
      'a day that does not exist',
      'date-invalid',
      { type: 'tenure-began', post: 'cadre-c', person: 'p3', on: '2026-02-30' },
    ],
    [
      'an absence that ends before it begins',
      'date-order',
      { type: 'absence-began', person: 'p1', deputy: 'p2', on: TODAY, until: '2026-11-23', cause: '公差' },
    ],
    [
      'one who deputises for himself',
      'deputy-is-absent-person',
      { type: 'absence-began', person: 'p1', deputy: 'p1', on: TODAY, until: TODAY, cause: '公差' },
    ],
    ['the end of no absence', 'absence-unknown', { type: 'absence-ended', person: 'p1', on: TODAY }],
    [
      'a pledge by one who does not hold the post',
      'pledge-without-tenure',
      {
        type: 'pledge-signed',
        person: 'p3',
        post: 'cadre-1',
        version: '2026',
        on: TODAY,
        withPost: 'gudang-office',
        document: null,
      },
    ],
    [
      'a pledge twice',
      'pledge-exists',
      {
        type: 'pledge-signed',
        person: 'p1',
        post: 'cadre-1',
        version: '2026',
        on: TODAY,
        withPost: 'gudang-office',
        document: null,
      },
    ],
    ['a subject in an unknown unit', 'unit-unknown', subject('s9', { unit: 'nowhere' })],
    ['a subject with a wrong credit code', 'credit-code-check', subject('s9', { creditCode: '91350100M000100Y44' })],
    ['a second binding', 'already-bound', { type: 'bound', subject: 's1', post: 'cadre-2', on: TODAY }],
    [
      'a post of another class',
      'class-mismatch',
      { type: 'unbound', subject: 's1', post: 'cadre-1', on: TODAY, reason: '调整' },
      { type: 'bound', subject: 's1', post: 'cadre-c', on: TODAY },
    ],
    [
      'a post that guarantees nobody',
      'post-guarantees-nobody',
      { type: 'unbound', subject: 's1', post: 'cadre-1', on: TODAY, reason: '调整' },
      { type: 'bound', subject: 's1', post: 'office', on: TODAY },
    ],
    [
      'an end of another post’s binding',
      'not-bound',
      { type: 'unbound', subject: 's1', post: 'cadre-2', on: TODAY, reason: '调整' },
    ],
    [
      'a closed subject that is still bound',
      'subject-still-bound',
      { type: 'subject-closed', subject: 's1', on: TODAY },
    ],
    ['the same class again', 'nothing-changed', { type: 'subject-class-moved', subject: 's1', class: 'D', on: TODAY }],
    [
      'a correction that corrects nothing',
      'nothing-changed',
      { type: 'subject-corrected', subject: 's1', trade: 'restaurant' },
    ],
    [
      'a subject that never closed coming back',
      'subject-not-suspended',
      { type: 'subject-reopened', subject: 's1', on: TODAY },
    ],
    ['an unknown subject', 'subject-unknown', { type: 'subject-suspended', subject: 's9', on: TODAY }],
  ];
  test.each(refused)('is refused: %s', (_, code, ...changes) => {
    expect(refusalOf(...changes)).toBe(code);
  });

  test('names the change of the batch that is at fault', () => {
    const amended = amend(district(), [subject('s8'), subject('s1')], CONTEXT);
    expect(amended).toEqual({ ok: false, problem: { code: 'subject-exists', index: 1, details: { subject: 's1' } } });
  });

  test('only warns of another class where the district’s policy says so', () => {
    const changes: RegisterChange[] = [subject('s9'), { type: 'bound', subject: 's9', post: 'cadre-c', on: TODAY }];
    const amended = amend(district(), changes, { ...CONTEXT, classMismatch: 'warn' });
    expect(amended.ok && amended.warnings).toMatchObject([{ code: 'class-mismatch', index: 1 }]);
  });

  test('two subjects cannot have one credit code, also within a batch', () => {
    const code = '91350100M000100Y43';
    expect(refusalOf(subject('s8', { creditCode: code }), subject('s9', { creditCode: code }))).toBe(
      'credit-code-taken',
    );
  });

  test('leaves the register it started from as it was', () => {
    const before = district();
    after([{ type: 'unbound', subject: 's1', post: 'cadre-1', on: TODAY, reason: '调整' }], before);
    expect(before.openBinding('s1')?.post).toBe('cadre-1');
  });

  test('hands a post over on one day without a gap or an overlap', () => {
    const register = after(
      [
        { type: 'tenure-ended', post: 'cadre-1', person: 'p1', on: TODAY },
        { type: 'tenure-began', post: 'cadre-1', person: 'p3', on: TODAY },
      ],
      district(),
    );
    expect(register.openTenure('cadre-1')?.person).toBe('p3');
  });
});

describe('a batch spelled out', () => {
  test('unbinds a subject that closes', () => {
    expect(expand([{ type: 'subject-closed', subject: 's1', on: TODAY }], district())).toEqual([
      { type: 'unbound', subject: 's1', post: 'cadre-1', on: TODAY, reason: 'subject-closed' },
      { type: 'subject-closed', subject: 's1', on: TODAY },
    ]);
  });

  test('ends the tenure and the bindings of a post that ends', () => {
    const changes = expand([{ type: 'post-ended', post: 'cadre-1', on: TODAY }], district());
    expect(changes.map(({ type }) => type)).toEqual(['unbound', 'unbound', 'tenure-ended', 'post-ended']);
    expect(after(changes, district()).posts.get('cadre-1')?.toOn).toBe(TODAY);
  });

  test('unbinds a subject that leaves its cadre’s class or town, and only then', () => {
    const types = (change: RegisterChange) => expand([change], district()).map(({ type }) => type);
    expect(types({ type: 'subject-class-moved', subject: 's1', class: 'C', on: TODAY })).toEqual([
      'unbound',
      'subject-class-moved',
    ]);
    expect(types({ type: 'subject-moved', subject: 's1', unit: 'sandun', address: '甲', on: TODAY })).toEqual([
      'unbound',
      'subject-moved',
    ]);
    expect(types({ type: 'subject-moved', subject: 's1', unit: 'gudang', address: '甲', on: TODAY })).toEqual([
      'subject-moved',
    ]);
  });

  test('does not end twice what the batch ends itself', () => {
    const changes: RegisterChange[] = [
      { type: 'unbound', subject: 's1', post: 'cadre-1', on: TODAY, reason: '关停' },
      { type: 'subject-closed', subject: 's1', on: TODAY },
    ];
    expect(expand(changes, district())).toEqual(changes);
  });
});
