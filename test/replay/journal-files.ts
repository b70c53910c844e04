/** Where committed journals stand: journals/<kind>/<story>.r<revision>.json. Old revisions stay, for they must fold for ever. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { GoldenJournal } from './golden-journal.ts';

const FOLDER = new URL('journals/', import.meta.url);

export interface NamedJournal {
  readonly kind: string;
  readonly story: string;
  readonly journal: GoldenJournal;
}

const fileOf = (kind: string, story: string, revision: number): URL =>
  new URL(`${kind}/${story}.r${String(revision)}.json`, FOLDER);

/** Writes a journal unless there is one of its revision: an answer that changed is never overwritten. */
export function keepJournal({ kind, story, journal }: NamedJournal): void {
  const file = fileOf(kind, story, journal.revision);
  if (existsSync(file)) return;
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(journal, null, 1)}\n`);
}

export function readJournals(): readonly NamedJournal[] {
  if (!existsSync(FOLDER)) return [];
  return readdirSync(FOLDER)
    .sort()
    .flatMap((kind) =>
      readdirSync(new URL(`${kind}/`, FOLDER))
        .sort()
        .map((name) => ({
          kind,
          story: name.replace(/\.r\d+\.json$/, ''),
          journal: JSON.parse(readFileSync(new URL(`${kind}/${name}`, FOLDER), 'utf8')) as GoldenJournal,
        })),
    );
}
