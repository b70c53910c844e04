/** One thing to do: the act first, then the matter, then until when; why and the act itself open in place. */
import { useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Drawer, Dropdown } from 'antd';
import { lazy, Suspense, useId } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { ClockGlyph } from '../../parts/ClockGlyph.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { useOnline } from '../../parts/OfflineBar.tsx';
import { Remaining } from '../../parts/Remaining.tsx';
import { useWide } from '../../parts/use-wide.ts';
import { casePath, workPath } from '../../words/links.ts';
import { fullWidth } from '../../words/punctuation.ts';
import { matterOf, type Row } from './filter.ts';
import styles from './Todo.module.css';
import { WhyRow } from './WhyRow.tsx';

const ActForm = lazy(() => import('../../forms/ActForm.tsx').then((module) => ({ default: module.ActForm })));

interface TodoRowProps {
  readonly row: Row;
  readonly chosen: boolean;
  readonly toggle: () => void;
}

export function TodoRow({ row, chosen, toggle }: TodoRowProps) {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const online = useOnline();
  const wide = useWide(1_100);
  const phone = !useWide(768);
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
  const matter = matterOf(row);
  const beside = commands.slice(0, wide ? 2 : 1);
  const others = commands.slice(beside.length);
  return (
    <li className={`${styles['row']} ${chosen ? styles['on'] : ''}`}>
      <span className={`${styles['check']} no-print`}>
        <Checkbox checked={chosen} onChange={toggle} aria-label={`选中 ${act} ${matter}`} />
      </span>
      <span className={styles['glyph']}>{standing !== null && <ClockGlyph standing={standing} />}</span>
      <div className={styles['body']}>
        <Link data-row to={casePath(line.id)} title={`${act} ${matter}`}>
          <b>{act}</b> <span>{matter}</span>
        </Link>
        <p title={line.id}>
          {kindTitle} {line.id} · {stageTitle}
          {row.matter !== null && ` · ${fullWidth(row.matter)}`}
        </p>
      </div>
      <div className={styles['due']} data-why>
        {standing === null ? (
          <span className="small faint">没有期限</span>
        ) : (
          <Remaining
            standing={standing}
            why={{ open: open === 'why', panel, toggle: () => setOpen(open === 'why' ? null : 'why') }}
          />
        )}
      </div>
      <div className={`${styles['acts']} no-print`}>
        {beside.length === 0 ? (
          <Button
            size="small"
            className={styles['quick'] ?? ''}
            href={workPath(row.page, row.case)}
            onClick={(event) => {
              event.preventDefault();
              void navigate(workPath(row.page, row.case));
            }}
          >
            {row.page === 'rounds' ? '去走访' : '去办理'}
          </Button>
        ) : (
          beside.map(({ type, label }, nth) => (
            <Button
              key={type}
              size="small"
              className={nth === 0 ? (styles['quick'] ?? '') : (styles['second'] ?? '')}
              disabled={!online}
              aria-expanded={open === type}
              onClick={() => setOpen(open === type ? null : type)}
            >
              {label}
            </Button>
          ))
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
          <Button size="small" type="text" aria-label={`更多：${act} ${matter}`}>
            更多
          </Button>
        </Dropdown>
      </div>
      {!online && commands.length > 0 && (
        <p className={`${styles['panel']} small faint no-print`}>没有网络，联网后才能办理。</p>
      )}
      {open === 'why' && phone && (
        <Drawer open title="为什么是这一天" placement="bottom" size="large" onClose={() => setOpen(null)}>
          <div id={panel}>
            <WhyRow caseId={line.id} clock={row.clock} />
          </div>
        </Drawer>
      )}
      {open !== null && !(open === 'why' && phone) && (
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
