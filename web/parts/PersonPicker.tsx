/** A person of the register, found by part of the name. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { api, ask } from '../api/client.ts';

interface PersonPickerProps {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (person: string | undefined) => void;
}

export default function PersonPicker({ id, value, onChange }: PersonPickerProps) {
  const [text, setText] = useState('');
  const persons = useQuery({
    queryKey: ['persons', text],
    queryFn: () =>
      ask(api.GET('/api/register/persons', { params: { query: { limit: 20, ...(text === '' ? {} : { text }) } } })),
    placeholderData: (before) => before,
  });
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      {...(value === undefined ? {} : { value })}
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={persons.isFetching}
      placeholder="输入姓名查找"
      notFoundContent="没有找到，请换一个姓名"
      onChange={(chosen: string | undefined) => onChange?.(chosen)}
      options={(persons.data?.rows ?? []).map(({ id: person, name, posts }) => ({
        value: person,
        label: `${name}${posts[0] === undefined ? '' : `（${posts[0].title}）`}`,
      }))}
    />
  );
}
