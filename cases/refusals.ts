/** What was refused, to whom and why: kept beside the journal, not in it. */
import type pg from 'pg';
import type { Actor, Refusal } from '../domain/kernel/process.ts';

export async function recordRefusal(
  client: pg.ClientBase,
  {
    caseId,
    actor,
    command,
    refusal,
    at,
  }: { caseId: string; actor: Actor; command: string; refusal: Refusal; at: number },
): Promise<void> {
  await client.query({
    name: 'record-refusal',
    text: 'INSERT INTO refusals (case_id, person, post, command, code, article, at, details) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    values: [
      caseId,
      actor.person,
      actor.post,
      command,
      refusal.code,
      refusal.article ?? null,
      at,
      refusal.details === undefined ? null : JSON.stringify(refusal.details),
    ],
  });
}
