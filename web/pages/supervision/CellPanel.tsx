/** What lies behind one cell: each subject, who has it, by how much, whether they were told; and pressing several at once. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { api, ask, newKey, numbered, type Schemas } from '../../api/client.ts';
import { useMay } from '../../app/session.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { SidePanel } from '../../parts/SidePanel.tsx';
import { RungTag } from '../../parts/RungTag.tsx';
import { dayWords, instantWords, standingWords } from '../../words/dates.ts';
import { fullWidth } from '../../words/punctuation.ts';
import styles from './Board.module.css';
import { cellParts, spanQuery } from './span.ts';

type Ref = Schemas['HeatCellRef'];
type Duty = 'bind' | 'pledge' | 'visit' | 'claim' | 'correct' | 'recheck';

const TITLES: Readonly<Record<string, string>> = {
  bind: '建立关系',
  pledge: '签承诺书',
  visit: '督导走访',
  claim: '问题签收',
  correct: '限期整改',
  recheck: '复查销号',
};

const STATES: Readonly<Record<Ref['state'], readonly [words: string, tone: string]>> = {
  overdue: ['超期未办', 'red'],
  late: ['超期后补办', ''],
  ahead: ['未到期', ''],
  'on-time': ['按期办结', 'quiet'],
};

interface CellPanelProps {
  readonly cell: string;
  readonly cycle: string;
  readonly wide: boolean;
  readonly close: () => void;
}

export function CellPanel({ cell, cycle, wide, close }: CellPanelProps) {
  const [params] = useSearchParams();
  const span = params.get('span');
  const { duty, week, key, split } = cellParts(cell);
  const refs = useInfiniteQuery({
    queryKey: ['heat-cell', cell, cycle, span],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/heat-map/cell', {
          params: {
            query: {
              ...spanQuery(span, cycle),
              duty: duty as Duty,
              week,
              split,
              ...(key === '' ? {} : { key }),
              ...(pageParam === '' ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const rows = refs.data?.pages.flatMap((page) => page.rows) ?? [];
  const first = refs.data?.pages[0];
  const order: readonly Ref['state'][] = ['overdue', 'ahead', 'late', 'on-time'];
  const sorted = [...rows].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const unit = duty === 'visit' ? '户' : '件';

  return (
    <SidePanel
      wide={wide}
      above={`${TITLES[duty] ?? duty} / ${dayWords(week)} 起一周`}
      title={first === undefined ? (TITLES[duty] ?? duty) : headline(first.cell, duty === 'visit', unit)}
      close={close}
    >
      {refs.isPending && <Loading rows={4} />}
      {refs.isError && <Failure error={refs.error} retry={() => void refs.refetch()} />}
      {refs.isSuccess && rows.length === 0 && <Empty>这一格里没有到期的责任。</Empty>}
      <ul className={styles['refs']}>
        {sorted.map((row) => (
          <RefRow key={row.ref} row={row} />
        ))}
      </ul>
      {refs.hasNextPage && (
        <Button type="link" loading={refs.isFetchingNextPage} onClick={() => void refs.fetchNextPage()}>
          再显示一些
        </Button>
      )}
      {duty === 'visit' && (
        <Press key={cell} rows={sorted.filter(({ state }) => state === 'overdue' || state === 'ahead')} />
      )}
      {first !== undefined && <How {...first} unit={unit} />}
    </SidePanel>
  );
}

type CellPage = Schemas['HeatCell'];

/** The gap first. */
function headline({ overdue, near, later, onTime, late }: CellPage['cell'], visits: boolean, unit: string): string {
  if (overdue > 0) return `${overdue} ${unit}${visits ? '未走访' : '超期未办'}`;
  if (near + later > 0) return `${near + later} ${unit}未到期`;
  return `${onTime + late} ${unit}已办`;
}

function How({ from, to, cell, unit }: Pick<CellPage, 'from' | 'to' | 'cell'> & { readonly unit: string }) {
  const { onTime, late, overdue, near, later } = cell;
  const parts = [
    ['按期', onTime],
    ['补办', late],
    ['超期未办', overdue],
    ['未到期', near + later],
  ] as const;
  return (
    <>
      <h3>这个格子怎么算</h3>
      <p className="small quiet">
        {dayWords(from)} 至 {dayWords(to)} 到期 {onTime + late + overdue + near + later} {unit}，其中
        {parts
          .filter(([, count]) => count > 0)
          .map(([words, count]) => `${words} ${count} ${unit}`)
          .join('、') || '没有'}
        。补办计入「未按期」，右上角留一个缺口，不消失；延长的按延长后的末日归周。
      </p>
    </>
  );
}

