/** A new notice, day by day on the months; then what would move; then publishing it. Nothing is written before that. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, DatePicker, Form, Input, Radio, Table } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask, newKey, numbered, type Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { civil } from '../../words/civil.ts';
import { dayWords } from '../../words/dates.ts';
import { casePath } from '../../words/links.ts';
import { Publish } from '../rules/Publish.tsx';
import { Months, type Day } from './Months.tsx';

type Calendar = Schemas['Calendar'];
type Moved = Schemas['CalendarPreview']['moved'][number];
type Brush = 'holiday' | 'make-up' | 'plain';

interface Fields {
  readonly version: string;
  readonly source: string;
  readonly publishedOn: Dayjs;
  readonly knownThrough: Dayjs;
}

interface DraftProps {
  readonly year: number;
  readonly days: readonly Day[];
  /** The calendar in force, as it was published. */
  readonly inForce: Calendar;
  readonly done: () => void;
}

export function Draft({ year, days, inForce, done }: DraftProps) {
  const [form] = Form.useForm<Fields>();
  const [brush, setBrush] = useState<Brush>('holiday');
  const [name, setName] = useState('');
  const [changes, setChanges] = useState<ReadonlyMap<string, { readonly kind: Brush; readonly name: string }>>(
    new Map(),
  );
  const [key] = useState(newKey);
  const queries = useQueryClient();

  const bodyOf = ({ version, source, publishedOn, knownThrough }: Fields): Calendar => {
    const kept = <Row extends { readonly date: string }>(rows: readonly Row[]) =>
      rows.filter(({ date }) => !changes.has(date));
    const of = (kind: Brush) =>
      [...changes].filter(([, change]) => change.kind === kind).map(([date, change]) => ({ date, name: change.name }));
    const byDate = (a: { readonly date: string }, b: { readonly date: string }) => (a.date < b.date ? -1 : 1);
    return {
      ...inForce,
      version,
      source,
      publishedOn: civil(publishedOn),
      knownThrough: civil(knownThrough),
      holidays: [...kept(inForce.holidays), ...of('holiday')].sort(byDate),
      makeUpWorkdays: [...kept(inForce.makeUpWorkdays), ...of('make-up')].sort(byDate),
      notices: [...(inForce.notices ?? []), { year, source, publishedOn: civil(publishedOn) }],
    };
  };
  const preview = useMutation({
    mutationFn: (fields: Fields) =>
      ask(
        api.POST('/api/calendars', {
          params: { query: { dryRun: 'true' }, ...numbered(newKey()) },
          body: bodyOf(fields),
        }),
      ),
  });
  const publish = useMutation({
    mutationFn: ({ fields, reason }: { readonly fields: Fields; readonly reason: string }) =>
      ask(api.POST('/api/calendars', { params: { query: { reason }, ...numbered(key) }, body: bodyOf(fields) })),
    onSuccess: async () => {
      await queries.invalidateQueries();
      done();
    },
  });
  const shown = days.map((day): Day => {
    const change = changes.get(day.on);
    if (change === undefined) return day;
    const weekend = [0, 6].includes(new Date(`${day.on}T00:00:00Z`).getUTCDay());
    const kind = change.kind === 'plain' ? (weekend ? 'weekend' : 'work') : change.kind;
    return { ...day, kind, name: change.name === '' ? null : change.name, provisional: false };
  });
  const found = preview.data !== undefined && 'moved' in preview.data ? preview.data : null;
  return (
    <>
      <Card title="录入放假通知" note="先看会动什么，再公布；公布前什么也不改">
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={{ knownThrough: dayjs(`${year}-12-31`) }}
          onValuesChange={() => preview.reset()}
          onFinish={(fields) => preview.mutate(fields)}
          style={{ maxWidth: 560 }}
        >
          <Form.Item name="version" label="版本" rules={[{ required: true, message: '请写版本，例如 cn-2027。' }]}>
            <Input placeholder={`cn-${year}`} />
          </Form.Item>
          <Form.Item
            name="source"
            label="通知的网址"
            rules={[{ required: true, message: '请写明出处；没有出处的不能公布。' }]}
          >
            <Input />
          </Form.Item>
          <Form.Item name="publishedOn" label="通知的日期" rules={[{ required: true, message: '请选择通知的日期。' }]}>
            <DatePicker />
          </Form.Item>
          <Form.Item name="knownThrough" label="放假安排公布到" rules={[{ required: true, message: '请选择日期。' }]}>
            <DatePicker />
          </Form.Item>
        </Form>
        <p>
          <Radio.Group
            value={brush}
            onChange={(event) => setBrush(event.target.value as Brush)}
            options={[
              { value: 'holiday', label: '放假' },
              { value: 'make-up', label: '调休上班' },
              { value: 'plain', label: '恢复平常' },
            ]}
          />{' '}
          <Input
            aria-label="节日名称"
            placeholder="节日名称，例如 元旦"
            style={{ width: 200 }}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />{' '}
          <span className="quiet">选好以后点日期。已改 {changes.size} 天。</span>
        </p>
        <Months
          days={shown}
          changed={new Set(changes.keys())}
          pick={({ on }) => {
            preview.reset();
            setChanges((before) =>
              new Map(before).set(on, { kind: brush, name: brush === 'plain' ? '' : name || '放假' }),
            );
          }}
        />
        <Button type={found === null ? 'primary' : 'default'} loading={preview.isPending} onClick={() => form.submit()}>
          看哪些会动
        </Button>
        {preview.isError && <Failure error={preview.error} />}
      </Card>
      {found !== null && (
        <Card
          flush
          title={found.moved.length === 0 ? '没有日期会动' : `${found.moved.length} 个期限会动`}
          note={`改了 ${found.days.length} 天；${found.touched} 个未了结案件的期限跨过这些天，已试算 ${found.counted} 个`}
        >
          <Publish
            loading={publish.isPending}
            publish={(reason) => void form.validateFields().then((fields) => publish.mutate({ fields, reason }))}
          />
          {publish.isError && <Failure error={publish.error} />}
          {found.moved.some(({ earlier }) => earlier) && (
            <Alert type="warning" title="有的期限会提前：公布后逐案重新计算，并通知责任人。" />
          )}
          <MovedTable moved={found.moved} />
        </Card>
      )}
    </>
  );
}

export function MovedTable({ moved }: { readonly moved: readonly Moved[] }) {
  return (
    <Table<Moved>
      size="small"
      rowKey={({ caseId, clock }) => `${caseId} ${clock}`}
      dataSource={[...moved].sort((a, b) => Number(b.earlier) - Number(a.earlier))}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: '没有日期会动。' }}
      scroll={{ x: 640 }}
      columns={[
        {
          title: '案件',
          key: 'case',
          rowScope: 'row',
          render: (_, { caseId }) => <Link to={casePath(caseId)}>{caseId}</Link>,
        },
        { title: '规则', dataIndex: 'rule', width: 90 },
        { title: '现在', key: 'is', render: (_, { dueOn }) => dayWords(dueOn) },
        {
          title: '将是',
          key: 'would',
          render: (_, { wouldBe, earlier }) => (
            <span className={earlier ? 'red' : ''}>
              {dayWords(wouldBe)} {earlier ? '提前' : '推后'}
            </span>
          ),
        },
      ]}
    />
  );
}
