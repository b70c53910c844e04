/** What every command is given, and the one way its answer is written: text for people, or JSON. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Actor } from '../domain/kernel/process.ts';
import { actingPerson } from './acting.ts';
import { using, type Open, type OpenedOffice } from './office.ts';
import type { GlobalOptions, Terminal } from './terminal.ts';

export interface Context {
  readonly terminal: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly open: Open;
}

export interface Call extends OpenedOffice {
  readonly options: GlobalOptions;
  readonly terminal: Terminal;
  /** The acting person; asked for only by commands that act. */
  actor(): Promise<Actor>;
  /** The idempotency key: `--key`, or a new one. */
  readonly key: string;
  /** Prints the value as JSON under `--json`, else the text. */
  answer(value: unknown, text: () => string): void;
}

/** An action over the opened office: `(…arguments, options, command)` as commander calls it. */
export function action<Args extends unknown[]>(
  context: Context,
  work: (call: Call, ...args: Args) => Promise<void>,
): (...all: [...Args, ...unknown[]]) => Promise<void> {
  return async (...all) => {
    const command = all.at(-1) as Command;
    const options: GlobalOptions = command.optsWithGlobals();
    const { terminal, env, open } = context;
    await using(open, (opened) => {
      let acting: Promise<Actor> | undefined;
      const call: Call = {
        ...opened,
        options,
        terminal,
        actor: () => (acting ??= actingPerson(opened, { options, env, terminal })),
        key: options.key ?? `cli/${randomUUID()}`,
        answer: (value, text) => terminal.out(options.json === true ? JSON.stringify(value, null, 2) : text()),
      };
      return work(call, ...(all.slice(0, -1) as unknown as Args));
    });
  };
}
