/** 经过: what happened, newest first under headings of days; narrowed by clock, person or papers; read a page at a time. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Checkbox, Select } from 'antd';
import { useEffect, useState } from 'react';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { dayAndTime, dayWords } from '../../words/dates.ts';
import { evidencePath } from '../../words/links.ts';
import { fullWidth } from '../../words/punctuation.ts';
import styles from './Timeline.module.css';
import type { CaseClock } from './use-case.ts';

type Entry = Schemas['TimelineEntry'];

const PAGE = 50;
/** A printed file holds all its entries, read in larger pages. */
const LARGEST_PAGE = 200;

interface TimelineProps {
  readonly caseId: string;
  readonly clocks: readonly CaseClock[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly total: number;
  /** Entries up to this one; null: all. */
  readonly until: number | null;
  /** Everything is read first, then printed. */
  readonly printing: boolean;
  readonly printed: () => void;
}

export function Timeline({ caseId, clocks, people, total, until, printing, printed }: TimelineProps) {
  const [clock, setClock] = useState<string | null>(null);
  const [person, setPerson] = useState<string | null>(null);
  const [papers, setPapers] = useState(false);
  const filter = {
    ...(clock === null ? {} : { clock }),
    ...(person === null ? {} : { person }),
    ...(papers ? { papers: 'true' as const } : {}),
  };
  const course = useInfiniteQuery({
    queryKey: ['case', caseId, 'timeline', until, filter, printing],
    queryFn: ({ pageParam }) =>
      ask(
        api.GET('/api/cases/{id}/timeline', {
          params: {
            path: { id: caseId },
            query: {
              ...filter,
              limit: printing ? LARGEST_PAGE : PAGE,
              ...(until === null ? {} : { until }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  });
  usePrinting(printing && !course.isPlaceholderData, course, printed);
  const entries = course.data?.pages.flatMap((page) => page.rows);
  const filtered = clock !== null || person !== null || papers;

  return (
    <Card
      title="经过"
      note={until === null ? `${total} 条` : `截至该时刻 ${until} 条，共 ${total} 条`}
      acts={
        <div className={`${styles['filters']} no-print`}>
          <Select
            size="small"
            allowClear
            aria-label="按期限筛选"
            placeholder="全部期限"
            value={clock}
            onChange={(value: string | undefined) => setClock(value ?? null)}
            options={clocks.map(({ id, label }) => ({ value: id, label }))}
          />
          <Select
            size="small"
            allowClear
            aria-label="按人员筛选"
            placeholder="全部人员"
            value={person}
            onChange={(value: string | undefined) => setPerson(value ?? null)}
            options={[
              ...people.map(({ id, name }) => ({ value: id, label: name })),
              { value: 'system', label: '系统' },
            ]}
          />
          <Checkbox checked={papers} onChange={({ target }) => setPapers(target.checked)}>
            带文书
          </Checkbox>
        </div>
      }
    >
      {course.error !== null && (
        <Failure error={course.error} retry={() => void course.refetch()} still="时钟和办理不受影响。" />
      )}
      {entries === undefined && course.error === null && <Loading rows={8} />}
      {until !== null && until < total && (
        <p className={styles['later']}>此后 {total - until} 条在该时刻尚未发生，未显示</p>
      )}
      {entries?.length === 0 && <Empty>{filtered ? '没有符合条件的经过。' : '还没有经过。'}</Empty>}
      {entries !== undefined && (
        <ol className={styles['days']} aria-busy={course.isPlaceholderData}>
          {byDay(entries).map(({ on, rows }) => (
            <li key={on}>
              <h3>{dayWords(on)}</h3>
              <ol>
                {rows.map((entry) => (
                  <EntryRow key={entry.seq} entry={entry} current={entry.seq === until} whole={printing} />
                ))}
              </ol>
            </li>
          ))}
        </ol>
      )}
      {course.hasNextPage && (
        <Button className="no-print" loading={course.isFetchingNextPage} onClick={() => void course.fetchNextPage()}>
          再显示更早的 {PAGE} 条
        </Button>
      )}
    </Card>
  );
}

interface Course {
  readonly hasNextPage: boolean;
  readonly isFetching: boolean;
  readonly isSuccess: boolean;
  readonly isError: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** Reads page after page, prints once nothing is missing. */
function usePrinting(printing: boolean, course: Course, printed: () => void): void {
  const { hasNextPage, isFetching, isSuccess, isError, fetchNextPage } = course;
  useEffect(() => {
    if (!printing || isFetching) return;
    if (isError) {
      printed();
      return;
    }
    if (!isSuccess) return;
    if (hasNextPage) {
      void fetchNextPage();
      return;
    }
    window.print();
    printed();
  }, [printing, hasNextPage, isFetching, isSuccess, isError, fetchNextPage, printed]);
}

function byDay(entries: readonly Entry[]): readonly { readonly on: string; readonly rows: readonly Entry[] }[] {
  const days: { on: string; rows: Entry[] }[] = [];
  for (const entry of entries) {
    const { on } = dayAndTime(entry.at);
    const last = days.at(-1);
    if (last?.on === on) last.rows.push(entry);
    else days.push({ on, rows: [entry] });
  }
  return days;
}

/** Longer than this a sentence is folded: a visit with two hundred findings is one sentence. */
const LONG = 160;

/** What happened: bold, and folded where it is long. On paper it is whole. */
function Said({ text, whole }: { readonly text: string; readonly whole: boolean }) {
  const [open, setOpen] = useState(false);
  if (text.length <= LONG || whole || open) return <b>{text}</b>;
  return (
    <>
      <b>{text.slice(0, LONG)}…</b>{' '}
      <button type="button" className={styles['unfold']} onClick={() => setOpen(true)}>
        展开全部 {text.length} 字
      </button>
    </>
  );
}

interface EntryRowProps {
  readonly entry: Entry;
  readonly current: boolean;
  readonly whole: boolean;
}

function EntryRow({ entry, current, whole }: EntryRowProps) {
  const { seq, at, mark, what, who, effects, papers, hash } = entry;
  const [first = '重新计算期限', ...others] = what.map(fullWidth);
  return (
    <li className={`${styles['entry']} ${styles[mark]} ${current ? styles['current'] : ''}`} data-seq={seq}>
      <time dateTime={new Date(at).toISOString()} title={`第 ${seq} 条，摘要值 ${hash}`}>
        {dayAndTime(at).time}
      </time>
      <i aria-hidden="true" />
      <div>
        <Said text={first} whole={whole} />{' '}
        <span className={styles['who']}>
          {who === null ? '照单（系统）' : `${who.name}，${fullWidth(who.postTitle)}（${who.capacityTitle}）`}
        </span>
        {others.map((sentence) => (
          <span key={sentence} className={styles['effect']}>
            {sentence}
          </span>
        ))}
        {effects.map(fullWidth).map((sentence) => (
          <span key={sentence} className={styles['effect']}>
            {sentence}
          </span>
        ))}
        {papers.length > 0 && (
          <span className={styles['effect']}>
            文书：
            {papers.map(({ digest }, nth) => (
              <a key={digest} href={evidencePath(digest)} target="_blank" rel="noreferrer" title={digest}>
                {nth > 0 && '、'}
                {digest.slice(0, 4)}…{digest.slice(-2)}
              </a>
            ))}
          </span>
        )}
      </div>
    </li>
  );
}
