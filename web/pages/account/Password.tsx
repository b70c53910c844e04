/** My password: since when, until when, and a new one. */
import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState, type FormEvent } from 'react';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Note } from '../../parts/Note.tsx';
import { PasswordInput } from '../../parts/PasswordInput.tsx';
import { dayAndTime, dayWords } from '../../words/dates.ts';
import styles from './Account.module.css';

interface PasswordProps {
  readonly account: Schemas['OwnAccount'];
  readonly onChanged: () => Promise<void>;
}

const EMPTY = { current: '', next: '', again: '' };
const day = (at: number): string => dayWords(dayAndTime(at).on);

export function Password({ account, onChanged }: PasswordProps) {
  const { hasPassword, passwordSetAt, passwordEndsAt, passwordRules, sample, name } = account;
  const [typed, setTyped] = useState(EMPTY);
  const [wrong, setWrong] = useState<string | null>(null);
  const { current, next, again } = typed;
  const change = useMutation({
    mutationFn: () => ask(api.PUT('/api/account/password', { body: { current, next } })),
    onSuccess: async () => {
      setTyped(EMPTY);
      await onChanged();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const complaint =
      current === '' || next === '' ? '请填写当前密码和新密码。' : next === again ? null : '两次输入的新密码不同。';
    setWrong(complaint);
    if (complaint === null) change.mutate();
  };
  const field = (key: keyof typeof EMPTY, label: string, autoComplete: string) => (
    <label>
      <span>{label}</span>
      <PasswordInput
        value={typed[key]}
        autoComplete={autoComplete}
        onChange={({ target }) => setTyped({ ...typed, [key]: target.value })}
      />
    </label>
  );

  if (!hasPassword)
    return (
      <Card title="密码">
        <p>您的账号没有密码，用统一身份认证登录。</p>
      </Card>
    );
  return (
    <Card title="密码" note={passwordEndsAt === null ? undefined : `${day(passwordEndsAt)}到期`}>
      {sample && <p>这是示例账号，密码是公开的。</p>}
      {passwordSetAt !== null && <p className="quiet">上次修改：{day(passwordSetAt)}</p>}
      <form className={styles['form']} onSubmit={submit} noValidate>
        {wrong !== null && <Alert type="error" role="alert" title={wrong} />}
        {wrong === null && change.error !== null && !change.isPending && <Failure error={change.error} />}
        {change.isSuccess && <Note title="密码已修改，其他登录会话已结束。" />}
        <input type="text" name="username" value={name} autoComplete="username" readOnly hidden />
        {field('current', '当前密码', 'current-password')}
        {field('next', '新密码', 'new-password')}
        {field('again', '再输入一次新密码', 'new-password')}
        <ul className={styles['rules']}>
          {passwordRules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
        <div>
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            修改密码
          </Button>
        </div>
      </form>
    </Card>
  );
}
