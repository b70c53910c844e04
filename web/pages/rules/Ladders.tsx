/** The ladders: what goes to whom, when, with which paper. */
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Versions } from './Versions.tsx';

interface Rung {
  readonly id: string;
  readonly place: { readonly share?: number; readonly workingDaysBefore?: number; readonly workingDaysAfter?: number };
  readonly to: readonly (string | { readonly role: string })[];
  readonly document?: string;
  readonly urgency: string;
}

function placeWords({ place, document }: Rung): string {
  if (place.share !== undefined) return `期限过 ${Math.round(place.share * 100)}%`;
  if (place.workingDaysBefore !== undefined) return `末日前 ${place.workingDaysBefore} 个工作日`;
  if (place.workingDaysAfter !== undefined) return `超期 ${place.workingDaysAfter} 个工作日`;
  return document ?? '到期';
}

export function Ladders() {
  const ladders = useQuery({ queryKey: ['ladders'], queryFn: () => ask(api.GET('/api/ladders')) });
  const rights = useQuery({ queryKey: ['rights'], queryFn: () => ask(api.GET('/api/rights')), staleTime: Infinity });
  const roles = new Map((rights.data?.roles ?? []).map(({ role, title }) => [role, title]));
  const toWords = (to: Rung['to']): string =>
    to
      .map((one) =>
        one === 'holder'
          ? '承办岗位'
          : one === 'superior'
            ? '其上级'
            : typeof one === 'object'
              ? (roles.get(one.role) ?? one.role)
              : one,
      )
      .join('、');
  return (
    <>
      {ladders.isPending && <Loading />}
      {ladders.isError && <Failure error={ladders.error} retry={() => void ladders.refetch()} />}
      {(ladders.data?.inForce ?? []).map(({ hash, body }) => {
        const { title, name, version, owner, rungs } = body as unknown as {
          title?: string;
          name: string;
          version: string;
          owner: string;
          rungs: readonly Rung[];
        };
        return (
          <Card key={hash} title={title ?? name} note={`${version}，责任人 ${owner}，区规定，不是法律`}>
            {rungs.length === 0 && <p className="quiet">没有提醒和升级。</p>}
            <ol>
              {rungs.map((rung) => (
                <li key={rung.id}>
                  <b>{placeWords(rung)}</b>：{rung.document === undefined ? '通知' : `${rung.document}，发`}
                  {toWords(rung.to)}
                  {rung.urgency === 'at-once' ? '，立即发' : '，随当日汇总发'}
                </li>
              ))}
            </ol>
          </Card>
        );
      })}
      {ladders.data !== undefined && <Versions versions={ladders.data.versions} />}
    </>
  );
}
