/** A page this post may not open: what, which right is missing, who holds it, whom to ask. Each opening is in the access log. */
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'react-router';
import { api, ask, type Right } from '../api/client.ts';
import { useSession } from '../app/session.tsx';
import { Card } from './Card.tsx';
import { Page } from './Page.tsx';

interface ForbiddenProps {
  readonly title: string;
  /** Any one of them would open it. */
  readonly rights: readonly Right[];
}

export function Forbidden({ title, rights }: ForbiddenProps) {
  const { post } = useSession();
  const { pathname: page } = useLocation();
  const [wanted] = rights;
  // Asked once an opening, and no answer is kept: the question is what writes the opening down.
  const { data } = useQuery({
    queryKey: ['rights', 'wanted', wanted, page],
    queryFn: () => ask(api.GET('/api/rights', { params: { query: wanted === undefined ? {} : { wanted, page } } })),
    staleTime: Infinity,
    gcTime: 0,
  });
  const missing = data?.rights.filter(({ right }) => rights.some((one) => one === right)) ?? [];
  return (
    <Page title={title}>
      <Card>
        <p>
          您现在以「{post?.title ?? '（无岗位）'}」登录，这个岗位不能打开「{title}」。
          {data !== undefined && '本次打开已记入访问记录。'}
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
