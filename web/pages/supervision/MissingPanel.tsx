/** What a rate lacks, id by id, each leading to the case that is to mend it. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { Empty } from '../../parts/Empty.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { SidePanel } from '../../parts/SidePanel.tsx';
import styles from './Board.module.css';

type RateName = 'binding' | 'pledge' | 'completion' | 'coverage';

const TITLES: Readonly<Record<RateName, readonly [title: string, how: string]>> = {
  binding: ['未建立包保关系', '在营主体中，恰有一个包保岗位的计为已建立；没有的和有两个的都算缺。'],
  pledge: ['未签承诺书', '在任包保干部中，签订并上传了现行版承诺书的计为已签；空缺岗位不计。'],
  completion: ['应走访未按期走访', '末日已到的走访中，按期完成的计为完成；补办不计入，缺口长期保留。'],
  coverage: ['本期尚未走访', '本期应走访的每一户，不论按期还是补办，走访了即计入。'],
};

interface MissingPanelProps {
  readonly rate: string;
  readonly cycle: string;
  readonly wide: boolean;
  readonly close: () => void;
}

export function MissingPanel({ rate, cycle, wide, close }: MissingPanelProps) {
  const name = rate as RateName;
  const [title, how] = TITLES[name] ?? [rate, ''];
  const refs = useInfiniteQuery({
    queryKey: ['missing', rate, cycle],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/board/missing/{rate}', {
          params: { path: { rate: name }, query: { cycle, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const rows = refs.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <SidePanel wide={wide} title={title} close={close}>
      {refs.isPending && <Loading rows={4} />}
      {refs.isError && <Failure error={refs.error} retry={() => void refs.refetch()} />}
      {refs.isSuccess && rows.length === 0 && <Empty>没有缺口。</Empty>}
      <ul className={styles['refs']}>
        {rows.map(({ ref, name: shown, unitName, person, caseId }) => (
          <li key={ref}>
            <span aria-hidden="true">·</span>
            <div>
              {caseId === null ? <b>{shown ?? ref}</b> : <Link to={`/cases/${caseId}`}>{shown ?? ref}</Link>}
              <p>{[unitName, person].filter(Boolean).join(' · ')}</p>
            </div>
            <span className="small faint">{caseId === null ? '' : '办理'}</span>
          </li>
        ))}
      </ul>
      {refs.hasNextPage && (
        <Button type="link" loading={refs.isFetchingNextPage} onClick={() => void refs.fetchNextPage()}>
          再显示一些
        </Button>
      )}
      <h3>怎么算</h3>
      <p className="small quiet">{how}</p>
    </SidePanel>
  );
}
