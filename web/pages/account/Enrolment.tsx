/** Enrolling an authenticator: the password, the picture to scan, the first code. */
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState, type FormEvent } from 'react';
import { toDataURL } from 'qrcode';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PasswordInput } from '../../parts/PasswordInput.tsx';
import styles from './Account.module.css';
import { CodeForm } from './CodeForm.tsx';

interface EnrolmentProps {
  readonly hasPassword: boolean;
  readonly onEnrolled: (recoveryCodes: readonly string[]) => Promise<void>;
}

export function Enrolment({ hasPassword, onEnrolled }: EnrolmentProps) {
  const [password, setPassword] = useState('');
  const begin = useMutation({
    mutationFn: () => ask(api.POST('/api/account/second-factor', { body: hasPassword ? { password } : {} })),
    onSettled: () => setPassword(''),
  });
  const confirm = useMutation({
    mutationFn: (code: string) => ask(api.PUT('/api/account/second-factor', { body: { code } })),
    onSuccess: ({ recoveryCodes }) => onEnrolled(recoveryCodes),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin.mutate();
  };

  if (begin.data !== undefined)
    return (
      <>
        <p>用手机上的身份验证器应用扫描图形，再输入它显示的数字。</p>
        <div className={styles['enrol']}>
          <Picture {...begin.data} />
          <div>
            <p className="faint">不能扫描时，在应用中手工输入：</p>
            <p className={styles['secret']}>{spaced(begin.data.secret)}</p>
            <CodeForm act="启用" pending={confirm.isPending} error={confirm.error} onCode={confirm.mutate} />
          </div>
        </div>
      </>
    );
  return (
    <form className={styles['form']} onSubmit={submit} noValidate>
      {begin.error !== null && !begin.isPending && <Failure error={begin.error} />}
      {hasPassword && (
        <label>
          <span>当前密码</span>
          <PasswordInput
            value={password}
            autoComplete="current-password"
            onChange={({ target }) => setPassword(target.value)}
          />
        </label>
      )}
      <div>
        <Button type="primary" htmlType="submit" loading={begin.isPending} disabled={hasPassword && password === ''}>
          开始启用
        </Button>
      </div>
    </form>
  );
}

const spaced = (secret: string): string => (secret.match(/.{1,4}/g) ?? []).join(' ');

function Picture({ uri }: Schemas['NewSecondFactor']) {
  const [picture, setPicture] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    void toDataURL(uri, { margin: 2, width: 352 }).then((made) => {
      if (current) setPicture(made);
    });
    return () => {
      current = false;
    };
  }, [uri]);
  return picture === null ? null : <img src={picture} alt="添加到身份验证器的二维码" />;
}
