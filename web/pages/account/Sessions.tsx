/** Where I am signed in; what I do not know, I end. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { api, ask } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { SessionRows } from '../../parts/SessionRows.tsx';

const KEY = ['sessions'] as const;

export function Sessions() {
  const queries = useQueryClient();
  const list = useQuery({ queryKey: KEY, queryFn: () => ask(api.GET('/api/sessions')) });
  const end = useMutation({
    mutationFn: (session: string | null) =>
      session === null
        ? ask(api.DELETE('/api/sessions'))
        : ask(api.DELETE('/api/sessions/{session}', { params: { path: { session } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  const { data, error } = list;
  const others = data === undefined ? 0 : data.sessions.length - 1;
  return (
    <Card
      title="登录会话"
      note="不认识的，请结束它并修改密码"
      acts={
        others > 0 ? (
          <Button size="small" loading={end.isPending} onClick={() => end.mutate(null)}>
            结束其他 {others} 个
          </Button>
        ) : undefined
      }
    >
      {end.error !== null && <Failure error={end.error} />}
      {data === undefined &&
        (error === null ? <Loading /> : <Failure error={error} retry={() => void list.refetch()} />)}
      {data !== undefined && (
        <SessionRows sessions={data.sessions} current={data.current} pending={end.isPending} onEnd={end.mutate} />
      )}
    </Card>
  );
}
