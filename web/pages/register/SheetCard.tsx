/** One sheet of an uploaded file: its problems first, then what it would change, then confirming or giving it up. */
import { useMutation } from '@tanstack/react-query';
import { Button, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask, newKey, numbered, type Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { casePath } from '../../words/links.ts';
import { fullWidth } from '../../words/punctuation.ts';
import styles from './Register.module.css';

type Sheet = Schemas['SheetPreview'];
type Problem = Sheet['problems'][number];
type Confirmed = Schemas['ImportConfirmed'];

interface SheetCardProps {
  readonly sheet: Sheet;
  readonly primary: boolean;
  readonly settled: () => Promise<void>;
}

export function SheetCard({ sheet, primary, settled }: SheetCardProps) {
  const { importId, name, rows, totals, problems, problemCount, ignored } = sheet;
  const [key] = useState(newKey);
  const params = { path: { id: importId }, ...numbered(key) };
  const confirm = useMutation({
    mutationFn: () => ask(api.POST('/api/register/imports/{id}/confirm', { params })),
    onSuccess: settled,
  });
  const discard = useMutation({
    mutationFn: () => ask(api.POST('/api/register/imports/{id}/discard', { params })),
    onSuccess: settled,
  });
  const open = confirm.data === undefined && discard.data === undefined;
  return (
    <Card title={name} note={`${rows} 行；${totalsWords(totals)}`}>
      {problemCount > 0 && <Problems problems={problems} count={problemCount} name={name} />}
      {ignored.length > 0 && <p className="quiet">没有用到的列：{ignored.join('、')}</p>}
      {confirm.isError && <Failure error={confirm.error} still="这张表一行也没有写入。" />}
      {discard.isError && <Failure error={discard.error} />}
      {confirm.data !== undefined && <Written confirmed={confirm.data} />}
      {discard.data !== undefined && <p role="status">已放弃，文件的各行不再保存。</p>}
      {open && (
        <div className={styles['buttons']}>
          <Button
            type={primary ? 'primary' : 'default'}
            disabled={problemCount > 0}
            loading={confirm.isPending}
            onClick={() => confirm.mutate()}
          >
            {`写入「${name}」`}
          </Button>
          <Button loading={discard.isPending} onClick={() => discard.mutate()}>
            放弃
          </Button>
          {problemCount > 0 && (
            <span className="quiet">
              还有 {problemCount} 处问题；请在文件中改正后重新上传，每张表要么全部写入，要么一行也不写。
            </span>
          )}
        </div>
      )}
    </Card>
  );
}

const totalsWords = (totals: Readonly<Record<string, number>>): string => {
  const { new: added = 0, changed = 0, same = 0, kept = 0 } = totals;
  return `新增 ${added}、变更 ${changed}、相同 ${same}${kept > 0 ? `、保留登记 ${kept}` : ''}`;
};

function Problems({
  problems,
  count,
  name,
}: {
  readonly problems: readonly Problem[];
  readonly count: number;
  readonly name: string;
}) {
  return (
    <>
      <p role="alert">
        <b className="red">{count} 处问题</b>
        {problems.length < count && `，先列出 ${problems.length} 处`}
      </p>
      <Table<Problem>
        size="small"
        pagination={problems.length > 20 ? { pageSize: 20, size: 'small', showSizeChanger: false } : false}
        rowKey={({ row, column, code }) => `${row} ${column ?? ''} ${code}`}
        dataSource={[...problems]}
        scroll={{ x: 480 }}
        aria-label={`「${name}」的问题`}
        columns={[
          { title: '行', dataIndex: 'row', width: 70, align: 'right', rowScope: 'row' },
          { title: '列', key: 'column', width: 160, render: (_, { column }) => column ?? '—' },
          { title: '问题', key: 'message', render: (_, { message }) => fullWidth(message) },
        ]}
      />
    </>
  );
}

function Written({ confirmed: { change, totals } }: { readonly confirmed: Confirmed }) {
  if (change === null) return <p role="status">名册本来就是这样，没有写入。</p>;
  return (
    <div role="status">
      <p>
        已写入：{totalsWords(totals)}；流水 {change.written} 条。
      </p>
      {change.warnings.map(({ index, text }) => (
        <p key={index} className="quiet">
          请留意：{fullWidth(text)}
        </p>
      ))}
      {change.opened.length > 0 && (
        <>
          <p>随即产生职责 {change.opened.length} 项：</p>
          <ul className={styles['plain']}>
            {change.opened.slice(0, 20).map((id) => (
              <li key={id}>
                <Link to={casePath(id)}>{id}</Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
