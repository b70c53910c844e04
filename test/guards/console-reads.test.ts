/** Every GET of the API is measured by `npm run bench -- console`, or it is said why not. */
import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import type { ApiDeps } from '../../api/deps.ts';
import { operations } from '../../api/operations.ts';
import { CONSOLE_READS, UNMEASURED } from '../../bench/console-reads.ts';

const reads = operations({ parts: [], settings: { publicUrl: '' } } as unknown as ApiDeps, new Registry())
  .filter(({ method }) => method === 'get')
  .map(({ path }) => path)
  .sort();

describe('the reads of the console', () => {
  test('are all measured, and nothing else is', () => {
    const known = [...CONSOLE_READS.map(({ path }) => path), ...Object.keys(UNMEASURED)].sort();
    expect(known).toEqual(reads);
  });

  test('are each asked at least one question', () => {
    for (const { path, questions } of CONSOLE_READS) expect(questions.length, path).toBeGreaterThan(0);
  });
});
