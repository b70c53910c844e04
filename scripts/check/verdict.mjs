/** What do the counts of a whole test run amount to? One line, and whether it is good. */

/** @typedef {{ name: string; ok: boolean }} Check a step other than the tests: lint, types, … */

/**
 * A check counts as one. A test that did not run counts as failed (nothing here may be skipped), and so does a project
 * that had no test to run, and an error outside of any test.
 * @param {readonly Check[]} checks
 * @param {import('./tally.mjs').Tally | undefined} tally nothing when vitest did not get to its end
 * @param {readonly string[]} projects that ought to have run
 */
export function verdict(checks, tally, projects) {
  const complaints = checks.filter(({ ok }) => !ok).map(({ name }) => name);
  let passed = checks.length - complaints.length;
  let failed = complaints.length;
  if (tally === undefined) {
    return { passed, failed: failed + 1, complaints: [...complaints, 'vitest 没有跑完'] };
  }
  for (const [name, count] of Object.entries(tally.projects)) {
    passed += count.passed;
    failed += count.failed + count.notRun;
    if (count.failed > 0) complaints.push(`${name}:${count.failed} 项失败`);
    if (count.notRun > 0) complaints.push(`${name}:${count.notRun} 项没有运行`);
  }
  for (const name of projects) {
    const { passed: ran = 0, failed: broke = 0, notRun = 0 } = tally.projects[name] ?? {};
    if (ran + broke + notRun > 0) continue;
    failed += 1;
    complaints.push(`${name}:没有一项测试`);
  }
  failed += tally.errors;
  if (tally.errors > 0) complaints.push(`测试之外的错误 ${tally.errors} 个`);
  return { passed, failed, complaints };
}
