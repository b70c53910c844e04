/** For which post I act. A deputy acts in the own name, and the record shows both. */
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { api, ask } from '../../api/client.ts';
import { useSession, useSessionState } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import styles from './Account.module.css';

export function Posts() {
  const { post: acting, posts, person } = useSession();
  const { refresh } = useSessionState();
  const choose = useMutation({
    mutationFn: (post: string) => ask(api.PUT('/api/session/post', { body: { post } })),
    onSuccess: refresh,
  });
  return (
    <Card title="我的岗位" note={posts.length > 1 ? '切换后，待办与可看的内容随岗位变化' : undefined}>
      {choose.error !== null && <Failure error={choose.error} />}
      {posts.length === 0 ? (
        <p>您现在没有岗位，也不代理任何岗位。请联系区食药安办在名册中登记任职。</p>
      ) : (
        <ul className={styles['rows']}>
          {posts.map((post) => (
            <li key={`${post.id} ${post.capacity}`}>
              <div className={styles['what']}>
                <b>{post.title}</b>
                <span>
                  {post.unit.name}
                  {post.capacity === 'deputy' && ` · 代理：以${person.name}的名义办理，记录中同时写明岗位`}
                </span>
              </div>
              {post.id === acting?.id ? (
                <span className="quiet">正以此岗位办理</span>
              ) : (
                <Button loading={choose.isPending} onClick={() => choose.mutate(post.id)}>
                  切换到此岗位
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
