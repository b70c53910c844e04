/**
 * What must hold whatever went wrong: every point under 100 % has an open duty with a clock, and open rounds know who
 * holds their post. Run by the keeper; it repairs by the same doors everybody uses.
 */
import { localDate } from '../domain/kernel/calendar.ts';
import { SYSTEM, type Typed } from '../domain/kernel/process.ts';
import { apply } from './apply.ts';
import { openMany } from './consequences.ts';
import { readClock, type CasesDeps } from './deps.ts';
import { newestPublication } from './office.ts';
import { missingDuties } from './register/missing-duties.ts';
import { inTransaction } from './transaction.ts';

export interface Repaired {
  readonly duties: number;
  readonly holders: number;
  /** Rounds told that their holder's deputy stands in from today, or no longer does. Ordinary: days come without a command. */
  readonly absences: number;
}

export async function keepInvariants(deps: CasesDeps): Promise<Repaired> {
  return {
    duties: await openMissingDuties(deps),
    holders: await tellHolders(deps),
    absences: await tellAbsences(deps),
  };
}

async function openMissingDuties(deps: CasesDeps): Promise<number> {
  return inTransaction(deps.pool, async (client) => {
    const inForce = await deps.office.inForce(client, await newestPublication(client));
    const at = await readClock(deps, client);
    const missing = await missingDuties(client, {
      today: localDate(at),
      pledgeVersion: inForce.policy.value<string>('pledge.version'),
    });
    const openings = missing.map(({ kind, key, command }) => ({ kind, key, command, actor: SYSTEM, at }));
    const results = await openMany(client, deps, inForce, openings);
    return results.filter(({ result }) => result === 'opened').length;
  });
}

/** A round whose post changed hands and was never told: the register's message was lost or came before the round. */
async function tellHolders(deps: CasesDeps): Promise<number> {
  const { rows } = await deps.pool.query<{ id: string; seq: number; known: string | null; holds: string | null }>(
    `SELECT c.id, c.seq, c.state->>'person' AS known, t.person_id AS holds
       FROM cases c LEFT JOIN tenures t ON t.post_id = c.state->>'post' AND t.to_on IS NULL
      WHERE c.kind = 'round' AND c.closed_at IS NULL AND c.state->>'person' IS DISTINCT FROM t.person_id
        AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.to_case = c.id AND i.settled_at IS NULL)
      ORDER BY c.id LIMIT 500`,
  );
  for (const { id, seq, known, holds } of rows) {
    const command: Typed & { fromPerson: string | null; toPerson: string | null } = {
      type: 'holder-changed',
      fromPerson: known,
      toPerson: holds,
    };
    await apply(deps, command, { caseId: id, key: `invariant/${id}/${String(seq)}`, actor: SYSTEM });
  }
  return rows.length;
}

/** An absence begins and ends by the day; nobody gives a command then. Told where the round knows another deputy. */
async function tellAbsences(deps: CasesDeps): Promise<number> {
  const today = localDate(await inTransaction(deps.pool, (client) => readClock(deps, client)));
  const { rows } = await deps.pool.query<{
    id: string;
    seq: number;
    person: string;
    known: string | null;
    deputy: string | null;
  }>(
    `SELECT c.id, c.seq, c.state->>'person' AS person, c.state->>'deputy' AS known, a.deputy_id AS deputy
       FROM cases c LEFT JOIN LATERAL (
            SELECT deputy_id FROM absences WHERE person_id = c.state->>'person' AND from_on <= $1 AND to_on >= $1
             ORDER BY deputy_id IS NULL, from_on DESC, id LIMIT 1) a ON true
      WHERE c.kind = 'round' AND c.closed_at IS NULL AND c.state->>'person' IS NOT NULL
        AND a.deputy_id IS DISTINCT FROM c.state->>'deputy'
        AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.to_case = c.id AND i.settled_at IS NULL)
      ORDER BY c.id LIMIT 500`,
    [today],
  );
  for (const { id, seq, person, known, deputy } of rows) {
    const command: Typed & { person: string; deputy: string | null } =
      deputy === null ? { type: 'absence-ended', person, deputy: known } : { type: 'absence-began', person, deputy };
    await apply(deps, command, { caseId: id, key: `invariant/absence/${id}/${String(seq)}`, actor: SYSTEM });
  }
  return rows.length;
}
