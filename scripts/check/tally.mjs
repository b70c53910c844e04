/**
 * How many tests of each project passed, failed or did not run? A vitest reporter that counts and writes the counts to
 * the file named by TEST_TALLY; what people read comes from vitest's own reporter beside it.
 */
import { writeFileSync } from 'node:fs';

/** @typedef {{ passed: number; failed: number; notRun: number }} Count */
/** @typedef {{ projects: Record<string, Count>; errors: number }} Tally */

export default class TallyReporter {
  /** @type {string[]} */
  #asked = [];

  /** @param {readonly import('vitest/node').TestSpecification[]} specifications */
  onTestRunStart(specifications) {
    this.#asked = specifications.map(({ project }) => project.name);
  }

  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandled errors outside of any test
   */
  onTestRunEnd(modules, unhandled) {
    /** @type {Tally} */
    const tally = { projects: {}, errors: unhandled.length };
    for (const name of this.#asked) tally.projects[name] ??= { passed: 0, failed: 0, notRun: 0 };
    for (const module of modules) {
      const count = (tally.projects[module.project.name] ??= { passed: 0, failed: 0, notRun: 0 });
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') count.passed += 1;
        else if (state === 'failed') count.failed += 1;
        else count.notRun += 1;
      }
      // A file that cannot be loaded, or whose hooks fail, has no failing test to show for it.
      if (module.state() === 'failed' && ![...module.children.allTests('failed')].length) count.failed += 1;
    }
    writeFileSync(process.env['TEST_TALLY'] ?? '', JSON.stringify(tally));
  }
}
