/** Every version ever in force: since when, by whom, why; and where it differs from the one before it. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { instantWords } from '../../words/dates.ts';
import { differences, type Difference } from './differences.ts';
import styles from './Rules.module.css';
import { valueWords } from './value-words.ts';

type Version = Schemas['PublishedContent'];

export function Versions({ versions }: { readonly versions: readonly Version[] }) {
  return (
    <Card title="各版本" note="公布以后不能改；旧案按当时的版本">
      <ol className={styles['versions']}>
        {versions.map((version, nth) => (
          <One
            key={version.publication}
            version={version}
            before={versions.slice(nth + 1).find(({ name }) => name === version.name)}
          />
        ))}
      </ol>
    </Card>
  );
}

const COMPARE = '与前一版比较';
const CLOSE = '收起';

function One({ version: row, before }: { readonly version: Version; readonly before: Version | undefined }) {
  const [open, setOpen] = useState(false);
  const { version, at, person, personName, reason, inForce } = row;
  return (
    <li>
      <b>{version}</b> {inForce && <span className="quiet">现行</span>}{' '}
      <span className="quiet">
        {instantWords(at)} 公布，{person.startsWith('build:') ? '随程序' : (personName ?? person)}
        {reason !== null && `：${reason}`}
      </span>{' '}
      {before !== undefined && (
        <Button
          type="link"
          size="small"
          aria-expanded={open}
          aria-label={`${open ? CLOSE : COMPARE}：${version} 与 ${before.version}`}
          onClick={() => setOpen(!open)}
        >
          {open ? CLOSE : COMPARE}
        </Button>
      )}
      {open && before !== undefined && <Compared before={before.hash} after={row.hash} />}
    </li>
  );
}

const contentQuery = (hash: string) => ({
  queryKey: ['content', hash],
  queryFn: () => ask(api.GET('/api/contents/{hash}', { params: { path: { hash } } })),
  staleTime: Infinity,
});

function Compared({ before, after }: { readonly before: string; readonly after: string }) {
  const [was, is] = [useQuery(contentQuery(before)), useQuery(contentQuery(after))];
  if (was.isError || is.isError) return <Failure error={was.error ?? is.error} />;
  if (was.data === undefined || is.data === undefined) return <Loading rows={2} />;
  const found = differences(was.data.body, is.data.body);
  if (found.length === 0) return <p className="quiet">内容相同。</p>;
  return (
    <ul className={styles['differences']}>
      {found.map((difference) => (
        <li key={difference.path.join('/')}>{differenceWords(difference)}</li>
      ))}
    </ul>
  );
}

const NAMES: Readonly<Record<string, string>> = {
  version: '版本',
  source: '出处',
  publishedOn: '通知日期',
  knownThrough: '放假安排公布到',
  holidays: '放假',
  makeUpWorkdays: '调休上班',
  notices: '通知',
  owner: '责任人',
  title: '名称',
  rungs: '级',
  why: '依据',
  mark: '标记',
  value: '数值',
};

/** The keys of a policy's values and of rungs stay as they are; nothing else has a name of its own. */
function differenceWords({ path, before, after }: Difference): string {
  const shown = path.filter((part) => part !== 'values').map((part) => NAMES[part] ?? part);
  const where = shown.join(' · ');
  if (before === undefined) return `${where}：增加 ${valueWords(after)}`;
  if (after === undefined) return `${where}：去掉 ${valueWords(before)}`;
  return `${where}：${valueWords(before)} → ${valueWords(after)}`;
}
