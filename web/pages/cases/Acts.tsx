/** What I may do now, what is not yet possible and why, and what the law or the office does not let me do. */
import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { useMay } from '../../app/session.tsx';
import { useOnline } from '../../parts/OfflineBar.tsx';
import { Card } from '../../parts/Card.tsx';
import { workPath } from '../../words/links.ts';
import { fullWidth } from '../../words/punctuation.ts';
import { inFull } from '../../words/statutes.ts';
import { ActDrawer } from './ActDrawer.tsx';
import styles from './Case.module.css';
import type { CaseNow } from './use-case.ts';

type Verb = Schemas['Verb'];

export function Acts({ view }: { readonly view: CaseNow }) {
  const [acting, setActing] = useState<Verb | null>(null);
  const [said, setSaid] = useState('');
  const mayAct = useMay('case.act');
  const online = useOnline();
  const navigate = useNavigate();
  const may = mayAct ? view.verbs.filter(({ standing }) => standing === 'may') : [];
  const later = mayAct ? view.verbs.filter(({ standing }) => standing === 'not-yet') : [];
  const never = mayAct ? view.verbs.filter(({ standing }) => standing === 'forbidden' || standing === 'not-yours') : [];
  return (
    <div className="no-print">
      <Card title="我现在可以">
        <p role="status" className={styles['said']}>
          {said}
        </p>
        {may.length === 0 && <p className="quiet">{nothingWords(view, mayAct)}</p>}
        <ul className={styles['can']}>
          {may.map((verb, nth) => (
            <li key={verb.type}>
              <Button
                type={nth === 0 ? 'primary' : 'default'}
                className={nth === 0 ? '' : (styles['outlined'] ?? '')}
                disabled={!online}
                onClick={() => (verb.page === null ? setActing(verb) : void navigate(workPath(verb.page, view.case)))}
              >
                {verb.label}
              </Button>
              <p>{online ? fullWidth(verb.effect) : '现在没有网络，联网后再办。'}</p>
            </li>
          ))}
        </ul>
        {later.length > 0 && (
          <details className={styles['later']} open={may.length === 0 && never.length === 0}>
            <summary>还不到时候的 {later.length} 项</summary>
            <ul className={styles['can']}>
              {later.map((verb) => (
                <li key={verb.type}>
                  <Button disabled>{verb.label}</Button>
                  <p>{fullWidth(verb.why ?? '')}</p>
                </li>
              ))}
            </ul>
          </details>
        )}
      </Card>
      {never.length > 0 && (
        <Card title="此刻不可以">
          <ul className={styles['cannot']}>
            {byReason(never).map(({ labels, why, article }) => (
              <li key={`${why} ${article ?? ''}`}>
                <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
                  <circle cx="8" cy="8" r="6.2" fill="none" stroke="var(--ink-3)" strokeWidth="1.5" />
                  <path d="M3.8 12.2L12.2 3.8" stroke="var(--ink-3)" strokeWidth="1.5" />
                </svg>
                <div>
                  <b>{labels.join('、')}</b>
                  <p>
                    {why} {article !== null && <span className={styles['article']}>{inFull(article)}</span>}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {acting !== null && <ActDrawer view={view} verb={acting} close={() => setActing(null)} done={setSaid} />}
    </div>
  );
}

/** Verbs that are refused for the same reason stand together. */
function byReason(
  verbs: readonly Verb[],
): readonly { readonly labels: readonly string[]; readonly why: string; readonly article: string | null }[] {
  const groups: { labels: string[]; why: string; article: string | null }[] = [];
  for (const { label, why, article } of verbs) {
    const words = fullWidth(why ?? '');
    const same = groups.find((group) => group.why === words && group.article === article);
    if (same === undefined) groups.push({ labels: [label], why: words, article });
    else same.labels.push(label);
  }
  return groups;
}

function nothingWords({ closedAs, holder, waits }: CaseNow, mayAct: boolean): string {
  if (!mayAct) return '您现在的岗位只能查看，不能办理。';
  if (closedAs !== null) return '已了结，没有要办的。';
  if (holder === null) return waits === null ? '没有要您办的。' : `等着办：${waits}；现在还没有承办岗位。`;
  return `等着办：${waits ?? '下一步'}，由${holder.title}承办。`;
}
