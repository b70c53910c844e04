/** Names of the ids that stand in the list's address: kinds and stages by the kinds' words, the rest by the register. */
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';

interface KindWords {
  readonly kind: string;
  readonly title: string;
  readonly stages: Readonly<Record<string, string>>;
}

/** Kinds as they describe themselves. */
export const useKinds = () =>
  useQuery({ queryKey: ['kinds'], queryFn: () => ask(api.GET('/api/kinds')), staleTime: Infinity }).data?.kinds as
    readonly KindWords[] | undefined;

export function useNames(search: URLSearchParams): (filter: string, id: string) => string {
  const kinds = useKinds();
  const unit = search.get('unit') ?? search.get('unitAlone');
  const holder = search.get('holder');
  const subject = search.get('subject');
  const { data } = useQuery({
    queryKey: ['names', unit, holder, subject],
    queryFn: async () => ({
      unit: unit === null ? undefined : await unitName(unit),
      holder: holder === null ? undefined : (await api.GET('/api/register/posts/{id}', at(holder))).data?.title,
      subject: subject === null ? undefined : (await api.GET('/api/register/subjects/{id}', at(subject))).data?.name,
    }),
    enabled: unit !== null || holder !== null || subject !== null,
    staleTime: Infinity,
  });
  return (filter, id) => {
    if (filter === 'kind') return kinds?.find(({ kind }) => kind === id)?.title ?? id;
    if (filter === 'stage') return kinds?.find(({ kind }) => kind === search.get('kind'))?.stages[id] ?? id;
    const named = data?.[filter === 'unitAlone' ? 'unit' : (filter as 'unit' | 'holder' | 'subject')];
    return named ?? id;
  };
}

const at = (id: string) => ({ params: { path: { id } } });

/** A row out of reach has no name here; the id stands for it. */
async function unitName(id: string): Promise<string | undefined> {
  const { data } = await api.GET('/api/register/units');
  return data?.rows.find((unit) => unit.id === id)?.name;
}
