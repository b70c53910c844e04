/** How the scripts speak to the person at the terminal: one line a step, on stderr, so that stdout stays data. */

const seconds = (/** @type {number} */ ms) => `${(ms / 1000).toFixed(1)} s`;

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Names a step, does it, and says how long it took; a failure keeps its own error.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const startedAt = Date.now();
  say(`· ${name} …`);
  try {
    const result = await work();
    say(`  ${name}: ${seconds(Date.now() - startedAt)}`);
    return result;
  } catch (error) {
    say(`✗ ${name}: ${seconds(Date.now() - startedAt)}`);
    throw error;
  }
}

/** A fault that is already a sentence for the person at the terminal; shown without a stack. */
export class SetupError extends Error {}

/**
 * Runs a script's main function; turns a `SetupError` into its sentence and exit code 1.
 * @param {() => Promise<number | void>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    say(error instanceof SetupError ? `✗ ${error.message}` : String(error instanceof Error ? error.stack : error));
    process.exitCode = 1;
  }
}
