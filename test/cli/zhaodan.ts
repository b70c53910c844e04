/** The command line over a test's own database, through the function that `zhaodan` itself calls. */
import { clockOf, type OpenedOffice } from '../../cli/office.ts';
import { run } from '../../cli/run.ts';
import type { CaseWorld } from '../support/case-world.ts';

export interface Said {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

export type Zhaodan = (...words: readonly string[]) => Promise<Said>;

export interface Surrounding {
  readonly env?: Readonly<Record<string, string>>;
  readonly evidence?: string;
}

/** `close` keeps the pool: it is the test's. Temporal is the world's counting drivers. */
export function zhaodanIn(world: CaseWorld, { env = {}, evidence = '/nonexistent' }: Surrounding = {}): Zhaodan {
  const open = (): Promise<OpenedOffice> =>
    Promise.resolve({
      cases: world.deps,
      notices: { ...world.deps, publicUrl: 'http://127.0.0.1', mailDomain: 'example.cn' },
      now: () => clockOf(world.deps),
      drivers: () => Promise.resolve(world.drivers),
      config: { EVIDENCE_DIR: evidence },
      close: () => Promise.resolve(),
    });
  return async (...words) => {
    const said = { out: [] as string[], err: [] as string[] };
    const terminal = {
      out: (text: string) => void said.out.push(text),
      err: (text: string) => void said.err.push(text),
    };
    const code = await run(words, { terminal, env, open });
    process.exitCode = undefined;
    return { out: said.out.join('\n'), err: said.err.join('\n'), code };
  };
}
