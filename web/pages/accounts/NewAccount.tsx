/** An account for somebody of the register: find the person, give the account a name, hand over the password. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Drawer, Input } from 'antd';
import { useDeferredValue, useState, type FormEvent } from 'react';
import { api, ask } from '../../api/client.ts';
import { Failure } from '../../parts/Failure.tsx';
import styles from './Accounts.module.css';
import { OneTime } from './OneTime.tsx';

interface NewAccountProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onMade: () => Promise<void>;
}

export function NewAccount({ open, onClose, onMade }: NewAccountProps) {
  return (
    <Drawer
      title="建立账号"
      open={open}
      onClose={onClose}
      size={440}
      styles={{ wrapper: { maxWidth: '100vw' } }}
      destroyOnHidden
    >
      <Form onMade={onMade} />
    </Drawer>
  );
}

function Form({ onMade }: Pick<NewAccountProps, 'onMade'>) {
  const [text, setText] = useState('');
  const [person, setPerson] = useState<string | null>(null);
  const [name, setName] = useState('');
  const asked = useDeferredValue(text.trim());
  const people = useQuery({
    queryKey: ['account-candidates', asked],
    queryFn: () => ask(api.GET('/api/account-candidates', { params: { query: { text: asked } } })),
    enabled: asked !== '',
  });
  const make = useMutation({
    mutationFn: (body: { person: string; name: string }) => ask(api.POST('/api/accounts', { body })),
    onSuccess: onMade,
  });
  if (make.data !== undefined) return <OneTime name={name} password={make.data.password} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (person !== null && name.trim() !== '') make.mutate({ person, name: name.trim() });
  };
  return (
    <form className={styles['form']} onSubmit={submit} noValidate>
      <label>
        <span>人员：姓名的一部分，或人员编号</span>
        <Input
          value={text}
          autoFocus
          onChange={({ target }) => {
            setText(target.value);
            setPerson(null);
          }}
        />
      </label>
      {people.error !== null && <Failure error={people.error} />}
      {people.data?.rows.length === 0 && <p className="faint">没有找到；此人可能已有账号，或不在名册中。</p>}
      <ul className={styles['people']}>
        {people.data?.rows.map((row) => (
          <li key={row.person}>
            <button
              type="button"
              aria-pressed={row.person === person}
              onClick={() => {
                setPerson(row.person);
                if (name === '') setName(row.person);
              }}
            >
              {row.name}
              <span>{[row.person, ...row.posts].join(' · ')}</span>
            </button>
          </li>
        ))}
      </ul>
      <label>
        <span>账号名：小写字母、数字、汉字、点、下划线或连字符</span>
        <Input value={name} maxLength={40} onChange={({ target }) => setName(target.value)} />
      </label>
      {make.error !== null && !make.isPending && <Failure error={make.error} />}
      <div>
        <Button
          type="primary"
          htmlType="submit"
          loading={make.isPending}
          disabled={person === null || name.trim() === ''}
        >
          建立账号
        </Button>
        {person === null && <span className="faint"> 请先选一名人员</span>}
      </div>
    </form>
  );
}
