/** The ladders: what goes to whom, when, with which paper. */
import { useQuery } from '@tanstack/react-query';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Versions } from './Versions.tsx';

type Rung = Schemas['Ladder']['rungs'][number];

function placeWords({ place, document }: Rung): string {
  if ('share' in place) return `期限过 ${Math.round(place.share * 100)}%`;
  if ('workingDaysBefore' in place) return `末日前 ${place.workingDaysBefore} 个工作日`;
  if ('workingDaysAfter' in place) return `超期 ${place.workingDaysAfter} 个工作日`;
  return document ?? '到期';
}

const TO = { holder: '承办岗位', superior: '其上级' } as const;

export function Ladders() {
  const ladders = useQuery({ queryKey: ['ladders'], queryFn: () => ask(api.GET('/api/ladders')) });
  const rights = useQuery({ queryKey: ['rights'], queryFn: () => ask(api.GET('/api/rights')), staleTime: Infinity });
  const roles = new Map<string, string>((rights.data?.roles ?? []).map(({ role, title }) => [role, title]));
  const toWords = (to: Rung['to']): string =>
    to.map((one) => (typeof one === 'object' ? (roles.get(one.role) ?? one.role) : TO[one])).join('、');
  return (
    <>
      {ladders.isPending && <Loading />}
      {ladders.isError && <Failure error={ladders.error} retry={() => void ladders.refetch()} />}
      {(ladders.data?.inForce ?? []).map(({ hash, body: { title, name, version, owner, rungs } }) => (
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
      ))}
      {ladders.data !== undefined && <Versions versions={ladders.data.versions} />}
    </>
  );
}
