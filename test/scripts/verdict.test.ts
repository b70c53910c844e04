import { expect, test } from 'vitest';
import { verdict } from '../../scripts/check/verdict.mjs';

const lint = { name: 'lint', ok: true };
const count = (passed: number, failed = 0, notRun = 0) => ({ passed, failed, notRun });

test('a run in which everything passed counts every test and every check', () => {
  const tally = { projects: { domain: count(40), cases: count(2) }, errors: 0 };
  expect(verdict([lint], tally, ['domain', 'cases'])).toEqual({ passed: 43, failed: 0, complaints: [] });
});

test.each([
  ['a check that failed', [{ name: 'lint', ok: false }], { domain: count(1) }, 0, { passed: 1, failed: 1 }],
  ['a test that failed', [lint], { domain: count(1, 2) }, 0, { passed: 2, failed: 2 }],
  ['a test that was skipped', [lint], { domain: count(1, 0, 1) }, 0, { passed: 2, failed: 1 }],
  ['a project without a test', [lint], { domain: count(0) }, 0, { passed: 1, failed: 1 }],
  ['a project that vitest did not mention', [lint], {}, 0, { passed: 1, failed: 1 }],
  ['an error outside of any test', [lint], { domain: count(1) }, 1, { passed: 2, failed: 1 }],
])('%s is a failure', (_what, checks, projects, errors, expected) => {
  const found = verdict(checks, { projects, errors }, ['domain']);
  expect(found).toMatchObject(expected);
  expect(found.complaints).toHaveLength(1);
});

test('a vitest that died before its end is a failure', () => {
  expect(verdict([lint], undefined, ['domain'])).toMatchObject({ passed: 1, failed: 1 });
});
