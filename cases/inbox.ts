/**
 * Delivers what one case tells another: each command in a transaction of its own, at least once, exactly one entry. A
 * refusal is recorded at the receiver and told back in the row; it never undoes the teller.
 */
import type pg from 'pg';
import { SYSTEM, type Typed } from '../domain/kernel/process.ts';
import { answerOf, commitStep, foldOf, type Answer } from './apply.ts';
import { instantOf, lockCase } from './case-row.ts';
import { processOf, UnknownCase, type CasesDeps } from './deps.ts';
import type { Cause } from './entry.ts';
import { readFacts } from './facts.ts';
import { faultCode } from './faults.ts';
import { recordRefusal } from './refusals.ts';
import { momentOf, step, type Circumstance } from './step.ts';
import { sealCommand, storeTexts } from './texts.ts';
import { inTransaction } from './transaction.ts';

interface InboxRow {
  readonly from_case: string;
  readonly seq: number;
  readonly ordinal: number;
  readonly to_case: string;
  readonly command: Typed;
  readonly attempts: number;
}

const DATABASE_NOW = 'floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint';

/** Delivers up to `limit` commands; how many were settled. One that fails waits longer each time and stays visible. */
export async function deliverInbox(deps: CasesDeps, limit = 200): Promise<number> {
  const { rows } = await deps.pool.query<Pick<InboxRow, 'from_case' | 'seq' | 'ordinal'>>({
    name: 'inbox-next',
    text: `SELECT from_case, seq, ordinal FROM inbox WHERE settled_at IS NULL AND retry_at <= ${DATABASE_NOW}
            ORDER BY at, from_case, seq, ordinal LIMIT $1`,
    values: [limit],
  });
  let settled = 0;
  for (const row of rows) {
    try {
      settled += (await inTransaction(deps.pool, (client) => deliver(client, deps, row))) ? 1 : 0;
    } catch (error) {
      await postpone(deps.pool, row, faultCode(error));
    }
  }
  return settled;
}

async function deliver(
  client: pg.ClientBase,
  deps: CasesDeps,
  at: Pick<InboxRow, 'from_case' | 'seq' | 'ordinal'>,
): Promise<boolean> {
  const { rows } = await client.query<InboxRow>({
    name: 'inbox-lock',
    text: `SELECT from_case, seq, ordinal, to_case, command, attempts FROM inbox
            WHERE from_case = $1 AND seq = $2 AND ordinal = $3 AND settled_at IS NULL FOR UPDATE SKIP LOCKED`,
    values: [at.from_case, at.seq, at.ordinal],
  });
  const row = rows[0];
  if (row === undefined) return false;
  const answer = await tell(client, deps, row).catch((error: unknown) => {
    if (error instanceof UnknownCase)
      return { ok: false, caseId: row.to_case, refusal: { code: 'case-not-found' } } as const;
    throw error;
  });
  await client.query({
    name: 'inbox-settle',
    text: `UPDATE inbox SET settled_at = ${DATABASE_NOW}, answer = $4::jsonb WHERE from_case = $1 AND seq = $2 AND ordinal = $3`,
    values: [row.from_case, row.seq, row.ordinal, JSON.stringify(answer)],
  });
  return true;
}

async function tell(
  client: pg.ClientBase,
  deps: CasesDeps,
  { from_case, seq, ordinal, to_case, command }: InboxRow,
): Promise<Answer> {
  const row = await lockCase(client, to_case);
  const process = processOf(deps, row.kind);
  const fold = await foldOf(client, process, row);
  const now = await instantOf(deps, client, row);
  const inForce = await deps.office.inForce(client, row.publication);
  const { command: sealed, texts } = sealCommand(command, process.texts);
  const facts = await readFacts(client, process.needs(fold.state, sealed));
  const cause: Cause = { type: 'told', command: sealed, from: `${from_case}/${String(seq)}/${String(ordinal)}` };
  const circumstance: Circumstance = { cause, actor: SYSTEM, now, received: now, facts, inForce, build: deps.build };
  const decision = process.decide(fold.state, sealed, momentOf(to_case, circumstance));
  if ('refused' in decision) {
    await recordRefusal(client, {
      caseId: to_case,
      actor: SYSTEM,
      command: command.type,
      refusal: decision.refused,
      at: now,
    });
    return { ok: false, caseId: to_case, refusal: decision.refused };
  }
  await storeTexts(client, to_case, texts);
  const done = step(process, { caseId: to_case, seq: row.seq, head: row.head, fold }, circumstance, decision.events);
  await commitStep(client, deps, inForce, row, done);
  return answerOf(done);
}

async function postpone(
  pool: pg.Pool,
  at: Pick<InboxRow, 'from_case' | 'seq' | 'ordinal'>,
  code: string,
): Promise<void> {
  await pool.query({
    name: 'inbox-postpone',
    text: `UPDATE inbox SET attempts = attempts + 1, answer = jsonb_build_object('fault', $4::text),
                  retry_at = ${DATABASE_NOW} + least(600000, 1000 * power(2, least(attempts, 10)))::bigint
            WHERE from_case = $1 AND seq = $2 AND ordinal = $3`,
    values: [at.from_case, at.seq, at.ordinal, code],
  });
}
