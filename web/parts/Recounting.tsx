/** How many cases are still to be counted again after something was put in force; silent when none is. */
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.ts';
import { Note } from './Note.tsx';

const SOON_MS = 3_000;
const SELDOM_MS = 60_000;

export function Recounting() {
  const { data } = useQuery({
    queryKey: ['recounts'],
    queryFn: () => ask(api.GET('/api/recounts')),
    refetchInterval: ({ state }) => ((state.data?.left ?? 0) > 0 ? SOON_MS : SELDOM_MS),
  });
  if (data === undefined || data.left === 0) return null;
  return <Note title="正在逐案重新计算">还有 {data.left} 件；日期有变的，算完即通知责任人。</Note>;
}
