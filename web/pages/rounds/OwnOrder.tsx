/** One's own order of a round: a step up or down at a time, kept by the office so that another phone has it too. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { api, ask } from '../../api/client.ts';
import type { Read } from '../../offline/read-through.ts';
import { Failure } from '../../parts/Failure.tsx';
import { useOnline } from '../../parts/OfflineBar.tsx';
import { moved } from './order.ts';
import styles from './Rounds.module.css';
import type { Sheet, SheetSubject } from './use-round.ts';

interface OwnOrderProps {
  readonly sheet: Sheet;
  readonly subjects: readonly SheetSubject[];
}

export function OwnOrder({ sheet, subjects }: OwnOrderProps) {
  const queries = useQueryClient();
  const online = useOnline();
  const key = ['rounds', 'sheet', sheet.key];
  const keep = useMutation({
    mutationFn: (order: readonly string[]) =>
      ask(
        api.PUT('/api/rounds/{id}/order', {
          params: { path: { id: sheet.key } },
          body: { subjects: [...order] },
        }),
      ),
    onMutate: (order) =>
      queries.setQueryData<Read<Sheet>>(key, (before) =>
        before === undefined ? before : { ...before, value: { ...before.value, order: [...order] } },
      ),
    onError: () => queries.invalidateQueries({ queryKey: key }),
  });
  const ids = subjects.map(({ subject }) => subject);
  return (
    <>
      {!online && <p className="quiet">没有网络时不能调整顺序，可照原来的顺序走访。</p>}
      {keep.error !== null && <Failure error={keep.error} still="顺序没有保存，仍是原来的。" />}
      <ol className={styles['order']} aria-label="走访顺序">
        {subjects.map(({ subject, name, address }, nth) => (
          <li key={subject}>
            <span>
              <b>{name}</b>
              <small className="faint">{address}</small>
            </span>
            <Button
              size="large"
              aria-label={`${name} 上移`}
              disabled={!online || nth === 0}
              onClick={() => keep.mutate(moved(ids, subject, -1))}
            >
              上移
            </Button>
            <Button
              size="large"
              aria-label={`${name} 下移`}
              disabled={!online || nth === ids.length - 1}
              onClick={() => keep.mutate(moved(ids, subject, 1))}
            >
              下移
            </Button>
          </li>
        ))}
      </ol>
    </>
  );
}
