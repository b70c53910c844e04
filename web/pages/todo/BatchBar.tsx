/** What the chosen rows may have done to them together, and why not the rest. The result is told case by case. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { api, ask, newKey, numbered } from '../../api/client.ts';
import { Failure } from '../../parts/Failure.tsx';
import { useOnline } from '../../parts/OfflineBar.tsx';
import { fullWidth } from '../../words/punctuation.ts';
import { matterOf, type Row } from './filter.ts';
import styles from './Todo.module.css';

/** As the API has it. */
const MOST_AT_ONCE = 50;

type Command = Row['commands'][number];

/** The command that every chosen row offers and the law lets be done together; else why there is none. */
function common(rows: readonly Row[]): { readonly command: Command | null; readonly words: string } {
  const [first, ...others] = rows;
  const command =
    first?.commands.find(
      ({ type, batch }) => batch && others.every(({ commands }) => commands.some((one) => one.type === type)),
    ) ?? null;
  if (rows.length > MOST_AT_ONCE) return { command: null, words: `一次最多 ${String(MOST_AT_ONCE)} 件，请分几次办。` };
  if (command !== null)
    return { command, words: `全部可以「${command.label}」，一并办理。受理、立案、处罚类决定须逐件作出，不能批量。` };
  const alone = rows.find(({ commands }) => !commands.some(({ batch }) => batch));
  return {
    command: null,
    words:
      alone === undefined
        ? '所选的要办的不是同一步，请分开选。'
        : `「${alone.act}」须逐件办理，不能批量；请在那一行办。`,
  };
}

export function BatchBar({ rows, clear }: { readonly rows: readonly Row[]; readonly clear: () => void }) {
  const queries = useQueryClient();
  const online = useOnline();
  const { command, words } = common(rows);
  // One number a case, made when it was chosen: pressed twice, it is done once.
  const [keys] = useState(() => new Map<string, string>());
  const keyOf = (caseId: string): string => {
    const known = keys.get(caseId) ?? newKey();
    keys.set(caseId, known);
    return known;
  };
  const send = useMutation({
    mutationFn: (type: string) =>
      ask(
        api.POST('/api/todo/batch', {
          params: numbered(newKey()),
          body: { command: { type }, cases: rows.map(({ case: { id } }) => ({ caseId: id, key: keyOf(id) })) },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['todo'] }),
  });
  const results = send.data?.results ?? [];
  const failed = results.filter(({ done }) => !done);
  const nameOf = (caseId: string): string => {
    const row = rows.find((one) => one.case.id === caseId);
    return row === undefined ? caseId : `${row.act} ${matterOf(row)}`;
  };
  return (
    <div className={`${styles['batch']} no-print`} role="region" aria-label="批量办理" aria-live="polite">
      {results.length > 0 ? (
        <>
          <Alert
            type={failed.length === 0 ? 'success' : 'warning'}
            title={
              failed.length === 0
                ? `${String(results.length)} 件都已办理。`
                : `已办 ${String(results.length - failed.length)} 件，未办成 ${String(failed.length)} 件。`
            }
            description={
              failed.length > 0 && (
                <ul className={styles['results']}>
                  {failed.map(({ caseId, why, article }) => (
                    <li key={caseId} title={caseId}>
                      {nameOf(caseId)}：{fullWidth(why ?? '')}
                      {article !== null && `（${article}）`}
                    </li>
                  ))}
                </ul>
              )
            }
          />
          <Button onClick={clear}>知道了</Button>
        </>
      ) : (
        <>
          <b>已选 {rows.length} 件</b>
          <span>{online ? words : '没有网络，联网后才能办理。'}</span>
          <Button ghost onClick={clear}>
            取消
          </Button>
          <Button
            loading={send.isPending}
            disabled={command === null || !online}
            onClick={() => command !== null && send.mutate(command.type)}
          >
            {command === null ? '不能一并办理' : `${command.label} ${String(rows.length)} 件`}
          </Button>
        </>
      )}
      {send.isError && <Failure error={send.error} still="不知道办了几件。再按一次，已办的不会重办。" />}
    </div>
  );
}
