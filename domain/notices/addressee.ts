/** Who reads a notice to a post today: the holder, a deputy, or whoever stands above. Knows no notice and no database. */

export interface DirectoryPost {
  readonly id: string;
  readonly title: string;
  readonly superior: string | null;
  /** The person in the post today; `null` for a vacancy. */
  readonly holder: string | null;
}

export interface DirectoryPerson {
  readonly id: string;
  readonly name: string;
  readonly address: string | null;
}

/** The part of the register that addressing needs, as of one day. */
export interface Directory {
  readonly posts: ReadonlyMap<string, DirectoryPost>;
  readonly persons: ReadonlyMap<string, DirectoryPerson>;
  /** By person, for those absent today: the deputy, or `null` where none was named. */
  readonly absent: ReadonlyMap<string, string | null>;
}

/** In which capacity a person gets a notice: for the own post, for an absent colleague, or because a post below is vacant. */
export type Capacity = 'holder' | 'deputy' | 'superior';

export interface Reader {
  readonly person: DirectoryPerson;
  readonly capacity: Capacity;
  /** The post whose holder or deputy reads: the addressed one, or one above it. */
  readonly through: string;
}

/**
 * The reader of a notice to `post`: its holder; while the holder is absent the deputy, or the deputy's deputy; for a post
 * that is vacant or whose people are all absent, the same at its superior, and so on up. `null`: there is nobody.
 */
export function readerOf(post: string, directory: Directory): Reader | null {
  const seen = new Set<string>();
  for (let at: string | null = post; at !== null && !seen.has(at);) {
    seen.add(at);
    const found: DirectoryPost | undefined = directory.posts.get(at);
    if (found === undefined) return null;
    const present = presentFor(found.holder, directory);
    if (present !== null) {
      const capacity = at !== post ? 'superior' : present.id === found.holder ? 'holder' : 'deputy';
      return { person: present, capacity, through: at };
    }
    at = found.superior;
  }
  return null;
}

/** The person, or whoever deputises, deputies of deputies included. */
function presentFor(person: string | null, { persons, absent }: Directory): DirectoryPerson | null {
  const seen = new Set<string>();
  for (let at = person; at !== null && !seen.has(at);) {
    seen.add(at);
    const deputy = absent.get(at);
    if (deputy === undefined) return persons.get(at) ?? null;
    at = deputy;
  }
  return null;
}
