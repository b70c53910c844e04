/** The local stack's passwords and key: made once, kept beside its data, readable by their owner only. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inState } from '../setup/paths.mjs';

/** Writes a file that only its owner may read, whole or not at all. */
export async function writePrivate(/** @type {string} */ file, /** @type {unknown} */ value) {
  await mkdir(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, file);
}

/** @returns {Promise<{ superuser: string; owner: string; app: string }>} */
export async function databasePasswords() {
  const file = inState('secrets.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) {
    await chmod(file, 0o600);
    return JSON.parse(kept);
  }
  const word = () => randomBytes(24).toString('hex');
  const passwords = { superuser: word(), owner: word(), app: word() };
  await writePrivate(file, passwords);
  return passwords;
}

/** The key of the second factors' secrets. @returns {Promise<string>} */
export async function signOnKey() {
  const file = inState('sign-on-key.json');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept).key;
  const key = randomBytes(32).toString('base64');
  await writePrivate(file, { key });
  return key;
}
