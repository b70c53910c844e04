/** A post or a subject of the register, found by a few characters. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { api, ask } from '../api/client.ts';

interface PickerProps {
  readonly id: string;
  readonly value?: string;
  readonly onChange?: (value: string | undefined) => void;
}

const MOST = 30;

interface Option {
  readonly value: string;
  readonly label: string;
}

function Picker({
  id,
  value,
  onChange,
  placeholder,
  find,
  of,
}: PickerProps & {
  readonly placeholder: string;
  readonly of: string;
  readonly find: (text: string) => Promise<readonly Option[]>;
}) {
  const [text, setText] = useState('');
  const asked = useDeferredValue(text.trim());
  const { data, isFetching } = useQuery({
    queryKey: ['pick', of, asked],
    queryFn: () => find(asked),
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  return (
    <Select
      id={id}
      allowClear
      placeholder={placeholder}
      value={value ?? null}
      onChange={(chosen: string | null | undefined) => onChange?.(chosen ?? undefined)}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={isFetching}
      options={[...(data ?? [])]}
      notFoundContent={isFetching ? '正在查找' : '没有找到'}
    />
  );
}

export const PostPicker = (props: PickerProps) => (
  <Picker
    {...props}
    of="post"
    placeholder="按岗位、姓名或单位查找"
    find={async (text) => {
      const query = { limit: MOST, ...(text === '' ? {} : { text }) };
      const { rows } = await ask(api.GET('/api/register/posts', { params: { query } }));
      return rows.map(({ id, title, unit, holder }) => ({
        value: id,
        label: `${title} · ${unit.name}${holder === null ? '（空缺）' : ` · ${holder.name}`}`,
      }));
    }}
  />
);

export const SubjectPicker = (props: PickerProps) => (
  <Picker
    {...props}
    of="subject"
    placeholder="按名称查找主体"
    find={async (text) => {
      const query = { limit: MOST, ...(text === '' ? {} : { text }) };
      const { rows } = await ask(api.GET('/api/register/subjects', { params: { query } }));
      return rows.map(({ id, name, class: level }) => ({ value: id, label: `${name} · ${level} 级` }));
    }}
  />
);
