/** One account: its acts, each by the right it needs, and its sessions. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { api, ask, type Schemas } from '../../api/client.ts';
import { useMay, useSession } from '../../app/session.tsx';
import { Facts } from '../../parts/Facts.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { SessionRows } from '../../parts/SessionRows.tsx';
import { instantWords } from '../../words/dates.ts';
import styles from './Accounts.module.css';
import { OneTime } from './OneTime.tsx';
import { stateWords } from './words.ts';

type Account = Schemas['AccountRow'];

interface AccountDrawerProps {
  readonly account: Account | null;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<void>;
}

export const AccountDrawer = ({ account, onClose, onChanged }: AccountDrawerProps) => (
  <Drawer
    title={account === null ? '' : `${account.personName ?? account.person} · ${account.name}`}
    open={account !== null}
    onClose={onClose}
    size={480}
    styles={{ wrapper: { maxWidth: '100vw' } }}
    destroyOnHidden
  >
    {account !== null && <One account={account} onChanged={onChanged} />}
  </Drawer>
);

/** An act of one account: what it is called, what it does, and whether it is asked about first. */
interface Act {
  readonly title: string;
  readonly says: string;
  readonly button: string;
  readonly sure?: string;
  readonly run: () => Promise<unknown>;
}

function One({ account, onChanged }: { readonly account: Account; readonly onChanged: () => Promise<void> }) {
  const { person, name, disabled, lockedUntil, secondFactor, posts, lastSignInAt, linked } = account;
  const own = useSession().person.id === person;
  const [manages, unlocks, revokes] = [useMay('account.manage'), useMay('account.unlock'), useMay('session.revoke')];
  const [password, setPassword] = useState<string | null>(null);
  const act = useMutation({ mutationFn: (one: Act) => one.run(), onSuccess: onChanged });
  const path = { params: { path: { person } } };

  const acts: readonly Act[] = [
    ...(manages && !own
      ? [
          {
            title: '密码',
            says: '本人忘记时重设；其登录会话随即结束',
            button: '重设密码',
            sure: '重设后旧密码作废，会话结束。',
            run: async () => setPassword((await ask(api.POST('/api/accounts/{person}/password', path))).password),
          },
          {
            title: disabled ? '已停用' : '停用',
            says: disabled ? '恢复后可用原密码登录' : '离任或调出时停用；其登录会话随即结束',
            button: disabled ? '恢复账号' : '停用账号',
            ...(disabled ? {} : { sure: '停用后不能登录，会话结束。' }),
            run: () => ask(api.PUT('/api/accounts/{person}/disabled', { ...path, body: { disabled: !disabled } })),
          },
        ]
      : []),
    ...(unlocks && lockedUntil !== null
      ? [
          {
            title: '暂停登录',
            says: `连续失败，暂停到 ${instantWords(lockedUntil)}`,
            button: '解除暂停',
            run: () => ask(api.DELETE('/api/accounts/{person}/lock', path)),
          },
        ]
      : []),
    ...(unlocks && secondFactor && !own
      ? [
          {
            title: '第二步验证',
            says: '本人丢失身份验证器和恢复码时取消；须先核实身份',
            button: '取消第二步验证',
            sure: '取消后，只用密码即可登录。',
            run: () => ask(api.DELETE('/api/accounts/{person}/second-factor', path)),
          },
        ]
      : []),
    ...(manages && linked
      ? [
          {
            title: '统一身份认证',
            says: '已绑定',
            button: '解除绑定',
            sure: '解除后不能用统一身份认证登录。',
            run: () => ask(api.DELETE('/api/accounts/{person}/single-sign-on', path)),
          },
        ]
      : []),
  ];

  return (
    <div className={styles['drawer']}>
      <Facts
        rows={[
          ['岗位', posts.join('、') || '没有'],
          ['状况', stateWords(account)],
          ['第二步验证', secondFactor ? '已启用' : '未启用'],
          ['最近登录', lastSignInAt === null ? '从未' : instantWords(lastSignInAt)],
        ]}
      />
      {password !== null && <OneTime name={name} password={password} />}
      {act.error !== null && !act.isPending && <Failure error={act.error} />}
      {own && <p className="faint">这是您自己的账号；重设、停用请另一名管理员办理。</p>}
      <ul className={styles['acts']}>
        {acts.map((one) => (
          <li key={one.title}>
            <div>
              <b>{one.title}</b>
              <span>{one.says}</span>
            </div>
            {one.sure === undefined ? (
              <Button loading={act.isPending} onClick={() => act.mutate(one)}>
                {one.button}
              </Button>
            ) : (
              <Popconfirm title={one.sure} okText={one.button} cancelText="不办" onConfirm={() => act.mutate(one)}>
                <Button loading={act.isPending}>{one.button}</Button>
              </Popconfirm>
            )}
          </li>
        ))}
      </ul>
      {manages && !linked && <Link person={person} onChanged={onChanged} />}
      {revokes && <Sessions person={person} onChanged={onChanged} />}
    </div>
  );
}

/** Which subject of the single sign-on is this person. Only where there is one. */
function Link({ person, onChanged }: { readonly person: string; readonly onChanged: () => Promise<void> }) {
  const [subject, setSubject] = useState('');
  const options = useQuery({
    queryKey: ['sign-in-options'],
    queryFn: () => ask(api.GET('/api/sign-in-options')),
    staleTime: Infinity,
  });
  const link = useMutation({
    mutationFn: () =>
      ask(api.PUT('/api/accounts/{person}/single-sign-on', { params: { path: { person } }, body: { subject } })),
    onSuccess: onChanged,
  });
  const name = options.data?.singleSignOn ?? null;
  if (name === null) return null;
  return (
    <div className={styles['form']}>
      <label>
        <span>{name}的用户标识（sub）</span>
        <Input value={subject} maxLength={255} onChange={({ target }) => setSubject(target.value.trim())} />
      </label>
      {link.error !== null && !link.isPending && <Failure error={link.error} />}
      <div>
        <Button loading={link.isPending} disabled={subject === ''} onClick={() => link.mutate()}>
          绑定
        </Button>
      </div>
    </div>
  );
}

function Sessions({ person, onChanged }: { readonly person: string; readonly onChanged: () => Promise<void> }) {
  const queries = useQueryClient();
  const key = ['account-sessions', person];
  const path = { person };
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: () => ask(api.GET('/api/accounts/{person}/sessions', { params: { path } })),
  });
  const end = useMutation({
    mutationFn: (session: string | null) =>
      session === null
        ? ask(api.DELETE('/api/accounts/{person}/sessions', { params: { path } }))
        : ask(api.DELETE('/api/accounts/{person}/sessions/{session}', { params: { path: { ...path, session } } })),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: key });
      await onChanged();
    },
  });
  return (
    <section>
      <h2>登录会话</h2>
      {error !== null && <Failure error={error} />}
      {end.error !== null && <Failure error={end.error} />}
      {data?.sessions.length === 0 && <p className="faint">现在没有登录。</p>}
      {data !== undefined && data.sessions.length > 0 && (
        <>
          <SessionRows sessions={data.sessions} pending={end.isPending} onEnd={end.mutate} />
          <Button danger loading={end.isPending} onClick={() => end.mutate(null)}>
            结束全部会话
          </Button>
        </>
      )}
    </section>
  );
}
