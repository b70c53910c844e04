/** The board: which period, its rates with their gaps, duties by week, and what lies behind a cell or a gap. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { useMay } from '../../app/session.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Page } from '../../parts/Page.tsx';
import { useWide } from '../../parts/use-wide.ts';
import { instantWords } from '../../words/dates.ts';
import { CellPanel } from './CellPanel.tsx';
import { CycleActs } from './CycleActs.tsx';
import { CyclePicker } from './CyclePicker.tsx';
import { HeatMap } from './HeatMap.tsx';
import { MissingPanel } from './MissingPanel.tsx';
import { Proposal } from './Proposal.tsx';
import { Rates } from './Rates.tsx';
import styles from './Board.module.css';

export function BoardPage() {
  const [params, setParams] = useSearchParams();
  const mayStart = useMay('cycle.start');
  const mayExport = useMay('export.make');
  const wide = useWide(1380);
  const cycles = useQuery({
    queryKey: ['cycles'],
    queryFn: () => ask(api.GET('/api/cycles', { params: { query: { order: 'opened', limit: 20 } } })),
  });
  const asked = params.get('cycle');
  const shown = cycles.data?.rows.find(({ key }) => key === asked) ?? cycles.data?.rows[0];
  const board = useQuery({
    queryKey: ['board', shown?.key],
    queryFn: () => ask(api.GET('/api/board', { params: { query: { cycle: shown?.key ?? '' } } })),
    enabled: shown !== undefined,
  });

  const set = (changes: Record<string, string | null>) =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) next.delete(name);
        else next.set(name, value);
      }
      return next;
    });

  if (cycles.isPending) return <Loading />;
  if (cycles.isError) return <Failure error={cycles.error} retry={() => void cycles.refetch()} />;
  const start = mayStart && (
    <Link to="/supervision/start">
      <Button className={styles['start'] ?? ''}>启动督导</Button>
    </Link>
  );
  if (shown === undefined) {
    return (
      <Page title="督导" acts={start}>
        <Empty>
          还没有启动过督导周期。{mayStart ? '点「启动督导」，先看范围和问题，再确认。' : '启动由区食药安办办理。'}
        </Empty>
      </Page>
    );
  }
  const rate = params.get('rate');
  const cell = params.get('cell');
  const panel =
    rate !== null ? (
      <MissingPanel rate={rate} cycle={shown.key} wide={wide} close={() => set({ rate: null })} />
    ) : cell !== null ? (
      <CellPanel cell={cell} cycle={shown.key} wide={wide} close={() => set({ cell: null })} />
    ) : null;

  return (
    <Page
      title={board.data?.period?.title ?? shown.key}
      beside={
        <CyclePicker cycles={cycles.data?.rows ?? []} shown={shown.key} choose={(key) => setParams({ cycle: key })} />
      }
      acts={
        <>
          <CycleActs cycle={shown} />
          {mayExport && (
            <Button href={`/api/cycles/${encodeURIComponent(shown.key)}/report.xlsx`} download>
              导出
            </Button>
          )}
          {start}
        </>
      }
    >
      {mayStart && <Proposal />}
      {board.isPending && <Loading rows={4} />}
      {board.isError && (
        <Failure error={board.error} retry={() => void board.refetch()} still="下面的热力图不受影响。" />
      )}
      {board.data !== undefined && board.data.frozenAt !== null && (
        <p className="small quiet">三率冻结于 {instantWords(board.data.frozenAt)}，以后办的事不再改变它。</p>
      )}
      {board.data !== undefined && (
        <Rates
          board={board.data}
          chosen={rate}
          choose={(name) => set({ rate: name === rate ? null : name, cell: null })}
        />
      )}
      <div className={panel !== null && wide ? styles['split'] : undefined}>
        <HeatMap cycle={shown.key} chosen={cell} choose={(next) => set({ cell: next, rate: null })} />
        {panel}
      </div>
    </Page>
  );
}
