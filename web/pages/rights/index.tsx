/** 权限: who may do what, how far; the same table that guards every door. */
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { useSession } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Page } from '../../parts/Page.tsx';
import styles from './Rights.module.css';

export default function RightsPage() {
  const { post } = useSession();
  const rights = useQuery({ queryKey: ['rights'], queryFn: () => ask(api.GET('/api/rights')), staleTime: Infinity });
  const { data } = rights;
  const scopes = new Map((data?.scopes ?? []).map(({ scope, title }) => [scope, title]));
  return (
    <Page title="权限">
      {rights.isPending && <Loading />}
      {rights.isError && <Failure error={rights.error} retry={() => void rights.refetch()} />}
      {data !== undefined && (
        <>
          <Card title="范围">
            <ul>
              {data.scopes.map(({ scope, title, says }) => (
                <li key={scope}>
                  <b>{title}</b> <span className="quiet">{says}</span>
                </li>
              ))}
            </ul>
            <p className="quiet">
              没有列出的即没有。权限只开门，每一步能不能办还看案件的规则。系统管理员、安全管理员、审计管理员三员分立：须由不同的人担任，都不能办案，也看不到案件。
            </p>
          </Card>
          <Card flush title="权限表" note={post === null ? undefined : `您现在的岗位：${post.title}`}>
            <div className={styles['scroll']} role="region" aria-label="权限表" tabIndex={0}>
              <table className={styles['table']}>
                <thead>
                  <tr>
                    <th scope="col">权限</th>
                    {data.roles.map(({ role, title, administrator }) => (
                      <th
                        key={role}
                        scope="col"
                        className={
                          role === post?.role ? styles['own'] : administrator ? styles['administrator'] : undefined
                        }
                        aria-current={role === post?.role ? 'true' : undefined}
                      >
                        {title}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {data.rights.map(({ right, title, says, scopes: of }) => (
                    <tr key={right}>
                      <th scope="row" title={says}>
                        {title}
                        <p>{says}</p>
                      </th>
                      {data.roles.map(({ role }) => (
                        <td key={role} className={role === post?.role ? styles['own'] : undefined}>
                          {of[role] === undefined ? (
                            <span className="faint">—</span>
                          ) : (
                            (scopes.get(of[role]) ?? of[role])
                          )}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </Card>
        </>
      )}
    </Page>
  );
}
