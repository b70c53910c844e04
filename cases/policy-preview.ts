/** What would a change of the district's policy do, were it published: values that differ, what rests on them, dates that move. */
import { foldOf } from './apply.ts';
import { movedOf, type MovedDate } from './calendar-preview.ts';
import { readCase } from './case-row.ts';
import { processOf, type CasesDeps } from './deps.ts';
import { contentHash, type PolicyData } from './office-data.ts';
import { bodiesInForce } from './office-lists.ts';
import { compileRules } from '../domain/rules/index.ts';
import { canonical } from '../domain/kernel/journal.ts';
import type { Json } from '../domain/kernel/process.ts';
import type { Rule } from '../domain/kernel/rule.ts';

export interface ChangedValue {
  readonly key: string;
  readonly title: string;
  readonly before: Json | null;
  readonly after: Json | null;
  /** Rules whose limit, or the bound of whose extension, is this value. */
  readonly rules: readonly string[];
}

export interface PolicyPreview {
  readonly changed: readonly ChangedValue[];
  /** Open cases with a running limit; those counted here, earliest first. */
  readonly touched: number;
  readonly counted: number;
  readonly moved: readonly MovedDate[];
}

/** More are counted at publication itself; a preview stays within a few seconds. */
const COUNTED = 2_000;

export async function previewPolicy(deps: CasesDeps, data: PolicyData): Promise<PolicyPreview> {
  const client = await deps.pool.connect();
  try {
    const inForce = await deps.office.inForce(client);
    const [before] = await bodiesInForce<PolicyData>(client, 'policy');
    const [pack] = await bodiesInForce<readonly Rule[]>(client, 'rules');
    const changed = changedValues(before?.body, data, pack?.body ?? []);
    const moves = changed.some(({ rules }) => rules.length > 0);
    if (pack === undefined || !moves) return { changed, touched: 0, counted: 0, moved: [] };
    const rules = compileRules(pack.body, data.values, contentHash(data));
    const { rows } = await client.query<{ id: string }>(
      `SELECT DISTINCT c.id, c.due_at FROM cases c JOIN case_limits l ON l.case_id = c.id AND l.ended_at IS NULL
        WHERE c.closed_at IS NULL AND l.rule = ANY($1) ORDER BY c.due_at, c.id`,
      [changed.flatMap((value) => value.rules)],
    );
    const moved: MovedDate[] = [];
    for (const { id } of rows.slice(0, COUNTED)) {
      const row = await readCase(client, id);
      const process = processOf(deps, row.kind);
      const { state } = await foldOf(client, process, row);
      moved.push(...movedOf(id, process.clocks(state), inForce, { rules, calendar: inForce.calendar }));
    }
    return { changed, touched: rows.length, counted: Math.min(rows.length, COUNTED), moved };
  } finally {
    client.release();
  }
}

function changedValues(
  before: PolicyData | undefined,
  after: PolicyData,
  rules: readonly Rule[],
): readonly ChangedValue[] {
  const was = before?.values ?? {};
  const keys = [...new Set([...Object.keys(was), ...Object.keys(after.values)])].sort();
  return keys.flatMap((key) => {
    const [old, now] = [was[key], after.values[key]];
    if (canonical(old ?? null) === canonical(now ?? null)) return [];
    const resting = rules.filter(({ policyKey, extensionKey }) => policyKey === key || extensionKey === key);
    return [
      {
        key,
        title: now?.title ?? old?.title ?? key,
        before: old?.value ?? null,
        after: now?.value ?? null,
        rules: [...new Set(resting.map(({ id }) => id))],
      },
    ];
  });
}
