/** What the rounds pages read: from the office, or as kept on this phone. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { api, ask, type Schemas } from '../../api/client.ts';
import { useSession } from '../../app/session.tsx';
import { placeOf } from '../../offline/delivery.ts';
import { draftsOf, onKept, parcelsOf } from '../../offline/kept.ts';
import { readThrough } from '../../offline/read-through.ts';
import { onSending, sendingNow } from '../../offline/sending.ts';

export type Sheet = Schemas['RoundSheet'];
export type SheetSubject = Schemas['SheetSubject'];

/** Asked whatever the connection: without one the kept answer is given. */
const ANYWAY = { networkMode: 'always' } as const;

/** Read from the phone each time a page needs it: nobody listens while none is open. */
const AFRESH = { ...ANYWAY, staleTime: 0 } as const;

export const roundPath = (key: string): string => `/rounds/${encodeURIComponent(key)}`;
export const visitPath = (key: string, subject: string): string =>
  `${roundPath(key)}/visit/${encodeURIComponent(subject)}`;

export function useMyRounds() {
  const { person, post } = useSession();
  return useQuery({
    ...ANYWAY,
    queryKey: ['rounds', 'mine'],
    queryFn: () =>
      readThrough(person.id, `mine ${post?.id ?? ''}`, async () => (await ask(api.GET('/api/rounds/mine'))).rows),
  });
}

export function useSheet(key: string) {
  const { person } = useSession();
  return useQuery({
    ...ANYWAY,
    queryKey: ['rounds', 'sheet', key],
    queryFn: () =>
      readThrough(person.id, `sheet ${key}`, () =>
        ask(api.GET('/api/rounds/{id}/sheet', { params: { path: { id: key } } })),
      ),
  });
}

/** The queue and the drafts of this person on this phone; an answer of the office makes what was read old. */
export function useKept() {
  const { person } = useSession();
  const queries = useQueryClient();
  useEffect(() => onKept(() => void queries.invalidateQueries({ queryKey: ['kept'] })), [queries]);
  const parcels = useQuery({
    ...AFRESH,
    queryKey: ['kept', 'parcels', person.id],
    queryFn: () => parcelsOf(person.id),
  });
  const drafts = useQuery({ ...AFRESH, queryKey: ['kept', 'drafts', person.id], queryFn: () => draftsOf(person.id) });
  const settled = (parcels.data ?? [])
    .map((parcel) => `${parcel.key} ${parcel.receipt === null ? '' : 'told'} ${placeOf(parcel)}`)
    .join();
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ['rounds'] });
  }, [settled, queries]);
  return { parcels: parcels.data ?? [], drafts: drafts.data ?? [] };
}

export const useSending = () => useSyncExternalStore(onSending, sendingNow);
