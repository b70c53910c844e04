/**
 * The register after a batch of changes, or the first reason why the batch may not be made. Pure: the caller reads the
 * rows a batch names and writes the ones that differ afterwards.
 */
import type { ChangeOf, ChangeType, RegisterChange, RegisterProblem } from './change.ts';
import { Draft } from './draft.ts';
import { OF_PEOPLE } from './amend-people.ts';
import { OF_SUBJECTS } from './amend-subjects.ts';
import { OF_UNITS } from './amend-units.ts';
import { fault, type AmendContext, type Fault, type Handlers } from './handler.ts';
import type { Register } from './register.ts';
import { isCivilDate } from '../kernel/civil-day.ts';

export type Amended =
  | { readonly ok: true; readonly after: Draft; readonly warnings: readonly RegisterProblem[] }
  | { readonly ok: false; readonly problem: RegisterProblem };

const HANDLERS: Handlers<ChangeType> = { ...OF_UNITS, ...OF_PEOPLE, ...OF_SUBJECTS };

/** Latin letters, digits and `. _ - /`-free parts: ids become parts of case ids and chain ids. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const TEXT_MAX = 200;

/** Works through the batch in its order; each change sees what the ones before it did. Refuses at the first problem. */
export function amend(
  before: Register,
  changes: readonly RegisterChange[],
  context: Omit<AmendContext, 'warn'>,
): Amended {
  const { draft, make, warnings } = amending(before, context);
  for (const change of changes) {
    const problem = make(change);
    if (problem !== null) return { ok: false, problem };
  }
  return { ok: true, after: draft, warnings };
}

export interface Amending {
  /** The register as it stands after what was made so far. */
  readonly draft: Draft;
  /** Makes the next change, or says why not and leaves the draft as it was. */
  readonly make: (change: RegisterChange) => RegisterProblem | null;
  readonly warnings: readonly RegisterProblem[];
}

/** Change by change, for a caller who looks at the draft in between (an import previews row after row). */
export function amending(before: Register, context: Omit<AmendContext, 'warn'>): Amending {
  const draft = new Draft(before);
  const warnings: RegisterProblem[] = [];
  let index = -1;
  return {
    draft,
    warnings,
    make(change) {
      index += 1;
      const problem = ({ code, details = {} }: Fault): RegisterProblem => ({ code, index, details });
      const warn = (found: Fault): void => void warnings.push(problem(found));
      const found = malformed(change, context.today) ?? handle(draft, change, { ...context, warn });
      return found === null ? null : problem(found);
    },
  };
}

function handle<T extends ChangeType>(draft: Draft, change: ChangeOf<T>, context: AmendContext): Fault | null {
  return HANDLERS[change.type](draft, change, context);
}

/** Shapes that every change shares: ids, texts, existing days, nothing dated later than today but absences. */
function malformed(change: RegisterChange, today: string): Fault | null {
  for (const [field, value] of Object.entries(change)) {
    if (typeof value !== 'string') continue;
    if (ID_FIELDS.has(field) && !ID.test(value)) return fault('id-shape', { field });
    if (TEXT_FIELDS.has(field)) {
      if (value.trim() === '') return fault('text-empty', { field });
      if (value.length > TEXT_MAX) return fault('text-too-long', { field });
    }
    if (DATE_FIELDS.has(field) && !isCivilDate(value)) return fault('date-invalid', { field, date: value });
  }
  if ('data' in change && change.data.name.trim() === '') return fault('text-empty', { field: 'name' });
  if ('on' in change && change.on > today && change.type !== 'absence-began')
    return fault('date-in-future', { date: change.on });
  return null;
}

const ID_FIELDS = new Set(['unit', 'post', 'person', 'subject', 'parent', 'superior', 'deputy', 'withPost']);
const TEXT_FIELDS = new Set(['name', 'title', 'trade', 'address', 'cause', 'reason', 'version']);
const DATE_FIELDS = new Set(['on', 'until']);
