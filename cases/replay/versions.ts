/** Which rules, calendar, policy and ladders an entry was decided by, with the names they were published under. */
import type { LadderInForce } from '../../domain/kernel/alarms.ts';
import type { WorkCalendar } from '../../domain/kernel/calendar.ts';
import type { Policy } from '../../domain/kernel/process.ts';
import type { RulePack } from '../../domain/kernel/rule.ts';
import type { CasesDeps } from '../deps.ts';
import type { EntryContent, Versions } from '../entry.ts';
import type { Queryable } from '../office.ts';

export interface VersionName {
  readonly hash: string;
  readonly name: string;
  readonly version: string;
}

export interface ReplayVersions {
  readonly rules: VersionName;
  readonly calendar: VersionName;
  readonly policy: VersionName;
  /** Every ladder in force then. */
  readonly ladders: readonly VersionName[];
  readonly build: string;
  /** Of the process that decided. */
  readonly revision: number;
}

/** Contents by hash, each compiled once a replay. */
export interface Library {
  name(hash: string): VersionName;
  ladder(hash: string): LadderInForce | undefined;
  calendar(hash: string): WorkCalendar;
  rules(versions: Versions): RulePack;
  policy(versions: Versions): Policy;
  versionsOf(content: Pick<EntryContent, 'versions' | 'build' | 'revision'>): ReplayVersions;
}

/** Reads what the entries name. Throws `UnknownContent` for a hash that is not kept. */
export const libraryOf = (
  client: Queryable,
  deps: Pick<CasesDeps, 'office'>,
  entries: readonly EntryContent[],
): Promise<Library> =>
  libraryFor(
    client,
    deps,
    entries.map(({ versions }) => versions),
    entries.flatMap(({ kernel }) => kernel.flatMap((event) => ('ladderHash' in event ? [event.ladderHash] : []))),
  );

/** The contents of these versions, and ladders armed earlier. Same errors. */
export async function libraryFor(
  client: Queryable,
  { office }: Pick<CasesDeps, 'office'>,
  all: readonly Versions[],
  armed: readonly string[],
): Promise<Library> {
  const ladderHashes = unique([...all.flatMap(({ ladders }) => Object.values(ladders)), ...armed]);
  const hashes = unique([...all.flatMap(({ rules, calendar, policy }) => [rules, calendar, policy]), ...ladderHashes]);
  const { rows } = await client.query<VersionName>('SELECT hash, name, version FROM contents WHERE hash = ANY($1)', [
    hashes,
  ]);
  const names = new Map(rows.map((row) => [row.hash, row]));
  const ladders = new Map<string, LadderInForce>();
  for (const hash of ladderHashes) ladders.set(hash, await office.ladderOf(client, hash));
  const calendars = new Map<string, WorkCalendar>();
  for (const hash of unique(all.map(({ calendar }) => calendar)))
    calendars.set(hash, await office.calendarOf(client, hash));
  const packs = new Map<string, RulePack>();
  for (const { rules, policy } of all) {
    if (!packs.has(rules + policy)) packs.set(rules + policy, await office.rulesOf(client, rules, policy));
  }
  const policies = new Map<string, Policy>();
  for (const hash of unique(all.map(({ policy }) => policy))) policies.set(hash, await office.policyOf(client, hash));
  const name = (hash: string): VersionName => names.get(hash) ?? { hash, name: '', version: hash.slice(0, 12) };
  return {
    name,
    ladder: (hash) => ladders.get(hash),
    calendar: (hash) => kept(calendars.get(hash)),
    rules: ({ rules, policy }) => kept(packs.get(rules + policy)),
    policy: ({ policy }) => kept(policies.get(policy)),
    versionsOf: ({ versions, build, revision }) => ({
      rules: name(versions.rules),
      calendar: name(versions.calendar),
      policy: name(versions.policy),
      ladders: Object.values(versions.ladders).map(name),
      build,
      revision,
    }),
  };
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];

function kept<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a content of another entry was asked for');
  return value;
}
