/** Whether the record holds, three things apart: intact, foldable, decided the same again. Asked when somebody wants to know. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { api, ask } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { instantWords } from '../../words/dates.ts';
import styles from './Case.module.css';

const ABOUT = { intact: '完整', folds: '可重算', 're-decided': '可重判' } as const;
const SAYS = {
  intact: '每条流水的摘要值与前一条相连，文字与其摘要一致',
  folds: '由流水重新计算的状态与登记的一致',
  're-decided': '按当时的规则、历法重新作出的决定与当时一致',
} as const;

const CODES: Readonly<Record<string, string>> = {
  hash: '内容与摘要值不符',
  previous: '与前一条不相连',
  gap: '缺少一条',
  head: '登记的最后一条不符',
  'no-row': '没有登记',
  'state-hash': '状态与当时记下的不符',
  'row-differs': '登记的状态与流水不符',
  'other-decision': '现在会作出别的决定',
  'content-missing': '所依据的版本已不在库中',
};

export function Verified({ caseId, close }: { readonly caseId: string; readonly close: () => void }) {
  const check = useQuery({
    queryKey: ['case', caseId, 'verify'],
    queryFn: () => ask(api.GET('/api/cases/{id}/verify', { params: { path: { id: caseId } } })),
    staleTime: 0,
    gcTime: 0,
  });
  const { data, error, dataUpdatedAt } = check;
  return (
    <Card
      title="核验记录"
      note={data === undefined ? undefined : `${data.entries} 条，${instantWords(dataUpdatedAt)} 核验`}
      acts={
        <>
          <Button size="small" loading={check.isFetching} onClick={() => void check.refetch()}>
            再核验一次
          </Button>
          <Button size="small" type="text" onClick={close}>
            收起
          </Button>
        </>
      }
    >
      <div aria-live="polite">
        {error !== null && <Failure error={error} retry={() => void check.refetch()} />}
        {data === undefined && error === null && <Loading rows={3} />}
        {data !== undefined && (
          <dl className={styles['verified']}>
            {(Object.keys(ABOUT) as (keyof typeof ABOUT)[]).map((about) => {
              const wrong = data.differences.filter((difference) => difference.about === about);
              return (
                <div key={about}>
                  <dt>{ABOUT[about]}</dt>
                  <dd className={wrong.length === 0 ? undefined : 'red'}>
                    {wrong.length === 0 ? '是' : `否：${wrong.length} 处不符`}
                    <span className="small faint"> {SAYS[about]}</span>
                    {wrong.slice(0, 20).map(({ seq, code }) => (
                      <span key={`${String(seq)} ${code}`} className={styles['line']}>
                        第 {seq} 条：{CODES[code] ?? code}
                      </span>
                    ))}
                  </dd>
                </div>
              );
            })}
            {data.notRedecidable > 0 && (
              <p className="small faint">其中 {data.notRedecidable} 条由别的程序版本作出，这里不能重判。</p>
            )}
          </dl>
        )}
      </div>
    </Card>
  );
}
