/** How answers are kept and asked again. An answer that says no is final; only what did not arrive is asked again. */
import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiFailure } from '../api/client.ts';
import { noticeSessionEnded } from './session-ended.ts';

const arrived = (error: Error): boolean => error instanceof ApiFailure && error.status < 500;

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof ApiFailure && error.code === 'not-signed-in') noticeSessionEnded();
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (failures, error) => failures < 2 && !arrived(error),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});
