/** A page this post may not open: what, which right is missing, who holds it, whom to ask. */
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api, ask } from '../api/client.ts';
import { useSession } from '../app/session.tsx';
import { Card } from './Card.tsx';
import { Page } from './Page.tsx';

export function Forbidden({ title, rights }: { readonly title: string; readonly rights: readonly string[] }) {
  const { post } = useSession();
  const { data } = useQuery({ queryKey: ['rights'], queryFn: () => ask(api.GET('/api/rights')), staleTime: Infinity });
  const missing = data?.rights.filter(({ right }) => rights.includes(right)) ?? [];
  return (
    <Page title={title}>
      <Card>
        <p>
          您现在以「{post?.title ?? '（无岗位）'}」登录，这个岗位不能打开「{title}」。本次打开已记入访问记录。
        </p>
        {missing.map(({ right, title: name, holders }) => (
          <p key={right} className="quiet">
            需要的权限：{name}；有这项权限的岗位：{holders.join('、')}。
          </p>
        ))}
        <p className="quiet">
          如因工作需要，请联系区食药安办；如您另有岗位，可在<Link to="/account">我的账号</Link>切换。
        </p>
      </Card>
    </Page>
  );
}
