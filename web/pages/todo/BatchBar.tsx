/** What the chosen rows may have done to them together, and why not the rest. The result is told case by case. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { api, ask, newKey, numbered } from '../../api/client.ts';
import { Failure } from '../../parts/Failure.tsx';
import styles from './Todo.module.css';
import type { Row } from './Waiting.tsx';

/** The command that every chosen row offers and the law lets be done together. */
function common(rows: readonly Row[]): { readonly type: string; readonly label: string } | null {
  const [first, ...others] = rows;
  const offered = first?.commands.filter(({ batch }) => batch) ?? [];
  return (
    offered.find(({ type }) =>
      others.every(({ commands }) => commands.some((one) => one.type === type && one.batch)),
    ) ?? null
  );
}

export function BatchBar({ rows, clear }: { readonly rows: readonly Row[]; readonly clear: () => void }) {
  const queries = useQueryClient();
  const command = common(rows);
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
  return (
    <div className={`${styles['batch']} no-print`} role="region" aria-label="批量操作">
      {results.length > 0 ? (
        <>
          <Alert
            type={failed.length === 0 ? 'success' : 'warning'}
            title={`已办 ${results.length - failed.length} 件，未办成 ${failed.length} 件。`}
            description={failed.map(({ caseId, why, article }) => (
              <p key={caseId}>
                {caseId}：{why}
                {article === null ? '' : `（${article}）`}
              </p>
            ))}
          />
          <Button onClick={clear}>知道了</Button>
        </>
      ) : (
        <>
          <b>已选 {rows.length} 件</b>
          <span>
            {command === null
              ? '所选事项含须逐件作出的决定，或者要办的不是同一步，请分开办理。'
              : `全部可以「${command.label}」，一并办理。受理、立案、处罚类决定须逐件作出，不能批量。`}
          </span>
          <Button ghost onClick={clear}>
            取消
          </Button>
          <Button
            loading={send.isPending}
            disabled={command === null}
            onClick={() => command !== null && send.mutate(command.type)}
          >
            {command === null ? '不能一并办理' : `${command.label} ${rows.length} 件`}
          </Button>
        </>
      )}
      {send.isError && <Failure error={send.error} />}
    </div>
  );
}
