/**
 * The register as its chains tell it: every row folded from the changes of the one chain it belongs to, so that the tables
 * can be compared with the journal, or written anew. Total: what was once accepted is not judged again.
 */
import { civilDate, dayNumber } from '../kernel/civil-day.ts';
import { pledgeId } from './amend-people.ts';
import type { WrittenChange } from './change.ts';
import type { Absence, Binding, Pledge, Post, Subject, Tenure, Unit } from './register.ts';

/** A person as the journal knows them: by the erasable text that holds name, e-mail and telephone number. */
export interface FoldedPerson {
  readonly id: string;
  readonly text: string;
  readonly generated: boolean;
}

export interface FoldedRegister {
  readonly units: ReadonlyMap<string, Unit>;
  readonly posts: ReadonlyMap<string, Post>;
  readonly persons: ReadonlyMap<string, FoldedPerson>;
  readonly tenures: ReadonlyMap<string, Tenure>;
  readonly absences: ReadonlyMap<string, Absence>;
  readonly subjects: ReadonlyMap<string, Subject>;
  readonly bindings: ReadonlyMap<string, Binding>;
  readonly pledges: ReadonlyMap<string, Pledge>;
}

/** One chain with its changes in the order of its entries. */
export interface ToldChain {
  /** `subject/<id>`, `post/<id>`, `person/<id>`, `unit/<id>`. */
  readonly chain: string;
  readonly changes: readonly WrittenChange[];
}

interface Rows {
  readonly units: Map<string, Unit>;
  readonly posts: Map<string, Post>;
  readonly persons: Map<string, FoldedPerson>;
  readonly tenures: Map<string, Tenure>;
  readonly absences: Map<string, Absence>;
  readonly subjects: Map<string, Subject>;
  readonly bindings: Map<string, Binding>;
  readonly pledges: Map<string, Pledge>;
}

/** A chain tells of what is its own; the same change in another chain is passed over there. */
export function foldRegister(chains: Iterable<ToldChain>): FoldedRegister {
  const all = noRows();
  for (const { chain, changes } of chains) {
    const tell = TELLERS[chain.slice(0, chain.indexOf('/'))];
    if (tell === undefined) continue;
    const own = noRows();
    for (const change of changes) tell(own, change);
    for (const table of TABLES) for (const [id, row] of own[table]) (all[table] as Map<string, unknown>).set(id, row);
  }
  return { ...all, units: withPaths(all.units) };
}

export const TABLES = ['units', 'posts', 'persons', 'tenures', 'absences', 'subjects', 'bindings', 'pledges'] as const;

const noRows = (): Rows => ({
  units: new Map(),
  posts: new Map(),
  persons: new Map(),
  tenures: new Map(),
  absences: new Map(),
  subjects: new Map(),
  bindings: new Map(),
  pledges: new Map(),
});

const TELLERS: Readonly<Record<string, (rows: Rows, change: WrittenChange) => void>> = {
  unit: tellUnit,
  post: tellPost,
  person: tellPerson,
  subject: tellSubject,
};

function withPaths(units: ReadonlyMap<string, Unit>): ReadonlyMap<string, Unit> {
  const pathOf = (id: string, depth: number): string => {
    const unit = units.get(id);
    if (unit === undefined || depth > 16) return '';
    return `${unit.parent === null ? '' : pathOf(unit.parent, depth + 1)}${id}/`;
  };
  return new Map([...units].map(([id, unit]) => [id, { ...unit, path: pathOf(id, 0) }]));
}

/** Puts `changed` over the row; a chain that begins in its middle has none, and the comparison will say so. */
function alter<Row>(rows: Map<string, Row>, id: string, changed: Partial<Row>): void {
  const row = rows.get(id);
  if (row !== undefined) rows.set(id, { ...row, ...changed });
}

/** The natural id, or with a number behind it when the same began twice on one day: as it was given when written. */
function begin<Row extends { readonly id: string }>(
  rows: Map<string, Row>,
  natural: string,
  make: (id: string) => Row,
): void {
  let id = natural;
  for (let n = 2; rows.has(id); n++) id = `${natural}/${String(n)}`;
  rows.set(id, make(id));
}

