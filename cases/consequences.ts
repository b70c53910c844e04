/**
 * What an entry sets off elsewhere, in the entry's own transaction: notices to posts, new cases, commands for other
 * cases' inboxes. No other existing case is locked here.
 */
import type pg from 'pg';
import type { Consequence, Json } from '../domain/kernel/process.ts';
import { resolveAddressees } from './addressees.ts';
import type { Caused, ConsequenceCause } from './caused.ts';
import type { CasesDeps } from './deps.ts';
import type { InForce } from './office.ts';
import { insertOpenings, type Opened, type Opening } from './open-many.ts';

export function writeConsequences(
  client: pg.ClientBase,
  deps: CasesDeps,
  inForce: InForce,
  cause: ConsequenceCause,
  consequences: readonly Consequence[],
): Promise<void> {
  return writeAllConsequences(client, deps, inForce, [{ cause, consequences }]);
}

/** The same for many entries at once, set-based: a page of opened rounds, an import. */
export async function writeAllConsequences(
  client: pg.ClientBase,
  deps: CasesDeps,
  inForce: InForce,
  caused: readonly Caused[],
): Promise<void> {
  const all = caused.flatMap(({ cause, consequences }) =>
    consequences.map((consequence, ordinal) => ({ cause, consequence, ordinal })),
  );
  if (all.length === 0) return;
  await writeNotices(client, all);
  await writeInbox(client, all);
  const opens = all.flatMap(({ cause, consequence }) =>
    consequence.does === 'open'
      ? [{ kind: consequence.kind, key: consequence.key, command: consequence.input, actor: cause.actor, at: cause.at }]
      : [],
  );
  await openMany(client, deps, inForce, opens);
  await client.query("SELECT pg_notify('zhaodan', 'work')");
}

/** Opens cases in the caller's transaction, with everything their opening sets off. */
export async function openMany(
  client: pg.ClientBase,
  deps: CasesDeps,
  inForce: InForce,
  openings: readonly Opening[],
): Promise<readonly Opened[]> {
  const { results, caused } = await insertOpenings(client, deps, inForce, openings);
  await writeAllConsequences(client, deps, inForce, caused);
  return results;
}

interface Item {
  readonly cause: ConsequenceCause;
  readonly consequence: Consequence;
  readonly ordinal: number;
}

async function writeNotices(client: pg.ClientBase, items: readonly Item[]): Promise<void> {
  const wanted = items.flatMap(({ cause, consequence }) =>
    consequence.does === 'notify' ? [{ cause, consequence }] : [],
  );
  if (wanted.length === 0) return;
  const postsOf = await resolveAddressees(
    client,
    wanted.map(({ consequence }) => consequence.to),
  );
  const rows = wanted.flatMap(({ cause, consequence }, index) =>
    (postsOf[index] ?? []).map((post) => ({
      case_id: cause.chain,
      seq: cause.seq,
      post,
      template: consequence.template,
      urgency: consequence.urgency,
      details: consequence.details ?? {},
      at: cause.at,
    })),
  );
  await client.query({
    name: 'write-notices',
    text: `INSERT INTO notices (case_id, seq, post, template, channel, urgency, details, at)
           SELECT case_id, seq, post, template, 'mail', urgency, details, at
             FROM jsonb_to_recordset($1::jsonb) AS x(case_id text, seq int, post text, template text, urgency text, details jsonb, at bigint)
           ON CONFLICT (case_id, seq, post, template, channel) DO NOTHING`,
    values: [JSON.stringify(rows)],
  });
}

async function writeInbox(client: pg.ClientBase, items: readonly Item[]): Promise<void> {
  const rows = items.flatMap(({ cause, consequence, ordinal }) =>
    consequence.does === 'tell'
      ? [
          {
            from_case: cause.chain,
            seq: cause.seq,
            ordinal,
            to_case: consequence.caseId,
            command: consequence.command as unknown as Json,
            at: cause.at,
          },
        ]
      : [],
  );
  if (rows.length === 0) return;
  await client.query({
    name: 'write-inbox',
    text: `INSERT INTO inbox (from_case, seq, ordinal, to_case, command, at)
           SELECT from_case, seq, ordinal, to_case, command, at
             FROM jsonb_to_recordset($1::jsonb) AS x(from_case text, seq int, ordinal int, to_case text, command jsonb, at bigint)
           ON CONFLICT DO NOTHING`,
    values: [JSON.stringify(rows)],
  });
}
