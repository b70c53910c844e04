/** My second factor: enrol an authenticator, renew the recovery codes, switch it off. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { api, ask, type Schemas } from '../../api/client.ts';
import { useSessionState } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import { dayAndTime, dayWords } from '../../words/dates.ts';
import styles from './Account.module.css';
import { CodeForm } from './CodeForm.tsx';
import { Enrolment } from './Enrolment.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';

type Doing = 'nothing' | 'renewing' | 'removing';

export function SecondFactor({ account }: { readonly account: Schemas['OwnAccount'] }) {
  const { secondFactorSince, recoveryCodesLeft, hasPassword } = account;
  const queries = useQueryClient();
  const { refresh } = useSessionState();
  const [doing, setDoing] = useState<Doing>('nothing');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const changed = async () => {
    setDoing('nothing');
    await queries.invalidateQueries({ queryKey: ['account'] });
  };
  const renew = useMutation({
    mutationFn: (code: string) => ask(api.POST('/api/account/recovery-codes', { body: { code } })),
    onSuccess: async ({ recoveryCodes }) => {
      setCodes(recoveryCodes);
      await changed();
    },
  });
  const remove = useMutation({
    mutationFn: (code: string) => ask(api.POST('/api/account/second-factor/removal', { body: { code } })),
    onSuccess: async () => {
      await changed();
      await refresh();
    },
  });

  if (codes !== null)
    return (
      <Card title="恢复码">
        <RecoveryCodes
          codes={codes}
          onKept={() => {
            setCodes(null);
            void refresh();
          }}
        />
      </Card>
    );
  if (secondFactorSince === null)
    return (
      <Card title="第二步验证" note="未启用">
        <p>启用后，登录时除密码外还要输入身份验证器（手机应用）上的六位数字。</p>
        <Enrolment
          hasPassword={hasPassword}
          onEnrolled={async (made) => {
            setCodes(made);
            await queries.invalidateQueries({ queryKey: ['account'] });
          }}
        />
      </Card>
    );
  return (
    <Card title="第二步验证" note={`${dayWords(dayAndTime(secondFactorSince).on)}启用`}>
      <ul className={styles['rows']}>
        <li>
          <div className={styles['what']}>
            <b>恢复码</b>
            <span>{recoveryCodesLeft === 0 ? '已用完，请重新生成' : `还有 ${recoveryCodesLeft} 个没有用过`}</span>
          </div>
          <Button onClick={() => setDoing('renewing')}>重新生成</Button>
        </li>
        <li>
          <div className={styles['what']}>
            <b>身份验证器</b>
            <span>换手机时，先停用，再用新手机启用</span>
          </div>
          <Button onClick={() => setDoing('removing')}>停用</Button>
        </li>
      </ul>
      {doing === 'renewing' && (
        <CodeForm act="重新生成恢复码" pending={renew.isPending} error={renew.error} onCode={renew.mutate} />
      )}
      {doing === 'removing' && (
        <CodeForm act="停用第二步验证" pending={remove.isPending} error={remove.error} onCode={remove.mutate} />
      )}
    </Card>
  );
}
