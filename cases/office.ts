/**
 * Which rules, calendar, ladders and policy are in force. All of it is content, immutable and named by its hash; a
 * publication says since when. Compiled once a publication, looked up by one integer a transaction.
 */
import type pg from 'pg';
import { compileCalendar, type CalendarData, type WorkCalendar } from '../domain/kernel/calendar.ts';
import type { LadderInForce } from '../domain/kernel/alarms.ts';
import type { Ladder } from '../domain/kernel/ladder.ts';
import { canonical } from '../domain/kernel/journal.ts';
import type { Json, Policy } from '../domain/kernel/process.ts';
import type { Rule, RulePack } from '../domain/kernel/rule.ts';
import { ALL_RULES, compileRules } from '../domain/rules/index.ts';
import { contentHash, loadOfficeData, type PolicyData } from './office-data.ts';

/** The one calendar the office counts by. */
export const CALENDAR_NAME = 'cn';

export type ContentKind = 'rules' | 'calendar' | 'ladder' | 'policy';

export interface InForce {
  /** The newest publication this was compiled from. */
  readonly publication: bigint;
  readonly rules: RulePack;
  readonly calendar: WorkCalendar;
  readonly ladders: ReadonlyMap<string, LadderInForce>;
  readonly policy: Policy;
}

/** Thrown when an entry or a publication names content the database does not have. */
export class UnknownContent extends Error {
  constructor(what: string) {
    super(`no content ${what}`);
    this.name = 'UnknownContent';
  }
}

export interface Office {
  /** What is in force now. `known` is the newest publication as the caller just read it; it saves a query. */
  inForce(client: Queryable, known?: bigint): Promise<InForce>;
  /** Any content ever used, by its hash: what an auditor replays with. */
  rulesOf(client: Queryable, hash: string, policyHash: string): Promise<RulePack>;
  calendarOf(client: Queryable, hash: string): Promise<WorkCalendar>;
  ladderOf(client: Queryable, hash: string): Promise<LadderInForce>;
  policyOf(client: Queryable, hash: string): Promise<Policy>;
}

export type Queryable = Pick<pg.ClientBase, 'query'>;

/** Reads policy values; a key that is not there is a fault of configuration and throws. */
export function compilePolicy(data: PolicyData, hash: string): Policy {
  return {
    hash,
    value<T extends Json>(key: string): T {
      const entry = data.values[key];
      if (entry === undefined || entry.value === null) throw new UnknownContent(`policy value ${key}`);
      return entry.value as T;
    },
  };
}

interface ContentRow {
  readonly kind: ContentKind;
  readonly name: string;
  readonly hash: string;
  readonly body: string;
}

export function createOffice(): Office {
  let current: InForce | undefined;
  const compiled = new Map<string, Promise<unknown>>();

  /** One compilation a content, shared by all who ask; a failed one is forgotten. */
  function once<T>(key: string, make: () => Promise<T>): Promise<T> {
    const known = compiled.get(key);
    if (known !== undefined) return known as Promise<T>;
    const made = make();
    compiled.set(key, made);
    made.catch(() => compiled.delete(key));
    return made;
  }

  async function bodyOf(client: Queryable, kind: ContentKind, hash: string): Promise<unknown> {
    const { rows } = await client.query<{ body: string }>('SELECT body FROM contents WHERE hash = $1 AND kind = $2', [
      hash,
      kind,
    ]);
    if (rows[0] === undefined) throw new UnknownContent(`${kind} ${hash}`);
    return JSON.parse(rows[0].body);
  }

  const policyData = (client: Queryable, hash: string) =>
    once(`policy-data ${hash}`, async () => (await bodyOf(client, 'policy', hash)) as PolicyData);

  const office: Office = {
    async inForce(client, known) {
      const publication = known ?? (await newestPublication(client));
      if (current !== undefined && current.publication >= publication) return current;
      const rows = await publishedContents(client);
      const one = (kind: ContentKind): ContentRow => {
        const row = rows.find((candidate) => candidate.kind === kind);
        if (row === undefined) throw new UnknownContent(`${kind}: nothing published yet`);
        return row;
      };
      const policy = one('policy');
      const ladders = new Map<string, LadderInForce>();
      for (const { kind, name, hash } of rows)
        if (kind === 'ladder') ladders.set(name, await office.ladderOf(client, hash));
      current = {
        publication,
        rules: await office.rulesOf(client, one('rules').hash, policy.hash),
        calendar: await office.calendarOf(client, one('calendar').hash),
        ladders,
        policy: await office.policyOf(client, policy.hash),
      };
      return current;
    },
    rulesOf: (client, hash, policyHash) =>
      once(`rules ${hash} ${policyHash}`, async () => {
        const rules = (await bodyOf(client, 'rules', hash)) as readonly Rule[];
        return compileRules(rules, (await policyData(client, policyHash)).values, hash);
      }),
    calendarOf: (client, hash) =>
      once(`calendar ${hash}`, async () =>
        compileCalendar((await bodyOf(client, 'calendar', hash)) as CalendarData, hash),
      ),
    ladderOf: (client, hash) =>
      once(`ladder ${hash}`, async () => ({ ...((await bodyOf(client, 'ladder', hash)) as Ladder), hash })),
    policyOf: (client, hash) => once(`policy ${hash}`, async () => compilePolicy(await policyData(client, hash), hash)),
  };
  return office;
}

