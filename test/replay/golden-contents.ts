/** The rules, calendars, ladders and policies that committed journals were decided with, by hash; data/ may move on. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import type { Versions } from '../../cases/entry.ts';
import { contentHash, type PolicyData } from '../../cases/office-data.ts';
import { compilePolicy, type ContentKind, type InForce } from '../../cases/office.ts';
import { canonical } from '../../domain/kernel/journal.ts';
import { compileCalendar, type CalendarData } from '../../domain/kernel/calendar.ts';
import type { Ladder } from '../../domain/kernel/ladder.ts';
import type { Rule } from '../../domain/kernel/rule.ts';
import { compileRules } from '../../domain/rules/index.ts';

const FOLDER = new URL('contents/', import.meta.url);
/** Enough of a hash to name a file. */
const NAMED_BY = 16;

const fileOf = (kind: ContentKind, hash: string): URL => new URL(`${kind}-${hash.slice(0, NAMED_BY)}.json`, FOLDER);

const hashesOf = ({ rules, calendar, policy, ladders }: Versions): readonly (readonly [ContentKind, string])[] => [
  ['rules', rules],
  ['calendar', calendar],
  ['policy', policy],
  ...Object.values(ladders).map((hash) => ['ladder', hash] as const),
];

/** Copies what the database holds under these versions beside the journals. */
export async function keepContents(pool: pg.Pool, versions: readonly Versions[]): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const wanted = new Map(versions.flatMap(hashesOf).map(([kind, hash]) => [hash, kind]));
  const { rows } = await pool.query<{ hash: string; body: string }>(
    'SELECT hash, body FROM contents WHERE hash = ANY($1)',
    [[...wanted.keys()]],
  );
  for (const { hash, body } of rows) writeFileSync(fileOf(wanted.get(hash) ?? 'rules', hash), `${body}\n`);
}

const bodies = new Map<string, unknown>();

function bodyOf(kind: ContentKind, hash: string): unknown {
  const known = bodies.get(hash);
  if (known !== undefined) return known;
  const body: unknown = JSON.parse(readFileSync(fileOf(kind, hash), 'utf8'));
  if (contentHash(body) !== hash) throw new Error(`${fileURLToPath(fileOf(kind, hash))} is not what its name says`);
  bodies.set(hash, body);
  return body;
}

const compiled = new Map<string, InForce>();

/** What was in force under these versions, from the committed copies. */
export function inForceOf(versions: Versions): InForce {
  const key = canonical(versions);
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const { rules, calendar, policy, ladders } = versions;
  const policyData = bodyOf('policy', policy) as PolicyData;
  const made: InForce = {
    publication: 0n,
    rules: compileRules(bodyOf('rules', rules) as readonly Rule[], policyData.values, rules),
    calendar: compileCalendar(bodyOf('calendar', calendar) as CalendarData, calendar),
    policy: compilePolicy(policyData, policy),
    ladders: new Map(
      Object.entries(ladders).map(([name, hash]) => [name, { ...(bodyOf('ladder', hash) as Ladder), hash }]),
    ),
  };
  compiled.set(key, made);
  return made;
}
