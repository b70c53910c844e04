/**
 * A case as it was at an instant, from its journal alone: what it knew, who held it, which clocks ran, who had been told,
 * by which versions it had been decided. Never reads the row's fold.
 */
import type pg from 'pg';
import { localDate } from '../../domain/kernel/calendar.ts';
import { dueOf, explain, lawDay, remainingOf, type Clock, type Due, type Explanation, type Remaining } from '../../domain/kernel/clock.ts';
import type { Summary } from '../../domain/kernel/process.ts';
import { processOf, readClock, UnknownCase, type CasesDeps } from '../deps.ts';
import { afterEntry, EMPTY, parseEntry, type EntryContent, type Fold, type Versions } from '../entry.ts';
import { readEntries } from '../refold.ts';
import { namesFor, type Names } from './names.ts';

/** Thrown for an instant before the case was opened. */
export class BeforeOpening extends Error {
  readonly openedAt: number;
  constructor(openedAt: number) {
    super('the case was not open yet at that instant');
    this.name = 'BeforeOpening';
    this.openedAt = openedAt;
  }
}

export interface ReplayedClock {
  readonly clock: Clock;
  readonly standing: 'running' | 'stopped' | 'ended';
  readonly title: string;
  readonly basis: string;
  readonly mark: string;
  readonly version: string;
  /** `null` while stopped: a stopped clock has no due instant. */
  readonly due: Due | null;
  readonly remaining: Remaining;
  readonly explanation: Explanation;
  readonly ladder: string;
}

export interface ReplayedEntry {
  readonly seq: number;
  readonly at: number;
  readonly hash: string;
  readonly content: EntryContent;
}

/** One notice that had been queued by then, and what had become of its message. */
export interface ReplayedNotice {
  readonly post: string;
  readonly template: string;
  readonly at: number;
  readonly person: string | null;
  readonly sentAt: number | null;
  readonly outcome: string;
}

export interface ReplayedRefusal {
  readonly at: number;
  readonly person: string;
  readonly command: string;
  readonly code: string;
  readonly article: string | null;
}

export interface NamedVersions {
  readonly hashes: Versions;
  readonly rules: string;
  readonly calendar: string;
  readonly policy: string;
  readonly ladders: ReadonlyMap<string, string>;
}

export interface Replay {
  readonly caseId: string;
  readonly kind: string;
  readonly at: number;
  readonly openedAt: number;
  readonly state: unknown;
  readonly summary: Summary;
  /** The post that had to act, and who held it that day. */
  readonly holder: { readonly post: string; readonly person: string | null } | null;
  readonly clocks: readonly ReplayedClock[];
  readonly told: readonly ReplayedNotice[];
  readonly versions: NamedVersions;
  readonly build: string;
  readonly revision: number;
  readonly entries: readonly ReplayedEntry[];
  readonly refusals: readonly ReplayedRefusal[];
  readonly names: Names;
}

/** Throws `UnknownCase` and `BeforeOpening`. Without `at`: now. */
export async function replayCase(deps: CasesDeps, caseId: string, at?: number): Promise<Replay> {
  const client = await deps.pool.connect();
  try {
    const until = at ?? (await readClock(deps, client));
    const all = await readEntries(client, caseId);
    const first = all[0];
    if (first === undefined || !(await isCase(client, caseId))) throw new UnknownCase(caseId);
    const entries = all.filter((entry) => entry.at <= until).map(({ seq, at: when, hash, body }) => ({ seq, at: when, hash, content: parseEntry(body) }));
    const last = entries.at(-1);
    if (last === undefined) throw new BeforeOpening(first.at);
    const process = processOf(deps, last.content.kind);
    const fold = entries.reduce<Fold>((sum, { content }) => afterEntry(process, sum, content), EMPTY);
    const summary = process.summary(fold.state);
    const { versions } = last.content;
    const rules = await deps.office.rulesOf(client, versions.rules, versions.policy);
    const calendar = await deps.office.calendarOf(client, versions.calendar);
    const clocks = process.clocks(fold.state).map((clock): ReplayedClock => {
      const rule = rules.rule(clock.rule, lawDay(clock));
      const ended = clock.endedAt !== undefined || summary.closedAs !== undefined;
      const due = dueOf(clock, rule, calendar, until);
      return {
        clock,
        standing: ended ? 'ended' : due === null ? 'stopped' : 'running',
        title: rule.title,
        basis: rule.basis,
        mark: rule.mark,
        version: rule.version,
        due,
        remaining: remainingOf(clock, rule, calendar, until),
        explanation: explain(clock, rule, calendar),
        ladder: fold.armings[clock.id]?.ladder ?? clock.ladder ?? rule.ladder,
      };
    });
    const told = await toldBy(client, caseId, until);
    const refusals = await refusedBy(client, caseId, until);
    return {
      caseId,
      kind: last.content.kind,
      at: until,
      openedAt: first.at,
      state: fold.state,
      summary,
      holder: summary.holder === null ? null : { post: summary.holder, person: await holderThat(client, summary.holder, localDate(until)) },
      clocks,
      told,
      versions: await namedVersions(client, versions),
      build: last.content.build,
      revision: last.content.revision,
      entries,
      refusals,
      names: await namesFor(client, caseId),
    };
  } finally {
    client.release();
  }
}