export async function newestPublication(client: Queryable): Promise<bigint> {
  const { rows } = await client.query<{ id: string | null }>('SELECT max(id) AS id FROM publications');
  return BigInt(rows[0]?.id ?? 0);
}

async function publishedContents(client: Queryable): Promise<ContentRow[]> {
  const { rows } = await client.query<ContentRow>(
    `SELECT DISTINCT ON (p.kind, p.name) p.kind, p.name, p.hash, c.body
       FROM publications p JOIN contents c ON c.hash = p.hash
      ORDER BY p.kind, p.name, p.id DESC`,
  );
  return rows;
}

/** Stores a content and puts it in force; the publication's id. Publishing what is already in force changes nothing. */
export async function publish(
  client: Queryable,
  content: { readonly kind: ContentKind; readonly name: string; readonly version: string; readonly body: unknown },
  by: { readonly person: string; readonly at: number; readonly reason?: string | null },
): Promise<{ readonly publication: bigint | null; readonly hash: string }> {
  const hash = contentHash(content.body);
  await client.query(
    'INSERT INTO contents (hash, kind, name, version, body, stored_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (hash) DO NOTHING',
    [hash, content.kind, content.name, content.version, canonical(content.body), by.at],
  );
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO publications (kind, name, hash, at, person, reason)
     SELECT $1, $2, $3, $4, $5, $6
      WHERE $3 IS DISTINCT FROM (SELECT hash FROM publications WHERE kind = $1 AND name = $2 ORDER BY id DESC LIMIT 1)
     RETURNING id`,
    [content.kind, content.name, hash, by.at, by.person, by.reason ?? null],
  );
  return { publication: rows[0] === undefined ? null : BigInt(rows[0].id), hash };
}

/**
 * Puts the build's rules in force, and calendars, ladders and policy where the database has none yet: those belong to
 * the district afterwards. Safe to run at every start and from several processes at once.
 */
export async function seedOffice(client: Queryable, at: number, build: string): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtext('zhaodan/office'))");
  const by = { person: `build:${build}`, at };
  const data = loadOfficeData();
  await publish(client, { kind: 'rules', name: 'zhaodan', version: build, body: ALL_RULES }, by);
  const { rows } = await client.query<{ kind: string; name: string }>('SELECT DISTINCT kind, name FROM publications');
  const missing = (kind: ContentKind, name: string) => !rows.some((row) => row.kind === kind && row.name === name);
  const nothingOf = (kind: ContentKind) => !rows.some((row) => row.kind === kind);
  if (missing('calendar', CALENDAR_NAME)) {
    for (const body of data.calendars)
      await publish(client, { kind: 'calendar', name: CALENDAR_NAME, version: body.version, body }, by);
  }
  for (const body of data.ladders) {
    if (missing('ladder', body.name))
      await publish(client, { kind: 'ladder', name: body.name, version: body.version, body }, by);
  }
  if (nothingOf('policy')) {
    for (const body of data.policies)
      await publish(client, { kind: 'policy', name: body.name, version: body.version, body }, by);
  }
}
