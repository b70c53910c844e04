import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const root = path.resolve(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

interface Manifest {
  scripts: Record<string, string>;
  bin: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}
const manifest = JSON.parse(read('package.json')) as Manifest;

/** The static imports of a script and of every script it imports so. */
function importedFrom(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.add(file);
  for (const [, name = ''] of read(file).matchAll(/^(?:import|export)[^'"]*from '([^']+)'/gm)) {
    if (!name.startsWith('.')) packages.add(name);
    else for (const deeper of importedFrom(path.join(path.dirname(file), name), seen)) packages.add(deeper);
  }
  return packages;
}

describe('what a fresh clone runs', () => {
  const own = Object.values(manifest.scripts).flatMap((script) => /^node (scripts\/\S+)/.exec(script)?.[1] ?? []);

  test.each([...own, ...Object.values(manifest.bin)])('%s starts with nothing installed', (file) => {
    const builtins = new Set([...builtinModules, ...builtinModules.map((name) => `node:${name}`)]);
    expect([...importedFrom(file)].filter((name) => !builtins.has(name))).toEqual([]);
  });

  test.each(['prisma/offline-engine.mjs', 'bin/zhaodan.mjs', '.ci/run'])('%s may be executed', (file) => {
    expect(statSync(path.join(root, file)).mode & 0o111).toBe(0o111);
  });

  test('CI and the hosted workflow run the same thing', () => {
    expect(read('.ci/run')).toMatch(/^exec npm test$/m);
    const workflow = parse(read('.github/workflows/ci.yml')) as {
      permissions: object;
      jobs: { test: { strategy: { matrix: { node: number[] } }; steps: { uses?: string; run?: string }[] } };
    };
    const { steps, strategy } = workflow.jobs.test;
    expect(steps.flatMap(({ run }) => run ?? [])).toEqual(['bash .ci/run']);
    expect(strategy.matrix.node).toEqual([20, 24]);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/@[0-9a-f]{40}$/);
  });
});

describe('the repository', () => {
  const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);

  test('holds nothing private and nothing generated', () => {
    expect(tracked.filter((file) => /^(\.zhaodan|dist|node_modules|prisma\/generated)\/|^\.env$/.test(file))).toEqual(
      [],
    );
  });

  test('has a vitest project for every folder of tests', () => {
    const folders = readdirSync(path.join(root, 'test'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    const config = read('vitest.config.ts');
    for (const { name } of folders) if (name !== 'support') expect(config).toContain(`project('${name}'`);
  });

  test('keeps the Temporal packages on one version', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
      .filter(([name]) => name.startsWith('@temporalio/'))
      .map(([, version]) => version);
    expect(versions.length).toBeGreaterThan(4);
    expect(new Set(versions).size).toBe(1);
    expect(versions[0]).toMatch(/^~/);
  });
});
