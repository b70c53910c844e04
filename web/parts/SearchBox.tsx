/**
 * Finds a case, a subject, a unit, a post from anywhere: `/` puts the cursor here. What people wrote is looked through only
 * when asked for, because that is a reading of their words.
 */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { api, ask } from '../api/client.ts';
import { useMay } from '../app/session.tsx';
import { isChord, isTyping } from './row-keys.ts';
import { hitsOf, textHits, type Hit } from './search-hits.ts';
import styles from './SearchBox.module.css';

const PAUSE_MS = 180;

export function SearchBox() {
  const may = useMay('case.read');
  return may ? <Box /> : null;
}

function Box() {
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const [inTexts, setInTexts] = useState(false);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  const navigate = useNavigate();

  useEffect(() => {
    const timer = setTimeout(() => {
      setAsked(typed.trim());
      setInTexts(false);
      setAt(0);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  useEffect(() => {
    const slash = (event: globalThis.KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event.target) || isChord(event)) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener('keydown', slash);
    return () => window.removeEventListener('keydown', slash);
  }, []);

  const found = useQuery({
    queryKey: ['search', asked],
    queryFn: () => ask(api.GET('/api/search', { params: { query: { q: asked } } })),
    enabled: asked !== '',
    staleTime: 60_000,
  });
  const texts = useQuery({
    queryKey: ['search', 'texts', asked],
    queryFn: () => ask(api.GET('/api/search/texts', { params: { query: { q: asked } } })),
    enabled: inTexts && asked.length >= 2,
    staleTime: 60_000,
  });

  const hits = found.data === undefined ? [] : hitsOf(found.data);
  const written = texts.data === undefined ? [] : textHits(texts.data.texts);
  const more: Hit[] =
    asked.length >= 2 && !inTexts
      ? [{ group: '文字', key: 'in-texts', title: `在办理文字中查找「${asked}」`, to: null }]
      : [];
  const all = [...hits, ...written, ...more];
  const shown = open && asked !== '' && (found.data !== undefined || found.error !== null);

  const close = () => {
    setOpen(false);
    input.current?.blur();
  };
  const choose = (hit: Hit | undefined) => {
    if (hit === undefined) return;
    if (hit.to === null) {
      setInTexts(true);
      return;
    }
    close();
    setTyped('');
    void navigate(hit.to);
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (all.length > 0) setAt((at + step + all.length) % all.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(all[at]);
    }
  };

  return (
    <div className={styles['box']} role="search">
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M9.2 9.2L13 13" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </svg>
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-label="查找"
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        {...(shown && all[at] !== undefined ? { 'aria-activedescendant': `${list}-${all[at].key}` } : {})}
        placeholder="按编号、主体、单位或文字查找"
        autoComplete="off"
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={keyDown}
      />
      <kbd aria-hidden="true">/</kbd>
      <div className={styles['found']} hidden={!shown}>
        <ul id={list} role="listbox" aria-label="找到的">
          {all.map((hit, nth) => (
            <li
              key={hit.key}
              id={`${list}-${hit.key}`}
              role="option"
              aria-selected={nth === at}
              className={nth === at ? styles['at'] : undefined}
              // The field keeps the focus: it closes the list when it loses it.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(hit)}
            >
              <span className={styles['group']}>{hit.group === all[nth - 1]?.group ? '' : hit.group}</span>
              <span className={styles['title']} title={hit.title}>
                {hit.title}
              </span>
              <span className={styles['note']}>{hit.note}</span>
            </li>
          ))}
        </ul>
        <p className={styles['none']} role="status">
          {statusWords(
            found.error !== null || texts.error !== null,
            inTexts && texts.isFetching,
            hits.length + written.length,
            asked,
          )}
        </p>
      </div>
    </div>
  );
}

function statusWords(failed: boolean, looking: boolean, count: number, asked: string): string {
  if (failed) return '这一次没有查到，请稍后再试。';
  if (looking) return '正在文字中查找……';
  return count === 0 ? `您能看的范围内没有「${asked}」。` : '';
}
