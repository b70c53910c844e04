/** Signing in: password, then the second step where the account has one; or the government's single sign-on. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { useSessionState } from '../../app/session.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { nextPage, problemWords } from './problems.ts';
import { Samples } from './Samples.tsx';
import { SecondStep } from './SecondStep.tsx';
import styles from './SignIn.module.css';

type SignedIn = Schemas['SignedIn'];

export default function SignIn() {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const { refresh } = useSessionState();
  const [step, setStep] = useState<'password' | 'second-factor'>(
    search.get('step') === 'second-factor' ? 'second-factor' : 'password',
  );
  const [filled, setFilled] = useState({ name: '', password: '' });
  const options = useQuery({
    queryKey: ['sign-in-options'],
    queryFn: () => ask(api.GET('/api/sign-in-options')),
    staleTime: Infinity,
  });
  const next = nextPage(search.get('next'));
  const problem = problemWords(search.get('problem'));
  const { singleSignOn = null, sample = null } = options.data ?? {};

  useEffect(() => {
    document.title = '登录 · 照单';
  }, []);

  const arrived = async ({ awaits, session }: SignedIn) => {
    if (awaits !== null) {
      setStep('second-factor');
      return;
    }
    await refresh();
    await navigate(session?.shouldEnrol === true ? '/account?enrol=1' : next, { replace: true });
  };

  return (
    <main className={styles['frame']}>
      <div className={styles['inner']}>
        <div className={styles['brand']}>
          <i aria-hidden="true">单</i>
          <b>照单</b>
          <span>区食药安办 · 督导与办件</span>
        </div>
        <section className={styles['card']}>
          <h1>{step === 'password' ? '登录' : '第二步验证'}</h1>
          {problem !== null && step === 'password' && (
            <Alert className={styles['alert'] ?? ''} type="error" role="alert" title={problem} />
          )}
          {step === 'password' ? (
            <PasswordForm filled={filled} onSignedIn={arrived} />
          ) : (
            <SecondStep onSignedIn={arrived} onBack={() => setStep('password')} />
          )}
          {singleSignOn !== null && step === 'password' && (
            <div className={styles['or']}>
              <Button block href={`/api/sign-on/oidc?next=${encodeURIComponent(next)}`}>
                用{singleSignOn}登录
              </Button>
            </div>
          )}
        </section>
        {sample !== null && step === 'password' && (
          <Samples
            password={sample.password}
            accounts={sample.accounts}
            onChoose={(name) => setFilled({ name, password: sample.password })}
          />
        )}
      </div>
    </main>
  );
}
