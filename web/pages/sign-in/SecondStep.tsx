/** The six figures of the authenticator, or a recovery code for whoever lost it. */
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { api, ApiFailure, ask, type Schemas } from '../../api/client.ts';
import styles from './SignIn.module.css';

interface SecondStepProps {
  readonly onSignedIn: (signedIn: Schemas['SignedIn']) => Promise<void>;
  /** Back to the password; without it there is no way back. */
  readonly onBack?: () => void;
}

export function SecondStep({ onSignedIn, onBack }: SecondStepProps) {
  const [lost, setLost] = useState(false);
  const [text, setText] = useState('');
  const typed = lost ? text.trim() : text.replaceAll(/\D/g, '');
  const pass = useMutation({
    mutationFn: () =>
      ask(api.POST('/api/session/second-factor', { body: lost ? { recoveryCode: typed } : { code: typed } })),
    onSuccess: onSignedIn,
    onError: () => setText(''),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (lost ? typed !== '' : typed.length === 6) pass.mutate();
  };
  // The half session lasts as long as any idle one.
  const over = pass.error instanceof ApiFailure && pass.error.code === 'not-signed-in';

  return (
    <form onSubmit={submit} noValidate>
      {pass.error instanceof ApiFailure && !pass.isPending && (
        <Alert
          className={styles['alert'] ?? ''}
          type="error"
          role="alert"
          title={over ? '等得太久，请重新输入密码。' : pass.error.detail}
        />
      )}
      <label className={styles['field']}>
        <span>{lost ? '恢复码' : '身份验证器上的六位数字'}</span>
        <Input
          key={String(lost)}
          size="large"
          value={text}
          autoFocus
          autoComplete={lost ? 'off' : 'one-time-code'}
          inputMode={lost ? 'text' : 'numeric'}
          maxLength={lost ? 40 : 7}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <Button type="primary" size="large" block htmlType="submit" loading={pass.isPending}>
        验证
      </Button>
      <p>
        <Button
          type="link"
          onClick={() => {
            setLost(!lost);
            setText('');
          }}
        >
          {lost ? '改用六位数字' : '手机不在身边，用恢复码'}
        </Button>
        {onBack !== undefined && (
          <Button type="link" onClick={onBack}>
            重新输入密码
          </Button>
        )}
      </p>
    </form>
  );
}