async function isCase(client: pg.ClientBase, caseId: string): Promise<boolean> {
  return (await client.query('SELECT 1 FROM cases WHERE id = $1', [caseId])).rowCount === 1;
}

/** Who held the post on the day, by the register's own dates. */
async function holderThat(client: pg.ClientBase, post: string, on: string): Promise<string | null> {
  const { rows } = await client.query<{ person_id: string }>(
    'SELECT person_id FROM tenures WHERE post_id = $1 AND from_on <= $2 AND (to_on IS NULL OR to_on > $2) ORDER BY from_on DESC LIMIT 1',
    [post, on],
  );
  return rows[0]?.person_id ?? null;
}

async function toldBy(client: pg.ClientBase, caseId: string, until: number): Promise<readonly ReplayedNotice[]> {
  const { rows } = await client.query<{
    post: string;
    template: string;
    at: string;
    person_id: string | null;
    sent_at: string | null;
    frozen_at: string | null;
    state: string;
  }>(
    `SELECT n.post, n.template, n.at, m.person_id, m.sent_at, m.frozen_at, n.state
       FROM notices n LEFT JOIN messages m ON m.id = n.message_id
      WHERE n.case_id = $1 AND n.at <= $2 ORDER BY n.at, n.id`,
    [caseId, until],
  );
  const by = (at: string | null): number | null => (at === null || Number(at) > until ? null : Number(at));
  return rows.map(({ post, template, at, person_id, sent_at, frozen_at, state }) => {
    const sentAt = by(sent_at);
    const frozen = by(frozen_at) !== null;
    const outcome = sentAt !== null ? 'sent' : frozen ? (state === 'refused' ? 'refused' : 'frozen') : state === 'overtaken' ? 'overtaken' : 'queued';
    return { post, template, at: Number(at), person: frozen ? person_id : null, sentAt, outcome };
  });
}

async function refusedBy(client: pg.ClientBase, caseId: string, until: number): Promise<readonly ReplayedRefusal[]> {
  const { rows } = await client.query<{ at: string; person: string; command: string; code: string; article: string | null }>(
    'SELECT at, person, command, code, article FROM refusals WHERE case_id = $1 AND at <= $2 ORDER BY id',
    [caseId, until],
  );
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

async function namedVersions(client: pg.ClientBase, hashes: Versions): Promise<NamedVersions> {
  const all = [hashes.rules, hashes.calendar, hashes.policy, ...Object.values(hashes.ladders)];
  const { rows } = await client.query<{ hash: string; name: string; version: string }>('SELECT hash, name, version FROM contents WHERE hash = ANY($1)', [all]);
  const version = (hash: string): string => rows.find((row) => row.hash === hash)?.version ?? hash.slice(0, 12);
  return {
    hashes,
    rules: version(hashes.rules),
    calendar: version(hashes.calendar),
    policy: version(hashes.policy),
    ladders: new Map(Object.entries(hashes.ladders).map(([name, hash]) => [name, version(hash)])),
  };
}
