/** The list on paper: all rows of the filter, up to 2,000, whatever the screen shows of them. Gone again after printing. */
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, ask } from '../../api/client.ts';
import { useSession } from '../../app/session.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { dueWords, instantWords, standingWords } from '../../words/dates.ts';
import { fullWidth } from '../../words/punctuation.ts';
import styles from './Todo.module.css';
import { matterOf, type Row, type TodoFilter } from './filter.ts';

const A_PAGE = 200;
const MOST = 2_000;

async function allRows({ group, day, kind }: TodoFilter): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = ''; cursor !== null && rows.length < MOST;) {
    const page: { rows: Row[]; next: string | null } = await ask(
      api.GET('/api/todo/rows', {
        params: {
          query: {
            limit: A_PAGE,
            ...(group === null ? {} : { group }),
            ...(day === null ? {} : { day }),
            ...(kind === null ? {} : { kind }),
            ...(cursor === '' ? {} : { cursor }),
          },
        },
      }),
    );
    rows.push(...page.rows);
    cursor = page.next;
  }
  return rows;
}

interface PrintListProps {
  readonly filter: TodoFilter;
  /** The filter in words. */
  readonly words: string;
  readonly now: number;
  readonly total: number;
  readonly printed: () => void;
}

export function PrintList({ filter, words, now, total, printed }: PrintListProps) {
  const { person, post } = useSession();
  const rows = useQuery({
    queryKey: ['todo', 'print', filter.group, filter.day, filter.kind],
    queryFn: () => allRows(filter),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const ready = rows.isSuccess && !rows.isFetching;
  useEffect(() => {
    if (!ready) return;
    window.addEventListener('afterprint', printed, { once: true });
    window.print();
    return () => window.removeEventListener('afterprint', printed);
  }, [ready, printed]);
  const { data = [] } = rows;
  if (rows.isError) return <Failure error={rows.error} retry={() => void rows.refetch()} still="清单没有打印。" />;
  return (
    <section className={styles['paper']} aria-hidden>
      <h1>待办清单</h1>
      <p>
        {post === null ? '' : `${post.unit.name} ${post.title}，`}
        {words}，共 {data.length} 件
        {data.length >= MOST && data.length < total && `（只印前 ${MOST} 件；全部请在「案件」页导出 xlsx）`}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">要办的事</th>
            <th scope="col">事项与编号</th>
            <th scope="col">到期</th>
            <th scope="col">期限</th>
          </tr>
        </thead>
        <tbody>
          {data.map((row) => (
            <tr key={row.case.id}>
              <td>{row.act}</td>
              <td>
                {matterOf(row)}
                <br />
                {row.matter !== null && `${fullWidth(row.matter)}，`}
                {row.case.id}
              </td>
              <td>{row.standing === null ? '没有期限' : dueWords(row.standing)}</td>
              <td>{row.standing === null ? '' : standingWords(row.standing)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        打印于 {instantWords(now)}，{person.name}
      </p>
    </section>
  );
}
