/** The next quarter as the register stands, to whoever may start it: what it would be, and the way to look at it. */
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { Note } from '../../parts/Note.tsx';

const number = new Intl.NumberFormat('zh-CN');

/** A proposal plans the whole district: it is not asked for again at every look. */
const FRESH_MS = 300_000;

export function Proposal() {
  const proposals = useQuery({
    queryKey: ['proposals'],
    queryFn: () => ask(api.GET('/api/proposals')),
    staleTime: FRESH_MS,
  });
  const proposed = proposals.data?.proposals.find(({ state }) => state === 'proposed');
  if (proposed?.totals === undefined) return null;
  const { rounds, visits, problems } = proposed.totals;
  const kinds = Object.values(problems).filter((count) => count > 0).length;
  return (
    <Note title={`${proposed.cycle} 待启动`}>
      按此刻的名册 {number.format(rounds)} 个轮次、{number.format(visits)} 户{kinds > 0 && `，有 ${kinds} 类问题`}
      {proposed.provisional === true && '，到期日暂定'}。
      <Link to={`/supervision/start?quarter=${proposed.cycle}`}>看预览</Link>
    </Note>
  );
}
