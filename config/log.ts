/**
 * What does an operator read? One JSON object a line, with the process, the build and, where there is one, the case.
 * Ids and codes only: names, addresses, phone numbers and texts of people never reach a line.
 */
import { pino, stdSerializers, type DestinationStream, type Logger } from 'pino';
import type { Config } from './config.ts';

export type { Logger } from 'pino';

/** Keys whose values are never written, wherever they stand. A safety net: callers log ids, not records. */
const PERSONAL = [
  ...['name', 'phone', 'mobile', 'email', 'mail', 'to', 'from', 'cc', 'subject', 'text', 'html', 'body', 'note'],
  ...['idNumber', 'address', 'reporter', 'findings', 'password', 'token', 'authorization', 'cookie', 'url'],
];

const REMOVED = '[removed]';

/** The key at the top of a line and up to three levels below it. */
const everywhere = (key: string) => [key, `*.${key}`, `*.*.${key}`, `*.*.*.${key}`];

/** What is kept of an error: its type, code, stack; PostgreSQL puts row contents into `detail`, so that is left out. */
function errorFields(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { type, message, stack } = stdSerializers.err(error);
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  return { type, code, constraint, table, message: masked(message), stack: masked(stack ?? '') };
}

/** Mail addresses and long digit strings (phone and identity numbers) in free text. */
const masked = (text: string) =>
  text.replace(/[^\s<>"'@]+@[^\s<>"'@]+/g, REMOVED).replace(/\b\d{11,18}[\dXx]?\b/g, REMOVED);

/** The log of one process (`api`, `worker`, `cli`). Lines go to stdout unless `destination` says otherwise. */
export function createLog(
  process: string,
  config: Pick<Config, 'LOG_LEVEL' | 'BUILD_ID'>,
  destination?: DestinationStream,
): Logger {
  const options = {
    level: config.LOG_LEVEL,
    base: { process, build: config.BUILD_ID },
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    messageKey: 'message',
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: errorFields, error: errorFields },
    redact: { paths: PERSONAL.flatMap(everywhere), censor: REMOVED },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** The same log with the case on every line. */
export const forCase = (log: Logger, caseId: string): Logger => log.child({ case: caseId });
