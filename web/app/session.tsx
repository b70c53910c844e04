/** Who is signed in, for which post, and what that post may do. Pages ask here; the API decides again at every call. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { actFor, api, ApiFailure, ask, type Schemas } from '../api/client.ts';
import { rememberedSession, rememberSession } from '../offline/remembered-session.ts';
import { onSessionEnded } from './session-ended.ts';

export type Session = Schemas['Session'];

interface SessionState {
  /** Null: nobody is signed in. */
  readonly session: Session | null;
  readonly loading: boolean;
  /** The API could not be asked. */
  readonly failure: ApiFailure | null;
  /** The session ended while pages were open. */
  readonly ended: boolean;
  /** Asks the API again: after signing in, out, or switching the post. */
  readonly refresh: () => Promise<void>;
}

const Context = createContext<SessionState | null>(null);

export const SESSION_KEY = ['session'] as const;

/** The session, or null where the API says there is none; without a connection, whoever works rounds goes on as before. */
const readSession = async (): Promise<Session | null> => {
  try {
    const session = await ask(api.GET('/api/session'));
    if (session.rights.includes('round.work')) await rememberSession(session);
    return session;
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 401) return null;
    const remembered = error instanceof ApiFailure && error.status === 0 ? await rememberedSession() : null;
    if (remembered === null) throw error;
    return remembered;
  }
};

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const { data, isPending, error } = useQuery({
    queryKey: SESSION_KEY,
    queryFn: readSession,
    networkMode: 'always',
    staleTime: 60_000,
    refetchInterval: 60_000,
  });
  const [ended, setEnded] = useState(false);

  useEffect(() => onSessionEnded(() => setEnded(true)), []);
  const session = data ?? null;
  actFor(session?.post?.id);

  const state = useMemo<SessionState>(
    () => ({
      session,
      loading: isPending,
      failure: error instanceof ApiFailure ? error : null,
      ended,
      refresh: async () => {
        setEnded(false);
        await queries.invalidateQueries();
      },
    }),
    [session, isPending, error, ended, queries],
  );
  return <Context value={state}>{children}</Context>;
}

export function useSessionState(): SessionState {
  const state = useContext(Context);
  if (state === null) throw new Error('no SessionProvider above');
  return state;
}

/** The session of a page that is shown to signed-in people only. */
export function useSession(): Session {
  const { session } = useSessionState();
  if (session === null) throw new Error('this page is for signed-in people');
  return session;
}

/** Whether the post acted for holds the right, in whatever scope. */
export const useMay = (right: string): boolean => useSession().rights.includes(right);
