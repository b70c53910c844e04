/** One thing to do: the act first, then the matter, then until when; why and the act itself open in place. */
import { useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Dropdown } from 'antd';
import { lazy, Suspense, useId } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { ClockGlyph } from '../../parts/ClockGlyph.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { useOnline } from '../../parts/OfflineBar.tsx';
import { Remaining } from '../../parts/Remaining.tsx';
import { casePath } from '../../words/links.ts';
import styles from './Todo.module.css';
import { WhyRow } from './WhyRow.tsx';

type Row = Schemas['TodoRow'];

const ActForm = lazy(() => import('../../forms/ActForm.tsx').then((module) => ({ default: module.ActForm })));

/** Where it is done, when not in the row. */
function pageOf({ page, case: line }: Row): string {
  if (page === 'rounds') return `/rounds/${encodeURIComponent(line.key)}`;
  if (page === 'supervision') return '/supervision';
  if (page === 'register')
    return line.subject === null ? '/register/posts' : `/register/subjects/${encodeURIComponent(line.subject.id)}`;
  return casePath(line.id);
}

interface TodoRowProps {
  readonly row: Row;
  readonly chosen: boolean;
  readonly toggle: () => void;
}

export function TodoRow({ row, chosen, toggle }: TodoRowProps) {
  const [params, setParams] = useSearchParams();
  const queries = useQueryClient();
  const online = useOnline();
  const panel = useId();
  const { case: line, act, kindTitle, stageTitle, standing, commands } = row;
  const [openCase, openWhat] = (params.get('open') ?? '').split('!');
  const open = openCase === line.id ? (openWhat ?? 'why') : null;
  const setOpen = (what: string | null) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (what === null) next.delete('open');
        else next.set('open', `${line.id}!${what}`);
        return next;
      },
      { replace: true },
    );
  const matter = line.subject?.name ?? line.unit?.name ?? line.key;
  const [first, ...others] = commands;
  return (
    <li className={`${styles['row']} ${chosen ? styles['on'] : ''}`}>
      <span className={`${styles['check']} no-print`}>
        <Checkbox checked={chosen} onChange={toggle} aria-label={`选中 ${act} ${matter}`} />
      </span>
      <span className={styles['glyph']}>{standing !== null && <ClockGlyph standing={standing} />}</span>
      <div className={styles['body']}>
        <Link to={casePath(line.id)} title={`${act} ${matter}`}>
          <b>{act}</b> <span>{matter}</span>
        </Link>
        <p title={line.id}>
          {kindTitle} · {stageTitle} · {line.id}
        </p>
      </div>
      <div className={styles['due']}>
        {standing !== null && (
          <Remaining
            standing={standing}
            why={{ open: open === 'why', panel, toggle: () => setOpen(open === 'why' ? null : 'why') }}
          />
        )}
      </div>
      <div className={`${styles['acts']} no-print`}>
        {first === undefined ? (
          <Link to={pageOf(row)}>
            <Button size="small" className={styles['quick'] ?? ''}>
              {row.page === 'rounds' ? '去走访' : '去办理'}
            </Button>
          </Link>
        ) : (
          <Button
            size="small"
            className={styles['quick'] ?? ''}
            disabled={!online}
            aria-expanded={open === first.type}
            onClick={() => setOpen(open === first.type ? null : first.type)}
          >
            {first.label}
          </Button>
        )}
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              ...others.map(({ type, label }) => ({ key: type, label, disabled: !online })),
              { key: 'case', label: <Link to={casePath(line.id)}>打开案件</Link> },
            ],
            onClick: ({ key }) => (key === 'case' ? undefined : setOpen(key)),
          }}
        >
          <Button size="small" type="text">
            更多
          </Button>
        </Dropdown>
      </div>
      {open !== null && (
        <div id={panel} className={styles['panel']}>
          {open === 'why' ? (
            <WhyRow caseId={line.id} clock={row.clock} />
          ) : (
            <Suspense fallback={<Loading rows={3} />}>
              <ActForm
                caseId={line.id}
                type={open}
                seen={line.seq}
                cancel={() => setOpen(null)}
                look={() => void queries.invalidateQueries({ queryKey: ['todo'] })}
                done={() => {
                  setOpen(null);
                  void queries.invalidateQueries({ queryKey: ['todo'] });
                }}
              />
            </Suspense>
          )}
        </div>
      )}
    </li>
  );
}
