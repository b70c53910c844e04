/** Filters that are not chips: stage, unit, cycle, days, whether a limit ever ran out. */
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, DatePicker, Drawer, Form, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { useMay } from '../../app/session.tsx';
import { useKinds } from './use-names.ts';

interface FilterPanelProps {
  readonly open: boolean;
  readonly close: () => void;
  readonly search: URLSearchParams;
  readonly apply: (search: URLSearchParams) => void;
}

export function FilterPanel({ open, close, search, apply }: FilterPanelProps) {
  return (
    <Drawer title="更多筛选" placement="right" size={360} open={open} onClose={close} destroyOnHidden>
      <Fields search={search} apply={apply} close={close} />
    </Drawer>
  );
}

const NAMES = ['stage', 'unit', 'cycle', 'dueFrom', 'dueBefore', 'breached'] as const;

function Fields({ search, apply, close }: Omit<FilterPanelProps, 'open'>) {
  const kinds = useKinds();
  const mayRegister = useMay('register.read');
  const units = useQuery({
    queryKey: ['units'],
    queryFn: () => ask(api.GET('/api/register/units')),
    enabled: mayRegister,
    staleTime: 600_000,
  });
  const [chosen, setChosen] = useState(() => Object.fromEntries(NAMES.map((name) => [name, search.get(name)])));
  const set = (name: (typeof NAMES)[number], value: string | null) => setChosen({ ...chosen, [name]: value });
  const kind = kinds?.find((one) => one.kind === search.get('kind'));
  const done = () => {
    const after = new URLSearchParams(search);
    for (const name of NAMES) {
      const value = chosen[name];
      if (value === null || value === undefined || value === '') after.delete(name);
      else after.set(name, value);
    }
    apply(after);
    close();
  };
  const day = (name: 'dueFrom' | 'dueBefore', label: string) => (
    <Form.Item label={label} htmlFor={`filter-${name}`}>
      <DatePicker
        id={`filter-${name}`}
        value={typeof chosen[name] === 'string' ? dayjs(chosen[name]) : null}
        onChange={(value) => set(name, value === null ? null : value.format('YYYY-MM-DD'))}
      />
    </Form.Item>
  );
  return (
    <Form layout="vertical" onFinish={done}>
      <Form.Item
        label="阶段"
        htmlFor="filter-stage"
        {...(kind === undefined ? { extra: '先在列表上选一个种类，才能按阶段筛选。' } : {})}
      >
        <Select
          id="filter-stage"
          allowClear
          disabled={kind === undefined}
          value={chosen['stage'] ?? null}
          onChange={(value: string | undefined) => set('stage', value ?? null)}
          options={Object.entries(kind?.stages ?? {}).map(([value, label]) => ({ value, label }))}
        />
      </Form.Item>
      {mayRegister && (
        <Form.Item label="单位及下级" htmlFor="filter-unit">
          <Select
            id="filter-unit"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            loading={units.isPending}
            value={chosen['unit'] ?? null}
            onChange={(value: string | undefined) => set('unit', value ?? null)}
            options={(units.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      )}
      <Form.Item label="督导周期" htmlFor="filter-cycle" extra="如 2026-Q4">
        <Input
          id="filter-cycle"
          value={chosen['cycle'] ?? ''}
          onChange={({ target }) => set('cycle', target.value.trim())}
        />
      </Form.Item>
      {day('dueFrom', '期限不早于')}
      {day('dueBefore', '期限不晚于')}
      <Form.Item>
        <Checkbox
          checked={chosen['breached'] === 'true'}
          onChange={({ target }) => set('breached', target.checked ? 'true' : null)}
        >
          只看曾超期的
        </Checkbox>
      </Form.Item>
      <Button type="primary" htmlType="submit">
        按此筛选
      </Button>
    </Form>
  );
}
