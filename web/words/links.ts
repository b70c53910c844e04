/** Where things are shown: addresses of the console's own pages. */

/** `/cases/round/2026-Q4/P-0042`: the number of a case reads the same in the address. */
export const casePath = (caseId: string): string => `/cases/${caseId.split('/').map(encodeURIComponent).join('/')}`;

/** The list of cases narrowed to something. */
export const casesPath = (filter: Readonly<Record<string, string>>): string =>
  `/cases?${new URLSearchParams(filter).toString()}`;

/** The page on which a case is worked at, when it is not its own. */
export function workPath(
  page: 'rounds' | 'register' | 'supervision' | null,
  { id, key, subject }: { readonly id: string; readonly key: string; readonly subject: { readonly id: string } | null },
): string {
  switch (page) {
    case 'rounds':
      return `/rounds/${encodeURIComponent(key)}`;
    case 'supervision':
      return '/supervision';
    case 'register':
      return subject === null ? '/register/posts' : `/register/subjects/${encodeURIComponent(subject.id)}`;
    case null:
      return casePath(id);
  }
}

/** A file of a case, as the API gives it. */
export const evidencePath = (digest: string): string => `/api/evidence/${digest}`;
