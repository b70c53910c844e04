/** What the case page asks for: the case now, the case as it was, its instants; and where in time the page stands. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';

export type CaseNow = Schemas['Case'];
export type CaseMoment = Schemas['CaseMoment'];
export type CaseClock = Schemas['CaseClock'];
export type Instants = Schemas['CaseInstants'];

const caseKey = (id: string) => ['case', id] as const;
const path = (id: string) => ({ path: { id } });

export const useCaseNow = (id: string) =>
  useQuery({
    queryKey: [...caseKey(id), 'now'],
    queryFn: () => ask(api.GET('/api/cases/{id}', { params: path(id) })),
    refetchInterval: 60_000,
  });

export const useInstants = (id: string) =>
  useQuery({
    queryKey: [...caseKey(id), 'instants'],
    queryFn: () => ask(api.GET('/api/cases/{id}/instants', { params: path(id) })),
  });

/** Where in time the page stands; null: now. */
export type Point = { readonly at: number } | { readonly seq: number } | null;

export const useMoment = (id: string, point: Point) =>
  useQuery({
    queryKey: [...caseKey(id), 'moment', point],
    queryFn: () =>
      ask(
        api.GET('/api/cases/{id}/moment', {
          params: {
            ...path(id),
            query: point === null ? {} : 'seq' in point ? { seq: point.seq } : { at: new Date(point.at).toISOString() },
          },
        }),
      ),
    enabled: point !== null,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

/** Everything of the case is asked again: something was done. */
export function useRefreshCase(id: string): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: caseKey(id) });
    await queries.invalidateQueries({ queryKey: ['cases'] });
    await queries.invalidateQueries({ queryKey: ['todo'] });
  };
}

/** The point in the address, `?at=` or `?seq=`, and how to move it. Other parts of the address stay. */
export function usePoint(): readonly [Point, (point: Point) => void] {
  const [search, setSearch] = useSearchParams();
  const at = Date.parse(search.get('at') ?? '');
  const seq = Number(search.get('seq') ?? Number.NaN);
  const point: Point = Number.isInteger(seq) && seq > 0 ? { seq } : Number.isNaN(at) ? null : { at };
  const move = (to: Point) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete('at');
        after.delete('seq');
        if (to !== null && 'seq' in to) after.set('seq', String(to.seq));
        else if (to !== null) after.set('at', new Date(to.at).toISOString());
        return after;
      },
      { replace: true },
    );
  return [point, move];
}

const ORDER = { running: 0, stopped: 1, ended: 2 } as const;

/** Running by due instant (what ran out comes first), then stopped, then ended, the latest first. */
export const byUrgency = (a: CaseClock, b: CaseClock): number =>
  ORDER[a.status] - ORDER[b.status] || (a.dueAt ?? 0) - (b.dueAt ?? 0) || (b.endedAt ?? 0) - (a.endedAt ?? 0);
