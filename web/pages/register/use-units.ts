/** The district's units as choices, town by town. They change seldom. */
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schemas } from '../../api/client.ts';

export const useUnits = () =>
  useQuery({
    queryKey: ['register', 'units'],
    queryFn: () => ask(api.GET('/api/register/units')),
    staleTime: 300_000,
  });

/** In the order of their paths; a unit stands a step further in than the one above it. */
export function useUnitChoices(): readonly { readonly value: string; readonly label: string }[] {
  const { data } = useUnits();
  return (data?.rows ?? []).map(({ id, name, path }) => ({ value: id, label: `${'　'.repeat(depthOf(path))}${name}` }));
}

export const depthOf = (path: Schemas['Unit']['path']): number => path.split('/').length - 2;
