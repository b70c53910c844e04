/** Which cycle: a quarter, a unit, a class of subjects, a key period. */
import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker, Form, Input, Radio, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useEffect } from 'react';
import { api, ask, type Schemas } from '../../api/client.ts';
import { civil } from '../../words/civil.ts';

type Request = Schemas['CycleRequest'];

const KINDS = [
  ['quarter', '季度督导'],
  ['key-period', '重点时段专项'],
  ['unit', '一个单位'],
  ['class', '一类主体'],
] as const;
type Kind = (typeof KINDS)[number][0];

interface Fields {
  readonly kind: Kind;
  readonly quarter?: string;
  readonly title?: string;
  readonly name?: string;
  readonly span?: readonly [Dayjs, Dayjs];
  readonly unit?: string;
  readonly class?: 'A' | 'B' | 'C' | 'D';
}

/** What was asked for, in one sentence. */
export function scopeWords(request: Request): string {
  const kind = KINDS.find(([value]) => value === request.kind)?.[1] ?? request.kind;
  if (request.kind === 'quarter') return `${kind}：${request.quarter}，全区在营主体`;
  const level = request.class === undefined ? '各级主体' : `${request.class} 级主体`;
  const unit = request.unit === undefined ? '全区' : `单位 ${request.unit} 及下级`;
  return `${kind}：${level}，${unit}，${request.fromOn} 至 ${request.toOn}`;
}

function requestOf({ kind, quarter = '', title, name = '', span, unit, class: level }: Fields): Request {
  const named = title === undefined || title === '' ? {} : { title };
  if (kind === 'quarter') return { kind, quarter, ...named };
  const [from, to] = span ?? [];
  const adHoc = { name, fromOn: civil(from), toOn: civil(to), ...named };
  if (kind === 'unit') return { kind, ...adHoc, unit: unit ?? '', ...(level === undefined ? {} : { class: level }) };
  if (kind === 'class') return { kind, ...adHoc, class: level ?? 'A', ...(unit === undefined ? {} : { unit }) };
  return {
    kind,
    ...adHoc,
    ...(unit === undefined ? {} : { unit }),
    ...(level === undefined ? {} : { class: level }),
  };
}

/** What was asked for, back in its fields. */
function fieldsOf(request: Request): Fields {
  if (request.kind === 'quarter') return request;
  const { fromOn, toOn, ...same } = request;
  return { ...same, span: [dayjs(fromOn), dayjs(toOn)] };
}

interface ScopeFormProps {
  readonly initial: Request | null;
  readonly submit: (request: Request) => void;
  readonly busy: boolean;
}

export function ScopeForm({ initial, submit, busy }: ScopeFormProps) {
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch('kind', form) ?? initial?.kind ?? 'quarter';
  const units = useQuery({
    queryKey: ['units'],
    queryFn: () => ask(api.GET('/api/register/units')),
    staleTime: 300_000,
    enabled: kind !== 'quarter',
  });
  const proposals = useQuery({ queryKey: ['proposals'], queryFn: () => ask(api.GET('/api/proposals')) });
  const proposed = proposals.data?.proposals.find(({ state }) => state === 'proposed')?.cycle;
  // The quarter that is next stands there already; what somebody typed stays.
  useEffect(() => {
    if (proposed !== undefined && !form.isFieldTouched('quarter')) {
      form.setFieldValue('quarter', form.getFieldValue('quarter') ?? proposed);
    }
  }, [form, proposed]);
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initial === null ? { kind: 'quarter' } : fieldsOf(initial)}
      onFinish={(fields) => submit(requestOf(fields))}
      style={{ maxWidth: 560 }}
    >
      <Form.Item name="kind" label="哪一种">
        <Radio.Group optionType="button" options={KINDS.map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      {kind === 'quarter' ? (
        <Form.Item
          name="quarter"
          label="季度"
          extra={proposed === undefined ? '形式如 2026-Q4' : `下一个待启动的是 ${proposed}`}
          rules={[{ required: true, pattern: /^20\d\d-Q[1-4]$/, message: '季度的形式如 2026-Q4。' }]}
        >
          <Input placeholder="2026-Q4" />
        </Form.Item>
      ) : (
        <>
          <Form.Item
            name="name"
            label="编号"
            extra="小写字母、数字和连字符，例如 spring-festival"
            rules={[
              { required: true, pattern: /^[a-z0-9][a-z0-9-]{0,39}$/, message: '编号须为小写字母、数字和连字符。' },
            ]}
          >
            <Input />
          </Form.Item>
          <Form.Item name="span" label="期间" rules={[{ required: true, message: '请选择起止日期。' }]}>
            <DatePicker.RangePicker />
          </Form.Item>
          <Form.Item
            name="unit"
            label={kind === 'unit' ? '单位' : '单位（不选为全区）'}
            rules={kind === 'unit' ? [{ required: true, message: '请选择单位。' }] : []}
          >
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              loading={units.isFetching}
              options={(units.data?.rows ?? [])
                .filter((unit) => unit.kind === 'town' || unit.kind === 'department')
                .map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Form.Item>
          <Form.Item
            name="class"
            label={kind === 'class' ? '主体级别' : '主体级别（不选为各级）'}
            rules={kind === 'class' ? [{ required: true, message: '请选择主体级别。' }] : []}
          >
            <Select allowClear options={['A', 'B', 'C', 'D'].map((value) => ({ value, label: `${value} 级` }))} />
          </Form.Item>
        </>
      )}
      <Form.Item name="title" label="名称（可不填）">
        <Input maxLength={60} placeholder="例如 2027年元旦春节专项督导" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        预览
      </Button>
    </Form>
  );
}
