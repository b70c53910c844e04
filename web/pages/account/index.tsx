/** 我的账号: for which post I act, my password, my second factor, and where I am signed in. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { useSession, useSessionState } from '../../app/session.tsx';
import { unsentOf } from '../../offline/kept.ts';
import { forgetSession } from '../../offline/remembered-session.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Note } from '../../parts/Note.tsx';
import { Page } from '../../parts/Page.tsx';
import { SecondStep } from '../sign-in/SecondStep.tsx';
import { Card } from '../../parts/Card.tsx';
import styles from './Account.module.css';
import { Password } from './Password.tsx';
import { Posts } from './Posts.tsx';
import { SecondFactor } from './SecondFactor.tsx';
import { Sessions } from './Sessions.tsx';

export default function Account() {
  const session = useSession();
  const { refresh } = useSessionState();
  const [search] = useSearchParams();
  // Decided once: the codes shown after enrolling must not move away under the person's eyes.
  const [enrolFirst] = useState(session.shouldEnrol || search.has('enrol'));
  const navigate = useNavigate();
  const account = useQuery({ queryKey: ['account'], queryFn: () => ask(api.GET('/api/account')) });
  const signOut = useMutation({
    mutationFn: async () => {
      await ask(api.DELETE('/api/session'));
      await forgetSession();
    },
    // A new document: nothing of the person's stays in the page's memory.
    onSuccess: () => window.location.assign('/sign-in'),
  });
  /** Asked once when something would stay behind on this phone. */
  const leave = useMutation({
    mutationFn: () => unsentOf(session.person.id),
    networkMode: 'always',
    onSuccess: ({ visits, drafts }) => {
      if (visits + drafts === 0) signOut.mutate();
    },
    onError: () => signOut.mutate(),
  });
  const behind = leave.data ?? { visits: 0, drafts: 0 };

  const body = () => {
    if (account.data === undefined)
      return account.error === null ? (
        <Loading />
      ) : (
        <Failure error={account.error} retry={() => void account.refetch()} />
      );
    if (session.mustChangePassword)
      return (
        <>
          <div className={styles['cards']}>
            <Note title="请先修改密码">当前密码是管理员重设的，或已到期。改好之后即可办理。</Note>
            <Password
              account={account.data}
              onChanged={async () => {
                await refresh();
                await navigate('/');
              }}
            />
          </div>
        </>
      );
    if (session.mustStepUp && session.hasSecondFactor)
      return (
        <div className={styles['cards']}>
          <Card title="第二步验证" note="管理岗位须完成后才能办理">
            <SecondStep onSignedIn={refresh} />
          </Card>
        </div>
      );
    return (
      <>
        <div className={styles['cards']}>
          {session.shouldEnrol && account.data.secondFactorSince === null && (
            <Note title={session.mustStepUp ? '请先启用第二步验证' : '建议启用第二步验证'}>
              {session.mustStepUp
                ? '管理岗位须在密码之外再有一步验证，启用后即可办理。'
                : '本机试用不强制；正式环境的管理岗位必须启用。'}
            </Note>
          )}
          {enrolFirst && <SecondFactor account={account.data} />}
          <Posts />
          <Password account={account.data} onChanged={refresh} />
          {!enrolFirst && <SecondFactor account={account.data} />}
          <Sessions />
        </div>
      </>
    );
  };

  return (
    <Page
      title="我的账号"
      beside={<span className="faint">{session.account}</span>}
      acts={
        <Button loading={signOut.isPending} onClick={() => leave.mutate()}>
          退出登录
        </Button>
      }
    >
      {signOut.error !== null && <Failure error={signOut.error} />}
      {behind.visits + behind.drafts > 0 && (
        <Note title="这台手机上还有没送出的走访">
          {behind.visits} 份等待送出，{behind.drafts} 份没有记完。退出后仍留在本机，别人看不到，您再次登录后接着送出。
          <p>
            <Link to="/rounds/queue">先去送出</Link>
          </p>
          <Button loading={signOut.isPending} onClick={() => signOut.mutate()}>
            仍要退出
          </Button>
        </Note>
      )}
      {body()}
    </Page>
  );
}
