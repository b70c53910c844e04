/** When I am away and who stands in for me; for whom I stand in. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, DatePicker, Form, Input } from 'antd';
import type { Dayjs } from 'dayjs';
import { lazy, Suspense, useState } from 'react';
import { api, ask, newKey, numbered } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { civil } from '../../words/civil.ts';
import { dayAndTime, dayWords } from '../../words/dates.ts';

const PersonPicker = lazy(() => import('../../parts/PersonPicker.tsx'));

interface Fields {
  readonly span: readonly [Dayjs, Dayjs];
  readonly deputy?: string;
  readonly cause: string;
}

export function Absences() {
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const [key, setKey] = useState(newKey);
  const absences = useQuery({ queryKey: ['absences'], queryFn: () => ask(api.GET('/api/absences')) });
  const today = useQuery({ queryKey: ['today'], queryFn: () => ask(api.GET('/api/today')), staleTime: 60_000 });
  const on = today.data === undefined ? '' : dayAndTime(today.data.now).on;
  const written = async () => {
    setKey(newKey());
    form.resetFields();
    await queries.invalidateQueries({ queryKey: ['absences'] });
  };
  const set = useMutation({
    mutationFn: ({ span: [from, to], deputy, cause }: Fields) =>
      ask(
        api.POST('/api/absences', {
          params: numbered(key),
          body: { on: civil(from), until: civil(to), deputy: deputy ?? null, cause },
        }),
      ),
    onSuccess: written,
  });
  const end = useMutation({
    mutationFn: (day: string) => ask(api.POST('/api/absences/end', { params: numbered(newKey()), body: { on: day } })),
    onSuccess: written,
  });
  const rows = absences.data?.rows ?? [];
  return (
    <>
      <Card title="登记缺席" note="缺席期间的提醒和待办交给代理人；代理人以自己的名义代您的岗位办理">
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          style={{ maxWidth: 480 }}
          onFinish={(fields) => set.mutate(fields)}
        >
          <Form.Item
            name="span"
            label="起止日期（含最后一天）"
            rules={[{ required: true, message: '请选择起止日期。' }]}
          >
            <DatePicker.RangePicker />
          </Form.Item>
          <Suspense fallback={<Loading rows={1} />}>
            <Form.Item name="deputy" label="代理人（不指定则无人代办）">
              <PersonPicker />
            </Form.Item>
          </Suspense>
          <Form.Item name="cause" label="事由" rules={[{ required: true, whitespace: true, message: '请写明事由。' }]}>
            <Input maxLength={100} placeholder="例如 年休假" />
          </Form.Item>
          {set.isError && <Failure error={set.error} />}
          <Button type="primary" htmlType="submit" loading={set.isPending}>
            登记缺席
          </Button>
        </Form>
      </Card>
      <Card title="缺席与代理">
        {absences.isPending && <Loading rows={2} />}
        {absences.isError && <Failure error={absences.error} retry={() => void absences.refetch()} />}
        {end.isError && <Failure error={end.error} />}
        {absences.isSuccess && rows.length === 0 && <Empty>没有登记过缺席，也没有代理别人。</Empty>}
        <ul>
          {rows.map(({ id, person, deputy, fromOn, toOn, cause, mine }) => (
            <li key={id} style={{ padding: '6px 0' }}>
              <b>{mine ? '我缺席' : `代理 ${person.name}`}</b> {dayWords(fromOn)} 至 {dayWords(toOn)}，{cause}
              {mine && (deputy === null ? '，没有指定代理人' : `，由 ${deputy.name} 代理`)}
              {mine && fromOn <= on && on <= toOn && (
                <Button type="link" size="small" loading={end.isPending} onClick={() => end.mutate(on)}>
                  今天已回来
                </Button>
              )}
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
