/**
 * An act is sent once however often it is pressed. When its answer was lost on the way, it is asked about by its number
 * before anything is sent again: what arrived is done, what did not is sent under the same number.
 */
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, ApiFailure, ask, newKey, type Schemas } from '../api/client.ts';

type Done = Schemas['Done'];

/** No answer was given: it may have arrived or not. */
const isLost = (error: unknown): boolean =>
  error instanceof ApiFailure && (error.status === 0 || error.status >= 500 || error.code === 'key-reused');

/** What became of the act; null: it did not arrive. Throws the refusal it was answered with. */
async function becameOf(key: string): Promise<Done | null> {
  const { done, refused } = await ask(api.GET('/api/answers/{key}', { params: { path: { key } } }));
  if (refused === null) return done;
  const { code, why, article } = refused;
  throw new ApiFailure(409, { code, detail: why, ...(article === null ? {} : { article }) });
}

export type Fate = 'sent' | 'unknown' | 'not-arrived';

interface ActOptions<Said> {
  readonly send: (said: Said, key: string) => Promise<Done>;
  readonly done: (answer: Done) => void;
  readonly refused: (failure: ApiFailure) => void;
}

export function useAct<Said>({ send, done, refused }: ActOptions<Said>) {
  const key = useRef(newKey());
  const [fate, setFate] = useState<Fate>('sent');

  const failed = (error: Error): void => {
    if (isLost(error)) {
      setFate('unknown');
      return;
    }
    // An answer was given: the next attempt is another act.
    key.current = newKey();
    setFate('sent');
    if (error instanceof ApiFailure) refused(error);
  };

  const inquiry = useMutation({
    mutationFn: () => becameOf(key.current),
    onSuccess: (answer) => (answer === null ? setFate('not-arrived') : done(answer)),
    onError: failed,
  });
  const act = useMutation({
    mutationFn: async (said: Said) =>
      (fate === 'unknown' ? await becameOf(key.current) : null) ?? (await send(said, key.current)),
    onSuccess: done,
    onError: (error) => {
      failed(error);
      if (isLost(error) && navigator.onLine) inquiry.mutate();
    },
  });

  const { mutate: inquire } = inquiry;
  useEffect(() => {
    if (fate !== 'unknown') return;
    const back = () => inquire();
    window.addEventListener('online', back);
    return () => window.removeEventListener('online', back);
  }, [fate, inquire]);

  const error = inquiry.error ?? act.error;
  return {
    act: act.mutate,
    inquire: () => inquire(),
    isPending: act.isPending || inquiry.isPending,
    fate,
    /** What the API said no with; null while nobody knows. */
    failure: error instanceof ApiFailure && fate === 'sent' ? error : null,
    /** Why the answer was lost. */
    lost: act.error instanceof ApiFailure && fate !== 'sent' ? act.error : null,
    /** Something else is said: it is another act, unless nobody knows whether the last one arrived. */
    changed: () => {
      if (fate !== 'sent') return;
      act.reset();
      inquiry.reset();
    },
  };
}
