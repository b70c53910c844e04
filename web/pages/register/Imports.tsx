/** A file of the register: judged row by row, problems first; written sheet by sheet, each only when confirmed. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { useId, useState } from 'react';
import { api, ask, newKey, numbered } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { FileButton } from '../../parts/FileButton.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Note } from '../../parts/Note.tsx';
import styles from './Register.module.css';
import { SheetCard } from './SheetCard.tsx';

type Policy = 'refuse' | 'keep' | 'overwrite';

const POLICIES: readonly { readonly value: Policy; readonly label: string }[] = [
  { value: 'refuse', label: '拒绝整张表' },
  { value: 'keep', label: '保留登记' },
  { value: 'overwrite', label: '以表为准' },
];

export function Imports() {
  const [file, setFile] = useState<File | null>(null);
  const [policy, setPolicy] = useState<Policy>('refuse');
  const [missing, setMissing] = useState(false);
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());
  const [input, differs] = [useId(), useId()];
  const queries = useQueryClient();
  const preview = useMutation({
    mutationFn: async (chosen: File) => {
      const bytes = await chosen.arrayBuffer();
      setSettled(new Set());
      return ask(
        api.POST('/api/register/imports', {
          params: { query: { fileName: chosen.name, policy }, ...numbered(newKey()) },
          headers: { 'Content-Type': 'application/octet-stream' },
          body: '',
          bodySerializer: () => bytes,
        }),
      );
    },
  });
  const sheets = preview.data?.sheets ?? [];
  const next = sheets.find(({ importId, problemCount }) => problemCount === 0 && !settled.has(importId));
  return (
    <>
      <Card
        title="导入"
        note="先预览，名册不变；逐表确认后才写入"
        acts={
          <>
            <Button href="/api/register/template">下载模板</Button>
            <Button href="/api/register/export">导出现在的名册</Button>
          </>
        }
      >
        <div className={styles['drop']}>
          <div>
            <label htmlFor={input}>名册文件（.xlsx 或 .csv）</label>
            <FileButton
              id={input}
              label="名册文件"
              accept=".xlsx,.csv"
              choose={(chosen) => {
                setFile(chosen);
                setMissing(false);
                preview.reset();
              }}
            >
              选文件
            </FileButton>
          </div>
          <div role="group" aria-labelledby={differs}>
            <span id={differs} className="quiet">
              与登记不一致的行
            </span>
            <Radio.Group
              value={policy}
              options={[...POLICIES]}
              onChange={({ target }) => setPolicy(target.value as Policy)}
            />
          </div>
          <Button
            type={next === undefined ? 'primary' : 'default'}
            loading={preview.isPending}
            onClick={() => {
              if (file === null) setMissing(true);
              else preview.mutate(file);
            }}
          >
            预览
          </Button>
        </div>
        {missing && (
          <p role="alert" className="red">
            请先选一个文件。
          </p>
        )}
        {preview.isError && <Failure error={preview.error} still="名册没有改动。" />}
      </Card>
      {preview.data !== undefined && preview.data.skippedTabs.length > 0 && (
        <Note title="未导入的工作表">{preview.data.skippedTabs.join('、')}</Note>
      )}
      {sheets.map((sheet) => (
        <SheetCard
          key={sheet.importId}
          sheet={sheet}
          primary={sheet.importId === next?.importId}
          settled={async () => {
            setSettled((before) => new Set([...before, sheet.importId]));
            await queries.invalidateQueries({ queryKey: ['register'] });
          }}
        />
      ))}
    </>
  );
}