function RefRow({ row }: { readonly row: Ref }) {
  const [words, tone] = STATES[row.state];
  const { standing, rung, told } = row;
  const name = row.subject?.name ?? row.postTitle ?? row.caseId;
  return (
    <li>
      <span aria-hidden="true" className={tone}>
        {row.state === 'overdue' ? '!' : row.state === 'late' ? '◥' : '·'}
      </span>
      <div>
        <Link to={`/cases/${row.caseId}`} title={name}>
          {name}
        </Link>
        <p title={`${row.unit ?? ''} ${row.postTitle ?? ''} ${row.person ?? '岗位空缺'}`}>
          {[row.unit, row.person ?? '岗位空缺'].filter(Boolean).join(' · ')}
        </p>
      </div>
      <div className={styles['stands']}>
        <b className={tone}>{standing === null ? words : standingWords(standing) || words}</b>
        <p className="small">
          {rung !== null && row.state !== 'on-time' && (
            <>
              <RungTag rung={rung.tone} /> {fullWidth(rung.title)}，
            </>
          )}
          {told === null ? '未通知' : told.readAt === null ? '本人未读' : `本人 ${instantWords(told.readAt)} 已读`}
        </p>
      </div>
    </li>
  );
}

/** Urging or watching the rounds behind a cell: one by one, each with its own result. */
function Press({ rows }: { readonly rows: readonly Ref[] }) {
  const mayAct = useMay('case.act');
  const queries = useQueryClient();
  const cases = [...new Set(rows.map(({ caseId }) => caseId))];
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const press = useMutation({
    mutationFn: (command: { type: 'urge'; note: string } | { type: 'watch'; reason: string }) =>
      ask(
        api.POST('/api/todo/batch', {
          params: numbered(newKey()),
          body: { command, cases: (chosen ?? cases).map((caseId) => ({ caseId, key: newKey() })) },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['heat-cell'] }),
  });
  if (!mayAct || cases.length === 0) return null;
  const results = press.data?.results ?? [];
  const failed = results.filter(({ done }) => !done);
  const picked = chosen ?? cases;
  const go = (type: 'urge' | 'watch') => {
    setAsked(true);
    if (text.trim() === '' || picked.length === 0) return;
    press.mutate(type === 'urge' ? { type, note: text.trim() } : { type, reason: text.trim() });
  };
  return (
    <div className="no-print">
      <h3>催办或者督办</h3>
      <Checkbox.Group
        style={{ display: 'grid' }}
        value={[...picked]}
        onChange={(values) => setChosen(values)}
        options={cases.slice(0, 50).map((caseId) => {
          const row = rows.find((one) => one.caseId === caseId);
          return { value: caseId, label: `${row?.postTitle ?? caseId} ${row?.person ?? '岗位空缺'}` };
        })}
      />
      <Input.TextArea
        aria-label="说明"
        placeholder="说明，例如：请在周五前完成"
        rows={2}
        value={text}
        status={asked && text.trim() === '' ? 'error' : ''}
        onChange={(event) => setText(event.target.value)}
      />
      {asked && text.trim() === '' && <p className="small red">请写明说明或理由。</p>}
      <div className={styles['acts']}>
        <Button loading={press.isPending} onClick={() => go('urge')}>
          催办 {picked.length} 个轮次
        </Button>
        <Button loading={press.isPending} onClick={() => go('watch')}>
          列入督办
        </Button>
      </div>
      <p className="small quiet">催办每个轮次每日一次，上级可见。列入督办会改用督办阶梯，须写明理由。</p>
      {press.isError && <Failure error={press.error} />}
      {results.length > 0 && (
        <Alert
          type={failed.length === 0 ? 'success' : 'warning'}
          title={`已办 ${results.length - failed.length} 个，未办成 ${failed.length} 个。`}
          description={failed.map(({ caseId, why }) => (
            <p key={caseId}>
              {caseId}：{why}
            </p>
          ))}
        />
      )}
    </div>
  );
}
