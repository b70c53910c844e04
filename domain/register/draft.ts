/**
 * The register while a batch of changes is worked through: its rows and the look-ups that checking needs, each in
 * constant time, so that 20,000 changes take a second. Lives for one batch only; decides nothing.
 */
import type { Absence, Binding, Person, Pledge, Post, Register, Subject, Tenure, Unit } from './register.ts';

function grouped<Row>(rows: Iterable<Row>, by: (row: Row) => string): Map<string, Set<Row>> {
  const groups = new Map<string, Set<Row>>();
  for (const row of rows) add(groups, by(row), row);
  return groups;
}

function add<Row>(groups: Map<string, Set<Row>>, key: string, row: Row): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, new Set([row]));
  else group.add(row);
}

/** A group of rows kept beside their map: replacing a row keeps both right. */
class Grouping<Row extends { readonly id: string }> {
  readonly #rows: Map<string, Row>;
  readonly #groups: Map<string, Set<Row>>;
  readonly #by: (row: Row) => string;

  constructor(rows: Map<string, Row>, by: (row: Row) => string) {
    this.#rows = rows;
    this.#by = by;
    this.#groups = grouped(rows.values(), by);
  }

  of(key: string): readonly Row[] {
    return [...(this.#groups.get(key) ?? [])].filter((row) => this.#rows.get(row.id) === row);
  }

  put(row: Row): void {
    add(this.#groups, this.#by(row), row);
  }
}

export class Draft implements Register {
  readonly units: Map<string, Unit>;
  readonly posts: Map<string, Post>;
  readonly persons: Map<string, Person>;
  readonly tenures: Map<string, Tenure>;
  readonly absences: Map<string, Absence>;
  readonly subjects: Map<string, Subject>;
  readonly bindings: Map<string, Binding>;
  readonly pledges: Map<string, Pledge>;
  readonly #tenuresOfPost: Grouping<Tenure>;
  readonly #tenuresOfPerson: Grouping<Tenure>;
  readonly #absencesOf: Grouping<Absence>;
  readonly #bindingsOfSubject: Grouping<Binding>;
  readonly #bindingsOfPost: Grouping<Binding>;
  readonly #codes: Map<string, string>;

  constructor(from: Register) {
    this.units = new Map(from.units);
    this.posts = new Map(from.posts);
    this.persons = new Map(from.persons);
    this.tenures = new Map(from.tenures);
    this.absences = new Map(from.absences);
    this.subjects = new Map(from.subjects);
    this.bindings = new Map(from.bindings);
    this.pledges = new Map(from.pledges);
    this.#tenuresOfPost = new Grouping(this.tenures, ({ post }) => post);
    this.#tenuresOfPerson = new Grouping(this.tenures, ({ person }) => person);
    this.#absencesOf = new Grouping(this.absences, ({ person }) => person);
    this.#bindingsOfSubject = new Grouping(this.bindings, ({ subject }) => subject);
    this.#bindingsOfPost = new Grouping(this.bindings, ({ post }) => post);
    this.#codes = new Map();
    for (const { id, creditCode } of from.subjects.values()) if (creditCode !== null) this.#codes.set(creditCode, id);
  }

  tenuresOf(post: string): readonly Tenure[] {
    return this.#tenuresOfPost.of(post);
  }

  tenuresOfPerson(person: string): readonly Tenure[] {
    return this.#tenuresOfPerson.of(person);
  }

  openTenure(post: string): Tenure | undefined {
    return this.tenuresOf(post).find(({ toOn }) => toOn === null);
  }

  absencesOf(person: string): readonly Absence[] {
    return this.#absencesOf.of(person);
  }

  bindingsOf(subject: string): readonly Binding[] {
    return this.#bindingsOfSubject.of(subject);
  }

  openBinding(subject: string): Binding | undefined {
    return this.bindingsOf(subject).find(({ toOn }) => toOn === null);
  }

  openBindingsOfPost(post: string): readonly Binding[] {
    return this.#bindingsOfPost.of(post).filter(({ toOn }) => toOn === null);
  }

  /** The subject that has this credit code. */
  subjectWithCode(code: string): string | undefined {
    return this.#codes.get(code);
  }

  putTenure(row: Tenure): void {
    this.tenures.set(row.id, row);
    this.#tenuresOfPost.put(row);
    this.#tenuresOfPerson.put(row);
  }

  putAbsence(row: Absence): void {
    this.absences.set(row.id, row);
    this.#absencesOf.put(row);
  }

  putBinding(row: Binding): void {
    this.bindings.set(row.id, row);
    this.#bindingsOfSubject.put(row);
    this.#bindingsOfPost.put(row);
  }

  putSubject(row: Subject): void {
    const before = this.subjects.get(row.id);
    if (before?.creditCode !== undefined && before.creditCode !== null) this.#codes.delete(before.creditCode);
    if (row.creditCode !== null) this.#codes.set(row.creditCode, row.id);
    this.subjects.set(row.id, row);
  }

  /** An id not yet used in `rows`: the natural one, or with a number behind it when the same thing began twice a day. */
  freshId(rows: ReadonlyMap<string, unknown>, natural: string): string {
    for (let n = 1; ; n++) {
      const id = n === 1 ? natural : `${natural}/${String(n)}`;
      if (!rows.has(id)) return id;
    }
  }
}
