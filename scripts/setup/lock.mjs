/** One process at a time: a file that names its owner, and is worth nothing once that owner is gone. */
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Whether the process `pid` is running and started at `started` (a pid alone may have been given to another).
 * @param {number} pid
 * @param {string} started
 */
export async function isRunning(pid, started) {
  return started !== '' && (await startOf(pid)) === started;
}

/** When a process started, as the kernel says it; empty when there is no such process. Elsewhere than Linux, its pid. */
export async function startOf(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return '';
  }
  if (process.platform !== 'linux') return String(pid);
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is a name in brackets that may hold blanks; the third says Z for one that is dead already.
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? '' : (fields[19] ?? '');
}

/**
 * Takes the lock, or says who has it.
 * @param {string} file
 * @returns {Promise<{ release: () => Promise<void> } | { heldBy: number }>}
 */
export async function takeLock(file) {
  await mkdir(path.dirname(file), { recursive: true });
  // Written first and linked into place, so that nobody ever reads a lock without its owner.
  const mine = `${file}.${process.pid}`;
  await writeFile(mine, `${process.pid} ${await startOf(process.pid)}`, { mode: 0o600 });
  try {
    for (;;) {
      try {
        await link(mine, file);
        return { release: () => rm(file, { force: true }) };
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      }
      const [pid, started = ''] = (await readFile(file, 'utf8').catch(() => '')).split(' ');
      if (await isRunning(Number(pid), started)) return { heldBy: Number(pid) };
      await rm(file, { force: true });
    }
  } finally {
    await rm(mine, { force: true });
  }
}
