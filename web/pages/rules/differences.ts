/** Where two versions of a calendar, a ladder or a policy differ: rows by their own key, the rest member by member. Pure. */
export interface Difference {
  /** From the outside in: `values`, `supervision.visit-months`, `value`. */
  readonly path: readonly string[];
  /** Undefined: it was not there. */
  readonly before: unknown;
  readonly after: unknown;
}

type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What names a row of a list. */
const KEYS = ['date', 'id', 'code', 'year'] as const;

/** A list of named rows as members by name; `null` for a list that is none. */
function byName(value: unknown): Members | null {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isMembers)) return null;
  const rows: readonly Members[] = value;
  const key = KEYS.find((name) => rows.every((row) => name in row));
  if (key === undefined) return null;
  const named = rows.map((row): [string, unknown] => [String(row[key]), row]);
  return new Map(named).size === named.length ? Object.fromEntries(named) : null;
}

const membersOf = (value: unknown): Members | null => (isMembers(value) ? value : byName(value));

export function differences(before: unknown, after: unknown, path: readonly string[] = []): readonly Difference[] {
  const [was, is] = [membersOf(before), membersOf(after)];
  if (was === null || is === null)
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((name) => {
    const [old, now] = [was[name], is[name]];
    if (old === undefined || now === undefined) return [{ path: [...path, name], before: old, after: now }];
    return differences(old, now, [...path, name]);
  });
}