/** Ends what is open of a chain's own rows: a post has one tenure at a time, a subject one binding. */
function endOpen<Row extends { readonly id: string; readonly toOn: string | null }>(
  rows: Map<string, Row>,
  toOn: string,
): void {
  for (const row of rows.values()) if (row.toOn === null) rows.set(row.id, { ...row, toOn });
}

function tellUnit({ units }: Rows, change: WrittenChange): void {
  if (change.type === 'unit-added') {
    const { unit, name, kind, parent } = change;
    units.set(unit, { id: unit, name, kind, parent, path: '' });
  }
  if (change.type === 'unit-corrected') alter(units, change.unit, { name: change.name });
}

function tellPost({ posts, tenures }: Rows, change: WrittenChange): void {
  switch (change.type) {
    case 'post-added': {
      const { post, unit, title, role, superior, class: guarantees, on } = change;
      posts.set(post, { id: post, unit, title, role, superior, class: guarantees, fromOn: on, toOn: null });
      break;
    }
    case 'post-ended':
      alter(posts, change.post, { toOn: change.on });
      break;
    case 'post-moved':
      alter(posts, change.post, { unit: change.unit, superior: change.superior });
      break;
    case 'post-corrected':
      alter(posts, change.post, { title: change.title, role: change.role, class: change.class });
      break;
    case 'tenure-began': {
      const { post, person, on } = change;
      begin(tenures, `${post}/${person}/${on}`, (id) => ({ id, person, post, fromOn: on, toOn: null }));
      break;
    }
    case 'tenure-ended':
      endOpen(tenures, change.on);
      break;
    default:
  }
}

function tellPerson({ persons, absences, pledges }: Rows, change: WrittenChange): void {
  switch (change.type) {
    case 'person-added':
      persons.set(change.person, { id: change.person, text: change.data.text, generated: change.generated });
      break;
    case 'person-changed':
      alter(persons, change.person, { text: change.data.text });
      break;
    case 'absence-began': {
      const { person, deputy, on, until, cause } = change;
      begin(absences, `${person}/${on}`, (id) => ({ id, person, deputy, fromOn: on, toOn: until, cause }));
      break;
    }
    case 'absence-ended': {
      const { person, on } = change;
      const ending = [...absences.values()].find((row) => row.person === person && row.fromOn <= on && on <= row.toOn);
      if (ending !== undefined) alter(absences, ending.id, { toOn: civilDate(dayNumber(on) - 1) });
      break;
    }
    case 'pledge-signed': {
      const { person, post, version, on, withPost, document } = change;
      const id = pledgeId(post, person, version);
      pledges.set(id, { id, person, post, version, signedOn: on, withPost, document });
      break;
    }
    case 'pledge-withdrawn':
      pledges.delete(pledgeId(change.post, change.person, change.version));
      break;
    default:
  }
}

function tellSubject({ subjects, bindings }: Rows, change: WrittenChange): void {
  switch (change.type) {
    case 'subject-added': {
      const { subject, name, creditCode, class: level, risk, trade, unit, address, on } = change;
      const opened = { openedOn: on, closedOn: null, status: 'active' } as const;
      subjects.set(subject, { id: subject, name, creditCode, class: level, risk, trade, unit, address, ...opened });
      break;
    }
    case 'subject-closed':
      alter(subjects, change.subject, { status: 'closed', closedOn: change.on });
      break;
    case 'subject-suspended':
      alter(subjects, change.subject, { status: 'suspended' });
      break;
    case 'subject-reopened':
      alter(subjects, change.subject, { status: 'active', closedOn: null });
      break;
    case 'subject-class-moved':
      alter(subjects, change.subject, { class: change.class });
      break;
    case 'subject-risk-changed':
      alter(subjects, change.subject, { risk: change.risk });
      break;
    case 'subject-moved':
      alter(subjects, change.subject, { unit: change.unit, address: change.address });
      break;
    case 'subject-corrected': {
      const { type: _type, subject, ...corrected } = change;
      alter(subjects, subject, corrected);
      break;
    }
    case 'bound': {
      const { subject, post, on } = change;
      begin(bindings, `${subject}/${post}/${on}`, (id) => ({ id, subject, post, fromOn: on, toOn: null }));
      break;
    }
    case 'unbound':
      endOpen(bindings, change.on);
      break;
    default:
  }
}
