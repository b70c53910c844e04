/** One call of the command line, from its words to its exit code; ends no process and reads no environment by itself. */
import { CommanderError } from 'commander';
import type { Context } from './context.ts';
import type { Open } from './office.ts';
import { problemOf } from './problem.ts';
import { createProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

export interface Surroundings {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Tests only: an office of their own. */
  readonly open?: Open;
}

/** 0: done. 1: a difference was found, or something is broken. 2: refused, or asked wrongly. */
export async function run(argv: readonly string[], { terminal, env, open }: Surroundings): Promise<number> {
  const context: Context = {
    terminal,
    env,
    open: open ?? (async () => (await import('./office.ts')).openOffice(env)),
  };
  process.exitCode = undefined;
  try {
    const program = await createProgram(context, argv);
    await program.parseAsync([...argv], { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const { code, message, exit } = problemOf(error);
    terminal.err(`${message}(${code})`);
    if (argv.includes('--json')) terminal.out(JSON.stringify({ error: { code, message } }, null, 2));
    return exit;
  }
}
