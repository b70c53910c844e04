/** Account and password. What was typed stays after a refusal, but for the password. */
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { useEffect, useState, type FormEvent } from 'react';
import { api, ApiFailure, ask, type Schemas } from '../../api/client.ts';
import { PasswordInput } from '../../parts/PasswordInput.tsx';
import styles from './SignIn.module.css';

interface PasswordFormProps {
  /** Chosen from the sample accounts. */
  readonly filled: { readonly name: string; readonly password: string };
  readonly onSignedIn: (signedIn: Schemas['SignedIn']) => Promise<void>;
}

export function PasswordForm({ filled, onSignedIn }: PasswordFormProps) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState<string | null>(null);
  const signIn = useMutation({
    mutationFn: () => ask(api.POST('/api/session', { body: { name, password } })),
    onSuccess: onSignedIn,
    onError: () => setPassword(''),
  });

  useEffect(() => {
    if (filled.name === '') return;
    setName(filled.name);
    setPassword(filled.password);
  }, [filled]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(name.trim() === '' ? '请输入账号。' : password === '' ? '请输入密码。' : null);
    if (name.trim() !== '' && password !== '') signIn.mutate();
  };
  const failure = signIn.error instanceof ApiFailure ? signIn.error.detail : null;
  const says = missing ?? (signIn.isPending ? null : failure);

  return (
    <form onSubmit={submit} noValidate>
      {says !== null && <Alert className={styles['alert'] ?? ''} type="error" role="alert" title={says} />}
      <label className={styles['field']}>
        <span>账号</span>
        <Input
          size="large"
          value={name}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          onChange={({ target }) => setName(target.value)}
        />
      </label>
      <label className={styles['field']}>
        <span>密码</span>
        <PasswordInput
          size="large"
          value={password}
          autoComplete="current-password"
          onChange={({ target }) => setPassword(target.value)}
        />
      </label>
      <Button type="primary" size="large" block htmlType="submit" loading={signIn.isPending}>
        登录
      </Button>
    </form>
  );
}
