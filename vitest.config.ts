import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

interface Settings {
  /** The folder under test/, when it is not the project's name. */
  readonly folder?: string;
  /** Needs the run's PostgreSQL (test/support/global-setup.ts). */
  readonly postgres?: true;
  /** Files one after another: each has a server or a whole stack to itself. */
  readonly alone?: true;
  readonly testMs: number;
  readonly env?: Record<string, string>;
}

const project = (
  name: string,
  { folder = name, postgres, alone, testMs, env }: Settings,
): TestProjectConfiguration => ({
  extends: true,
  test: {
    name,
    include: [`test/${folder}/**/*.test.ts`],
    pool: 'forks',
    fileParallelism: alone !== true,
    testTimeout: testMs,
    hookTimeout: Math.max(60_000, testMs),
    ...(postgres ? { globalSetup: ['test/support/global-setup.ts'] } : {}),
    ...(env ? { env } : {}),
  },
});

/** The law must answer the same wherever the host stands and whatever it speaks. */
const elsewhere = (zone: string, locale: string) => ({ TZ: zone, LANG: locale, LC_ALL: locale });

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project('domain', { testMs: 20_000, env: elsewhere('Asia/Shanghai', 'zh_CN.UTF-8') }),
      project('domain-new-york', {
        folder: 'domain',
        testMs: 20_000,
        env: elsewhere('America/New_York', 'en_US.UTF-8'),
      }),
      project('domain-apia', { folder: 'domain', testMs: 20_000, env: elsewhere('Pacific/Apia', 'ar_EG.UTF-8') }),
      project('cases', { postgres: true, testMs: 30_000 }),
      project('cli', { postgres: true, testMs: 30_000 }),
      project('api', { postgres: true, testMs: 30_000 }),
      project('workflows', { postgres: true, alone: true, testMs: 180_000 }),
      project('replay', { postgres: true, alone: true, testMs: 60_000 }),
      project('web', { postgres: true, alone: true, testMs: 120_000 }),
      project('config', { testMs: 20_000 }),
      project('scripts', { postgres: true, testMs: 120_000 }),
      project('guards', { testMs: 60_000 }),
      project('system', { postgres: true, alone: true, testMs: 300_000 }),
    ],
  },
});
