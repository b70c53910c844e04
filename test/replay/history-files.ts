/** Where committed histories stand: histories/<workflow>/<what-happened>.json. Keeps nothing of the machine they ran on. */
import { historyToJSON, type History } from '@temporalio/common/lib/proto-utils.js';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';

const FOLDER = new URL('histories/', import.meta.url);

/** A history in Temporal's own JSON, as its CLI and UI write it too. */
export interface RecordedHistory {
  readonly events: readonly RecordedEvent[];
}

interface RecordedEvent {
  readonly eventType: string;
  readonly [attributes: string]: unknown;
}

const fileOf = (name: string): URL => new URL(`${name}.json`, FOLDER);

/** `name` is `<workflow>/<what-happened>`. */
export const hasHistory = (name: string): boolean => existsSync(fileOf(name));

/** The names of hosts and processes become `worker`; stacks go, for they name folders. */
export function keepHistory(name: string, history: History): void {
  mkdirSync(new URL('.', fileOf(name)), { recursive: true });
  const scrubbed: unknown = JSON.parse(historyToJSON(history), (key, value: unknown) => {
    if (key === 'identity') return 'worker';
    if (key === 'stackTrace') return '';
    return typeof value === 'string' ? value.replaceAll(`${String(process.pid)}@${hostname()}`, 'worker') : value;
  });
  writeFileSync(fileOf(name), `${JSON.stringify(scrubbed, null, 1)}\n`);
}

export function readHistory(name: string): RecordedHistory {
  return JSON.parse(readFileSync(fileOf(name), 'utf8')) as RecordedHistory;
}

export const historyNames = (): readonly string[] =>
  readdirSync(FOLDER)
    .sort()
    .flatMap((workflow) =>
      readdirSync(new URL(`${workflow}/`, FOLDER))
        .sort()
        .map((file) => `${workflow}/${file.replace(/\.json$/, '')}`),
    );
