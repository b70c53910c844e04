/**
 * Which calendars, policies and ladders are published with this build: reads data/ and names each by its content.
 * Refuses to know what is in force on a day; it only reads, once, at the edge.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CalendarData } from '../domain/kernel/calendar.ts';
import { canonical } from '../domain/kernel/journal.ts';
import type { Ladder } from '../domain/kernel/ladder.ts';
import type { PolicyValues } from '../domain/rules/index.ts';

/** A district's policy document: figures that are not law, each with the reason it stands there. */
export interface PolicyData {
  readonly name: string;
  readonly version: string;
  /** Who answers for the figures. */
  readonly owner: string;
  readonly inForceFrom: string;
  readonly values: PolicyValues;
}

export interface OfficeData {
  /** Oldest first; the last is the newest published. */
  readonly calendars: readonly CalendarData[];
  readonly policies: readonly PolicyData[];
  readonly ladders: readonly Ladder[];
}

/** SHA-256, in hex, of the value's canonical JSON: the name under which packs, calendars, ladders and policies are kept. */
export const contentHash = (value: unknown): string =>
  createHash('sha256').update(canonical(value), 'utf8').digest('hex');

/** Reads data/ at the repository root, from sources and from dist/ alike. Throws when a folder or a file is not readable. */
export function loadOfficeData(): OfficeData {
  const root = dataFolder();
  return {
    calendars: documents<CalendarData>(root, 'calendars').sort((a, b) => (a.knownThrough < b.knownThrough ? -1 : 1)),
    policies: documents<PolicyData>(root, 'policies').sort((a, b) => (a.inForceFrom < b.inForceFrom ? -1 : 1)),
    ladders: documents<Ladder>(root, 'ladders'),
  };
}

/** data/ stays at the root when dist/ is built beside it, so it is one or two levels up. */
function dataFolder(): string {
  const found = ['../data', '../../data']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(`${path}/calendars`));
  if (found === undefined) throw new Error('data/ with calendars, policies and ladders is missing');
  return found;
}

function documents<T>(root: string, folder: string): T[] {
  return readdirSync(`${root}/${folder}`)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => JSON.parse(readFileSync(`${root}/${folder}/${name}`, 'utf8')) as T);
}
