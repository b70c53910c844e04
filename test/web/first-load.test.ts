/** How much script a cadre's phone loads before the to-do list is there: at most 400 kB, compressed. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { ensureWeb } from '../../scripts/setup/build.mjs';
import { inRoot } from '../../scripts/setup/paths.mjs';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

const LIMIT = 400_000;

const built = (...parts: string[]): Buffer => readFileSync(inRoot('dist', 'web', ...parts));

/** The chunk and everything it imports before it runs. */
function needed(manifest: Readonly<Record<string, Chunk>>, entry: string, found = new Set<string>()): Set<string> {
  if (found.has(entry)) return found;
  const chunk = manifest[entry];
  if (chunk === undefined) throw new Error(`the build has no ${entry}`);
  found.add(entry);
  for (const below of chunk.imports ?? []) needed(manifest, below, found);
  return found;
}

beforeAll(() => ensureWeb(), 300_000);

test('the to-do list is there after 400 kB of script', () => {
  const manifest = JSON.parse(built('.vite', 'manifest.json').toString()) as Record<string, Chunk>;
  const names = needed(manifest, 'pages/todo/index.tsx', needed(manifest, 'index.html'));
  const files = [...names].flatMap((name) => manifest[name]?.file ?? []).filter((file) => file.endsWith('.js'));
  expect(files.length).toBeGreaterThan(1);
  const bytes = files.reduce((sum, file) => sum + gzipSync(built(file)).length, 0);
  expect(bytes).toBeLessThanOrEqual(LIMIT);
  // The charts of other pages are not among them.
  expect(files.filter((file) => /echarts/i.test(file))).toEqual([]);
});
