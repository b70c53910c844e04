/**
 * An import in two steps: a preview that says, row by row, what is wrong and what would change, and writes nothing in the
 * register; a confirmation that makes one sheet's changes, all or none. The same file again changes nothing.
 */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { localDate } from '../../domain/kernel/civil-day.ts';
import type { Actor, Refusal } from '../../domain/kernel/process.ts';
import { amending, type Amending } from '../../domain/register/amend.ts';
import { readClock, type CasesDeps } from '../deps.ts';
import { inTransaction } from '../transaction.ts';
import { changeRegisterIn, type RegisterAnswer } from './change-register.ts';
import { SHEET_IDS, sheetShape, type SheetId } from './sheets/columns.ts';
import { namedInRows, planSheet, type ConflictPolicy, type SheetPlan, type SheetTotals } from './sheets/plan-sheet.ts';
import { fileProblem, type FileProblem, type RowProblem } from './sheets/problems.ts';
import { readFileGrids } from './sheets/read-file.ts';
import { readSheet, shapeOf, type ReadRow, type ReadSheet } from './sheets/read-sheet.ts';
import { readSlice } from './slice.ts';

export interface ImportFile {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly policy: ConflictPolicy;
  readonly actor: Actor;
  /** The caller's idempotency key: the same key gives the previews the same ids. */
  readonly key: string;
}

export interface SheetPreview {
  readonly importId: string;
  readonly sheet: SheetId;
  readonly name: string;
  readonly rows: number;
  readonly totals: SheetTotals;
  /** At most `LISTED`, in the order of rows; `problemCount` counts them all. */
  readonly problems: readonly RowProblem[];
  readonly problemCount: number;
  /** Headers that were left out. */
  readonly ignored: readonly string[];
}

export type ImportPreview =
  | { readonly ok: true; readonly sheets: readonly SheetPreview[]; readonly skippedTabs: readonly string[] }
  /** The file could not be read; nothing was kept of it. */
  | { readonly ok: false; readonly problem: FileProblem };

export const LISTED = 500;

/** Reads the file and keeps one import a sheet, to be confirmed in the order of `sheets`. */
export async function previewImport(deps: CasesDeps, file: ImportFile): Promise<ImportPreview> {
  const read = await readFileGrids(file.bytes);
  if ('problem' in read) return { ok: false, problem: read.problem };
  const sheets: ReadSheet[] = [];
  const skippedTabs: string[] = [];
  for (const grid of read.grids) {
    const shape = shapeOf(grid);
    if (shape === null) skippedTabs.push(grid.name ?? '');
    else sheets.push(readSheet(shape, grid));
  }
  const some = sheets.filter(({ filled }) => filled > 0);
  const wanted = (some.length > 0 ? some : sheets).toSorted((a, b) => orderOf(a) - orderOf(b));
  if (wanted.length === 0) return { ok: false, problem: fileProblem('no-known-sheet') };

  return inTransaction(deps.pool, async (client) => {
    const at = await readClock(deps, client);
    const started = await start(
      client,
      deps,
      wanted.flatMap(({ rows }) => rows),
      at,
    );
    const previews: SheetPreview[] = [];
    for (const sheet of wanted) {
      const plan = planSheet(sheet.shape, sheet.rows, started.amending, { policy: file.policy, today: started.today });
      previews.push(await keep(client, file, sheet, plan, at));
    }
    return { ok: true, sheets: previews, skippedTabs };
  });
}

const orderOf = ({ shape }: ReadSheet): number => SHEET_IDS.indexOf(shape.id);

interface Started {
  readonly amending: Amending;
  readonly today: string;
}

async function start(client: pg.ClientBase, deps: CasesDeps, rows: readonly ReadRow[], at: number): Promise<Started> {
  const { policy } = await deps.office.inForce(client);
  const today = localDate(at);
  const before = await readSlice(client, namedInRows(rows.map(({ record }) => record)));
  const classMismatch = policy.value<'refuse' | 'warn'>('register.classMismatch');
  return { amending: amending(before, { today, classMismatch }), today };
}

