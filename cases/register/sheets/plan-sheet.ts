/** What confirming a sheet would do, row by row, against a register that already has what earlier sheets would do. */
import type { Amending } from '../../../domain/register/amend.ts';
import type { ProblemCode, RegisterChange } from '../../../domain/register/change.ts';
import { expand } from '../../../domain/register/expand.ts';
import type { NamedIds } from '../slice.ts';
import { COMPARE, type Difference } from './compare.ts';
import type { SheetRecord, SheetShape } from './columns.ts';
import { registerProblem, rowProblem, type RowProblem } from './problems.ts';
import type { ReadRow } from './read-sheet.ts';

/** What happens where the register says something else than the sheet: it stays, it is changed, or the sheet is refused. */
export const CONFLICT_POLICIES = ['keep', 'overwrite', 'refuse'] as const;
export type ConflictPolicy = (typeof CONFLICT_POLICIES)[number];

export interface SheetTotals {
  readonly new: number;
  readonly changed: number;
  readonly same: number;
  /** Differs from the register, which was kept. */
  readonly kept: number;
}

export interface SheetPlan {
  readonly totals: SheetTotals;
  readonly changes: readonly RegisterChange[];
  readonly problems: readonly RowProblem[];
}

export function planSheet(
  shape: SheetShape,
  rows: readonly ReadRow[],
  amending: Amending,
  { policy, today }: { readonly policy: ConflictPolicy; readonly today: string },
): SheetPlan {
  const totals = { new: 0, changed: 0, same: 0, kept: 0 };
  const changes: RegisterChange[] = [];
  const problems: RowProblem[] = [];
  for (const { row, record } of inBuildingOrder(shape, rows)) {
    const at = (column: string | null) => ({ sheet: shape.id, row, column });
    const different = (code: 'conflict' | 'field-fixed', found: readonly Difference[]): RowProblem[] =>
      found.map(({ field, was, is }) =>
        rowProblem(at(headerOf(shape, field)), code, { was: was ?? '空', is: is ?? '空' }),
      );
    const compared = COMPARE[shape.id](record, amending.draft, today);
    switch (compared.verdict) {
      case 'same':
        totals.same += 1;
        continue;
      case 'fixed':
        if (policy === 'keep') totals.kept += 1;
        else problems.push(...different('field-fixed', compared.differences));
        continue;
      case 'differs':
        if (policy === 'keep') totals.kept += 1;
        if (policy === 'refuse') problems.push(...different('conflict', compared.differences));
        if (policy !== 'overwrite') continue;
        totals.changed += 1;
        break;
      case 'new':
        totals.new += 1;
    }
    for (const change of expand(compared.changes, amending.draft)) {
      const problem = amending.make(change);
      if (problem === null) changes.push(change);
      else problems.push(registerProblem(at(columnAtFault(shape, problem.code)), problem));
    }
  }
  return { totals, changes, problems };
}

const headerOf = (shape: SheetShape, field: string): string | null =>
  shape.columns.find(({ key }) => key === field)?.header ?? null;

/** What stands above comes before what stands below; what began earlier before what began later. */
function inBuildingOrder({ id }: SheetShape, rows: readonly ReadRow[]): readonly ReadRow[] {
  if (id === 'units') return topDown(rows, 'unit', 'parent');
  if (id === 'posts') return topDown(rows, 'post', 'superior');
  if (id === 'tenures' || id === 'bindings') {
    const from = ({ record }: ReadRow): string => record['fromOn'] ?? '';
    return rows.toSorted((a, b) => (from(a) < from(b) ? -1 : from(a) > from(b) ? 1 : a.row - b.row));
  }
  return rows;
}

function topDown(rows: readonly ReadRow[], own: string, above: string): readonly ReadRow[] {
  const byId = new Map(rows.map((row) => [row.record[own] ?? '', row]));
  const done = new Set<ReadRow>();
  const visit = (row: ReadRow, below: ReadonlySet<ReadRow>): void => {
    if (done.has(row) || below.has(row)) return;
    const parent = byId.get(row.record[above] ?? '');
    if (parent !== undefined) visit(parent, new Set([...below, row]));
    done.add(row);
  };
  for (const row of rows) visit(row, new Set());
  return [...done];
}

/** The column a register's refusal is about, by code and, where several sheets meet it, by sheet. */
function columnAtFault(shape: SheetShape, code: ProblemCode): string | null {
  const fields: Partial<Record<ProblemCode, readonly string[]>> = {
    'unit-unknown': ['parent', 'unit'],
    'unit-kind': ['parent'],
    'post-unknown': ['superior', 'withPost', 'post'],
    'post-superior-loop': ['superior'],
    'post-ended': ['post'],
    'post-has-bindings': ['class'],
    'post-guarantees-nobody': ['post'],
    'person-unknown': ['person'],
    'tenure-overlaps': ['fromOn'],
    'pledge-without-tenure': ['person'],
    'subject-unknown': ['subject'],
    'subject-closed': ['subject'],
    'credit-code-taken': ['creditCode'],
    'class-mismatch': ['post'],
    'town-mismatch': ['post'],
    'already-bound': ['subject'],
    'date-in-future': ['signedOn', 'openedOn', 'fromOn'],
    'date-order': ['toOn', 'closedOn', 'fromOn'],
  };
  const field = fields[code]?.find((candidate) => shape.columns.some(({ key }) => key === candidate));
  return field === undefined ? null : headerOf(shape, field);
}

/** What the rows of several sheets name, for reading the slice of the register they are compared with. */
export function namedInRows(rows: Iterable<SheetRecord>): NamedIds {
  const posts = new Set<string>();
  const persons = new Set<string>();
  const subjects = new Set<string>();
  const codes = new Set<string>();
  const put = (into: Set<string>, value: string | null | undefined): void => {
    if (value !== undefined && value !== null) into.add(value);
  };
  for (const record of rows) {
    put(posts, record['post']);
    put(posts, record['superior']);
    put(posts, record['withPost']);
    put(persons, record['person']);
    put(subjects, record['subject']);
    put(codes, record['creditCode']);
  }
  return { posts: [...posts], persons: [...persons], subjects: [...subjects], codes: [...codes] };
}
