/** What lists of the register show, and what narrows them. Knows no query. */

export interface Page {
  /** The last id of the page before. */
  readonly after?: string;
  /** 1 … 500. */
  readonly limit: number;
}

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface SubjectFilter extends Page {
  /** A unit and everything under it. */
  readonly unit?: string;
  readonly class?: string;
  readonly risk?: string;
  readonly status?: string;
  readonly bound?: boolean;
  /** Guaranteed by this post. */
  readonly post?: string;
  /** Part of the name, or the whole id or credit code. */
  readonly text?: string;
}

export interface ListedSubject {
  readonly id: string;
  readonly name: string;
  readonly creditCode: string | null;
  readonly class: string;
  readonly risk: string;
  readonly status: string;
  readonly trade: string;
  readonly unit: Named;
  readonly address: string;
  readonly openedOn: string;
  readonly closedOn: string | null;
  readonly binding: {
    readonly post: string;
    readonly title: string;
    readonly fromOn: string;
    readonly holder: Named | null;
  } | null;
}

export interface PostFilter extends Page {
  readonly unit?: string;
  readonly role?: string;
  readonly class?: string;
  readonly vacant?: boolean;
  readonly text?: string;
}

export interface ListedPost {
  readonly id: string;
  readonly title: string;
  readonly role: string;
  readonly class: string | null;
  readonly unit: Named;
  readonly superior: string | null;
  readonly fromOn: string;
  readonly toOn: string | null;
  readonly holder: (Named & { readonly since: string }) | null;
  /** The holder is away on the day; who stands in, if anybody. */
  readonly absence: { readonly deputy: Named | null; readonly until: string; readonly cause: string } | null;
  /** Open bindings. */
  readonly subjects: number;
}

export interface PersonFilter extends Page {
  readonly unit?: string;
  readonly text?: string;
}

export interface ListedPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly generated: boolean;
  readonly posts: readonly {
    readonly post: string;
    readonly title: string;
    readonly unit: string;
    readonly since: string;
  }[];
}

export interface DutyFilter extends Page {
  readonly kind?: 'binding-duty' | 'pledge-duty';
  readonly unit?: string;
  readonly holder?: string;
  readonly open?: boolean;
}

export interface ListedDuty {
  readonly caseId: string;
  readonly kind: string;
  readonly stage: string;
  readonly holder: string | null;
  readonly unit: string | null;
  readonly subject: Named | null;
  readonly dueOn: string | null;
  readonly breached: boolean;
  readonly openedAt: number;
  readonly closedAs: string | null;
}

export interface RegisterRepository {
  /** Every unit, in the order of the tree. */
  listUnits(): Promise<
    readonly {
      readonly id: string;
      readonly name: string;
      readonly kind: string;
      readonly parent: string | null;
      readonly path: string;
    }[]
  >;
  listSubjects(filter: SubjectFilter): Promise<readonly ListedSubject[]>;
  /** `on`: the office's day, for tenures and absences. */
  listPosts(filter: PostFilter, on: string): Promise<readonly ListedPost[]>;
  listPersons(filter: PersonFilter, on: string): Promise<readonly ListedPerson[]>;
  listDuties(filter: DutyFilter): Promise<readonly ListedDuty[]>;
  findSubject(id: string): Promise<ListedSubject | null>;
  findPost(id: string, on: string): Promise<ListedPost | null>;
  findPerson(id: string, on: string): Promise<ListedPerson | null>;
}
