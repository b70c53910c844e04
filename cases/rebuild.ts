/** Refolds cases from their journals and writes the rows again: after a change of state shape, or a damaged row. */
import { outlook } from '../domain/kernel/alarms.ts';
import { limitRows } from '../domain/kernel/limit-rows.ts';
import { lockCase } from './case-row.ts';
import { processOf, type CasesDeps } from './deps.ts';
import { GENESIS } from './journal.ts';
import { readEntries } from './refold.ts';
import { afterEntry, EMPTY, parseEntry, type Fold } from './entry.ts';
import { rungsOf } from './rungs.ts';
import { alarmEnv } from './step.ts';
import { inTransaction } from './transaction.ts';
import { rewriteRow } from './write.ts';

/** Rebuilds one case, or all; how many rows were written. Nothing is added to the journal. */
export async function rebuild(deps: CasesDeps, only?: string): Promise<number> {
  const { rows } = await deps.pool.query<{ id: string }>(
    'SELECT id FROM cases WHERE $1::text IS NULL OR id = $1 ORDER BY id',
    [only ?? null],
  );
  for (const { id } of rows) await rebuildCase(deps, id);
  return rows.length;
}

async function rebuildCase(deps: CasesDeps, caseId: string): Promise<void> {
  await inTransaction(deps.pool, async (client) => {
    const row = await lockCase(client, caseId);
    const process = processOf(deps, row.kind);
    const entries = await readEntries(client, caseId);
    const contents = entries.map(({ body }) => parseEntry(body));
    let fold: Fold = EMPTY;
    const folded = contents.map((content) => {
      fold = afterEntry(process, fold, content);
      return { content, armings: fold.armings };
    });
    const inForce = await deps.office.inForce(client, row.publication);
    const summary = process.summary(fold.state);
    const all = process.clocks(fold.state);
    const clocks = summary.closedAs === undefined ? all : [];
    const env = alarmEnv(inForce, caseId);
    const last = entries.at(-1);
    await rewriteRow(client, {
      caseId,
      process,
      fold,
      summary,
      outlook: outlook(clocks, fold.armings, env),
      limits: limitRows(all, env),
      rungs: rungsOf(folded),
      seq: last?.seq ?? 0,
      head: last?.hash ?? GENESIS,
      at: last?.at ?? row.openedAt,
    });
  });
}
