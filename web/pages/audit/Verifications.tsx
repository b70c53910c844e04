/** Verification of everything: three claims apart, what is not decidable here counted, never passed over. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask, newKey, numbered, type Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Facts } from '../../parts/Facts.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { instantWords } from '../../words/dates.ts';
import { casePath } from '../../words/links.ts';

type Verification = Schemas['Verification'];

const STATES: Readonly<Record<Verification['state'], string>> = {
  running: '正在核验',
  finished: '已完成',
  interrupted: '中断，不算通过',
  failed: '没有完成，不算通过',
};

const ABOUT: Readonly<Record<string, string>> = { intact: '不完整', folds: '重算不一致', 're-decided': '重判不一致' };

export function Verifications() {
  const queries = useQueryClient();
  const [key, setKey] = useState(newKey);
  const list = useQuery({
    queryKey: ['verifications'],
    queryFn: () => ask(api.GET('/api/verifications')),
    refetchInterval: ({ state }) => (state.data?.rows.some((row) => row.state === 'running') === true ? 2_000 : false),
  });
  const start = useMutation({
    mutationFn: () => ask(api.POST('/api/verifications', { params: numbered(key) })),
    onSuccess: async () => {
      setKey(newKey());
      await queries.invalidateQueries({ queryKey: ['verifications'] });
    },
  });
  return (
    <>
      <Card
        title="核验全部流水"
        note="完整：哈希与次序；可重算：每条之后的状态；可重判：同版本规则下决定一致"
        acts={
          <Button type="primary" loading={start.isPending} onClick={() => start.mutate()}>
            现在核验
          </Button>
        }
      >
        {start.isError && <Failure error={start.error} />}
        <p className="quiet">
          在后台进行，可以离开此页。另一修订写下的决定在这里不能重判，单独计数，不算通过也不算不符。
        </p>
      </Card>
      {list.isPending && <Loading />}
      {list.isError && <Failure error={list.error} retry={() => void list.refetch()} />}
      {list.data?.rows.length === 0 && (
        <Card>
          <Empty>还没有做过全部核验。</Empty>
        </Card>
      )}
      {list.data?.rows.map((row) => (
        <One key={row.id} row={row} />
      ))}
    </>
  );
}

function One({ row }: { readonly row: Verification }) {
  const { id, state, startedAt, personName, person, chainsDone, chainsTotal, result } = row;
  const wrong = result === null ? 0 : result.differenceCount + result.wrongCheckpoints + result.wrongRegisterRows;
  return (
    <Card
      title={
        <span className={state === 'interrupted' || state === 'failed' || wrong > 0 ? 'red' : ''}>
          {state === 'finished' ? (wrong === 0 ? '没有不符' : `${wrong} 处不符`) : STATES[state]}
        </span>
      }
      note={`第 ${id} 次，${instantWords(startedAt)}，${personName ?? person}`}
    >
      {state === 'running' && (
        <p role="status">
          {chainsDone} / {chainsTotal} 条链
        </p>
      )}
      {result !== null && (
        <>
          <Facts
            rows={[
              ['链', result.chains],
              ['流水', result.entries],
              ['重判一致', result.redecided],
              ['此处不能重判', result.notRedecidable],
              ['核对点', `${result.checkpoints} 个，不符 ${result.wrongCheckpoints} 个`],
              ['名册与流水不符', result.wrongRegisterRows],
            ]}
          />
          {result.differences.length > 0 && (
            <ul>
              {result.differences.map(({ chain, seq, about, code }) => (
                <li key={`${chain} ${seq} ${about} ${code}`}>
                  <Link to={`${casePath(chain)}?seq=${seq}`}>
                    {chain} #{seq}
                  </Link>{' '}
                  <span className="red">{ABOUT[about] ?? about}</span> <span className="faint">{code}</span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Card>
  );
}
