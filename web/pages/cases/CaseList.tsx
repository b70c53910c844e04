/** The list of cases: narrowed by chips, kept in the address, saved under names, shown further without page numbers. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { useMay } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Page } from '../../parts/Page.tsx';
import { usePrintAll } from '../../parts/use-print-all.ts';
import { CaseRows } from './CaseRows.tsx';
import { FilterPanel } from './FilterPanel.tsx';
import styles from './List.module.css';
import { chipsOf, filterWords, queryOf, RUNG_WORDS, withFilter, type Rung } from './list-filter.ts';
import { SavedViews } from './SavedViews.tsx';
import { useNames } from './use-names.ts';
import { useRowKeys } from './use-row-keys.ts';

const PAGE = 50;
/** Paper takes larger pages. */
const LARGEST_PAGE = 200;

export function CaseList() {
  const [search, setSearch] = useSearchParams();
  const [filtering, setFiltering] = useState(false);
  const table = useRef<HTMLDivElement>(null);
  const paged = useRef(PAGE);
  const mayExport = useMay('export.make');
  const query = queryOf(search);
  const list = useInfiniteQuery({
    queryKey: ['cases', query],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/cases', {
          params: { query: { ...query, limit: paged.current, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
  const counts = useQuery({ queryKey: ['cases', 'counts'], queryFn: () => ask(api.GET('/api/cases/counts')) });
  const nameOf = useNames(search);
  const rows = list.data?.pages.flatMap((page) => page.rows);
  const { printing, print } = usePrintAll(list, rows?.length ?? 0);
  paged.current = printing ? LARGEST_PAGE : PAGE;
  useRowKeys(table);

  const set = (name: string, value: string | null) => setSearch((before) => withFilter(before, name, value));
  const kinds = counts.data?.kinds ?? [];
  const kind = search.get('kind');
  const ofKind = kinds.filter((count) => kind === null || count.kind === kind);
  const closed = search.get('closed') ?? 'false';
  const words = filterWords(search, nameOf);

  return (
    <Page
      title="案件"
      beside={<SavedViews search={search} apply={(saved) => setSearch(new URLSearchParams(saved))} />}
      acts={
        <>
          <Button loading={printing} onClick={print}>
            打印
          </Button>
          {mayExport && (
            <Button href={`/api/cases/export.xlsx?${new URLSearchParams(query).toString()}`}>导出表格</Button>
          )}
        </>
      }
    >
      <div className={`${styles['filters']} no-print`} role="group" aria-label="筛选">
        <KindChips kind={kind} kinds={kinds} choose={(value) => set('kind', value)} />
        <RungChips counts={ofKind} rung={search.get('rung')} choose={(value) => set('rung', value)} />
        <Segmented
          size="small"
          aria-label="是否了结"
          value={closed}
          onChange={(value) => set('closed', value === 'false' ? null : value)}
          options={[
            { value: 'false', label: '未了结' },
            { value: 'true', label: '已了结' },
            { value: 'any', label: '全部' },
          ]}
        />
        <Segmented
          size="small"
          aria-label="次序"
          value={search.get('order') ?? 'due'}
          onChange={(value) => set('order', value === 'due' ? null : value)}
          options={[
            { value: 'due', label: '期限先后' },
            { value: 'opened', label: '新开在前' },
          ]}
        />
        <QuickWords key={search.get('q') ?? ''} value={search.get('q') ?? ''} apply={(value) => set('q', value)} />
        <Button size="small" onClick={() => setFiltering(true)}>
          更多筛选
        </Button>
        {chipsOf(search, nameOf).map((chip) => (
          <button key={chip.name} type="button" className={styles['chip']} onClick={() => set(chip.name, null)}>
            {chip.words}
            <span aria-hidden="true"> ×</span>
            <span className="hidden-text">，去掉这个条件</span>
          </button>
        ))}
      </div>
      <p className={styles['printed']}>
        筛选：{words}
        {rows !== undefined && list.hasNextPage && `；只印出前 ${rows.length} 件，其余请导出表格`}
      </p>
      <Card flush>
        {list.error !== null && (
          <div className={styles['pad']}>
            <Failure error={list.error} retry={() => void list.refetch()} />
          </div>
        )}
        {rows === undefined && list.error === null && (
          <div className={styles['pad']}>
            <Loading rows={8} />
          </div>
        )}
        {rows?.length === 0 && <Empty>没有符合条件的案件（{words}）。可以去掉一个条件再看。</Empty>}
        {rows !== undefined && rows.length > 0 && (
          <div ref={table} aria-busy={list.isPlaceholderData}>
            <CaseRows rows={rows} whole={printing} />
          </div>
        )}
        {list.hasNextPage && (
          <div className={`${styles['more']} no-print`}>
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              再显示 {PAGE} 件
            </Button>
          </div>
        )}
      </Card>
      <p className="hidden-text" role="status">
        {rows === undefined ? '' : `已列出 ${rows.length} 件，${words}${list.hasNextPage ? '，后面还有' : ''}`}
      </p>
      <FilterPanel open={filtering} close={() => setFiltering(false)} search={search} apply={setSearch} />
    </Page>
  );
}

interface KindCount {
  readonly kind: string;
  readonly kindTitle: string;
  readonly open: number;
  readonly red: number;
  readonly yellow: number;
  readonly blue: number;
}

function KindChips({
  kind,
  kinds,
  choose,
}: {
  readonly kind: string | null;
  readonly kinds: readonly KindCount[];
  readonly choose: (kind: string | null) => void;
}) {
  const all = kinds.reduce((sum, { open }) => sum + open, 0);
  const chips = [{ kind: null, kindTitle: '各类', open: all }, ...kinds];
  return (
    <span className={styles['group']}>
      {chips.map((chip) => (
        <button
          key={chip.kind ?? 'all'}
          type="button"
          className={styles['choice']}
          aria-pressed={chip.kind === kind}
          onClick={() => choose(chip.kind)}
        >
          {chip.kindTitle} <span>{chip.open}</span>
        </button>
      ))}
    </span>
  );
}

function RungChips({
  counts,
  rung,
  choose,
}: {
  readonly counts: readonly KindCount[];
  readonly rung: string | null;
  readonly choose: (rung: string | null) => void;
}) {
  return (
    <span className={styles['group']}>
      {(Object.keys(RUNG_WORDS) as Rung[]).map((name) => (
        <button
          key={name}
          type="button"
          className={`${styles['choice']} ${name}`}
          aria-pressed={rung === name}
          onClick={() => choose(rung === name ? null : name)}
        >
          {RUNG_WORDS[name]} <span>{counts.reduce((sum, count) => sum + count[name], 0)}</span>
        </button>
      ))}
    </span>
  );
}

/** Applied when the person is done typing, so that the address does not follow every key. */
function QuickWords({ value, apply }: { readonly value: string; readonly apply: (value: string | null) => void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <Input.Search
      className={styles['quick'] ?? ''}
      size="small"
      aria-label="编号或主体名称"
      placeholder="编号或主体名称"
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onSearch={(text) => apply(text.trim() === '' ? null : text.trim())}
    />
  );
}
