/** One case as every list shows it: its row with the names that the register has for its ids. */

export interface CaseLine {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly stage: string;
  readonly holder: {
    readonly post: string;
    readonly title: string | null;
    readonly person: string | null;
    readonly name: string | null;
  } | null;
  readonly unit: { readonly id: string; readonly name: string | null } | null;
  readonly subject: { readonly id: string; readonly name: string | null } | null;
  readonly cycle: string | null;
  readonly openedAt: number;
  readonly lastAt: number;
  readonly closedAt: number | null;
  readonly closedAs: string | null;
  readonly dueAt: number | null;
  readonly dueOn: string | null;
  readonly dueRule: string | null;
  readonly provisional: boolean;
  readonly breached: boolean;
  readonly nextAlarmAt: number | null;
  readonly nextClock: string | null;
  readonly nextRung: string | null;
  readonly figures: Readonly<Record<string, number>>;
  readonly seq: number;
  readonly head: string;
}

export const LINE_COLUMNS = `
  c.id, c.kind, c.key, c.stage, c.cycle_id AS cycle, c.opened_at, c.last_at, c.closed_at, c.closed_as, c.due_at, c.due_on,
  c.due_rule, c.provisional, c.breached, c.next_alarm_at, c.next_clock, c.next_rung, c.figures, c.seq, c.head,
  CASE WHEN c.holder_post IS NULL THEN NULL ELSE jsonb_build_object(
    'post', c.holder_post, 'title', p.title, 'person', t.person_id, 'name', h.name) END AS holder,
  CASE WHEN c.unit_id IS NULL THEN NULL ELSE jsonb_build_object('id', c.unit_id, 'name', u.name) END AS unit,
  CASE WHEN c.subject_id IS NULL THEN NULL ELSE jsonb_build_object('id', c.subject_id, 'name', s.name) END AS subject`;

export const LINE_JOINS = `
  LEFT JOIN posts p ON p.id = c.holder_post
  LEFT JOIN tenures t ON t.post_id = c.holder_post AND t.to_on IS NULL
  LEFT JOIN persons h ON h.id = t.person_id
  LEFT JOIN units u ON u.id = c.unit_id
  LEFT JOIN subjects s ON s.id = c.subject_id`;

export interface StoredLine extends Pick<
  CaseLine,
  | 'id'
  | 'kind'
  | 'key'
  | 'stage'
  | 'holder'
  | 'unit'
  | 'subject'
  | 'cycle'
  | 'figures'
  | 'seq'
  | 'head'
  | 'provisional'
  | 'breached'
> {
  readonly opened_at: string;
  readonly last_at: string;
  readonly closed_at: string | null;
  readonly closed_as: string | null;
  readonly due_at: string | null;
  readonly due_on: string | null;
  readonly due_rule: string | null;
  readonly next_alarm_at: string | null;
  readonly next_clock: string | null;
  readonly next_rung: string | null;
}

const instant = (text: string | null): number | null => (text === null ? null : Number(text));

export function lineOf(row: StoredLine): CaseLine {
  const {
    opened_at,
    last_at,
    closed_at,
    closed_as,
    due_at,
    due_on,
    due_rule,
    next_alarm_at,
    next_clock,
    next_rung,
    ...same
  } = row;
  return {
    ...same,
    openedAt: Number(opened_at),
    lastAt: Number(last_at),
    closedAt: instant(closed_at),
    closedAs: closed_as,
    dueAt: instant(due_at),
    dueOn: due_on,
    dueRule: due_rule,
    nextAlarmAt: instant(next_alarm_at),
    nextClock: next_clock,
    nextRung: next_rung,
  };
}
