import { describe, expect, test } from 'vitest';
import { differences } from '../../scripts/setup/install.mjs';

const lock = (packages: Record<string, { version: string; optional?: boolean }>) => ({ packages });
const wanted = lock({ '': { version: '0.1.0' }, 'node_modules/pg': { version: '8.1.0' } });

describe('what is installed differs from the lock file', () => {
  test.each([
    ['when nothing is there', {}, ['node_modules/pg']],
    ['when another version is there', { 'node_modules/pg': { version: '8.0.0' } }, ['node_modules/pg']],
    ['not when the same version is there', { 'node_modules/pg': { version: '8.1.0' } }, []],
    ['not by a package more', { 'node_modules/pg': { version: '8.1.0' }, 'node_modules/x': { version: '1.0.0' } }, []],
  ])('%s', (_when, installed, expected) => {
    expect(differences(wanted, lock(installed))).toEqual(expected);
  });

  test('not by an optional package for another platform', () => {
    expect(differences(lock({ 'node_modules/fsevents': { version: '2.0.0', optional: true } }), lock({}))).toEqual([]);
  });
});
