/** The `zhaodan` command: its words, its streams, its exit code. */
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), {
  terminal: {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
  },
  env: process.env,
});