async function keep(
  client: pg.ClientBase,
  file: ImportFile,
  sheet: ReadSheet,
  plan: SheetPlan,
  at: number,
): Promise<SheetPreview> {
  const { shape, rows, ignored, filled } = sheet;
  const problems = [...sheet.problems, ...plan.problems].sort((a, b) => a.row - b.row);
  const importId = createHash('sha256')
    .update(`${file.actor.person}\n${file.key}\n${shape.id}`)
    .digest('hex')
    .slice(0, 32);
  await client.query({
    name: 'keep-import',
    text: `INSERT INTO imports (id, sheet, file_name, digest, rows, problems, policy, state, by, at)
           VALUES ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7, 'previewed', $8, $9)
           ON CONFLICT (id) DO UPDATE SET file_name = excluded.file_name, digest = excluded.digest, rows = excluded.rows,
             problems = excluded.problems, policy = excluded.policy, at = excluded.at WHERE imports.state = 'previewed'`,
    values: [
      importId,
      shape.id,
      file.fileName.slice(0, 200),
      createHash('sha256').update(file.bytes).digest('hex'),
      JSON.stringify(rows),
      JSON.stringify(problems.slice(0, LISTED)),
      file.policy,
      file.actor.person,
      at,
    ],
  });
  return {
    importId,
    sheet: shape.id,
    name: shape.name,
    rows: filled,
    totals: plan.totals,
    problems: problems.slice(0, LISTED),
    problemCount: problems.length,
    ignored,
  };
}

export type ImportAnswer =
  | {
      readonly ok: true;
      readonly importId: string;
      readonly sheet: SheetId;
      readonly totals: SheetTotals;
      /** `null` when everything was the same already. */
      readonly change: (RegisterAnswer & { readonly ok: true }) | null;
    }
  /**
   * `import-not-found`, `import-has-problems` (also when the register moved since the preview), or what the register
   * refuses. Nothing was written.
   */
  | { readonly ok: false; readonly importId: string; readonly refusal: Refusal };

interface Kept {
  readonly sheet: SheetId;
  readonly rows: readonly ReadRow[];
  readonly problems: readonly RowProblem[];
  readonly policy: ConflictPolicy;
  readonly state: 'previewed' | 'confirmed' | 'discarded';
  readonly result: ImportAnswer | null;
}

/**
 * Makes the changes of one previewed sheet, compared anew with the register as it is now. A confirmed import answers as
 * it did. The rows, which may hold people's data, are forgotten with it.
 */
export function confirmImport(
  deps: CasesDeps,
  importId: string,
  by: { readonly actor: Actor; readonly key: string },
): Promise<ImportAnswer> {
  return inTransaction(deps.pool, async (client) => {
    const { rows } = await client.query<Kept>(
      'SELECT sheet, rows, problems, policy, state, result FROM imports WHERE id = $1 FOR UPDATE',
      [importId],
    );
    const [kept] = rows;
    const refuse = (code: string, details: Refusal['details'] = {}): ImportAnswer => ({
      ok: false,
      importId,
      refusal: { code, details },
    });
    if (kept === undefined || kept.state === 'discarded') return refuse('import-not-found');
    if (kept.result !== null) return kept.result;
    if (kept.problems.length > 0) return refuse('import-has-problems', { problems: kept.problems.length });
    const at = await readClock(deps, client);
    const { amending: begun, today } = await start(client, deps, kept.rows, at);
    const plan = planSheet(sheetShape(kept.sheet), kept.rows, begun, { policy: kept.policy, today });
    const [first] = plan.problems;
    if (first !== undefined)
      return refuse('import-has-problems', { problems: plan.problems.length, row: first.row, first: first.message });
    const change = plan.changes.length === 0 ? null : await changeRegisterIn(client, deps, plan.changes, by);
    if (change !== null && !change.ok) return { ok: false, importId, refusal: change.refusal };
    const answer: ImportAnswer = { ok: true, importId, sheet: kept.sheet, totals: plan.totals, change };
    await client.query({
      name: 'settle-import',
      text: `UPDATE imports SET state = 'confirmed', confirmed_at = $2, result = $3::jsonb, rows = '[]'::jsonb WHERE id = $1`,
      values: [importId, at, JSON.stringify(answer)],
    });
    return answer;
  });
}

/** Forgets a previewed import and its rows. Whether there was one. */
export async function discardImport(deps: CasesDeps, importId: string): Promise<boolean> {
  const { rowCount } = await deps.pool.query(
    `UPDATE imports SET state = 'discarded', rows = '[]'::jsonb, problems = '[]'::jsonb WHERE id = $1 AND state = 'previewed'`,
    [importId],
  );
  return rowCount === 1;
}
