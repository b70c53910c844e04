/** Signing on and off, failures, locks, changes of accounts: written in the same transaction as the thing itself. */
import { api, ask, type Schemas } from '../../api/client.ts';
import { Filters, useFilters } from '../../parts/Filters.tsx';
import { KeysetTable } from '../../parts/KeysetTable.tsx';
import { instantWords } from '../../words/dates.ts';

type Row = Schemas['SecurityEvent'];

const GRAVE: ReadonlySet<Row['event']> = new Set([
  'sign-in-failed',
  'sign-in-locked',
  'second-factor-failed',
  'oidc-refused',
]);

export function SecurityLog() {
  const asked = useFilters(['person']);
  return (
    <>
      <Filters filters={[{ kind: 'text', name: 'person', label: '谁', placeholder: '人员编号' }]} />
      <KeysetTable<Row>
        queryKey={['security-log', asked]}
        read={(cursor) =>
          ask(api.GET('/api/security-log', { params: { query: { ...asked, ...(cursor === '' ? {} : { cursor }) } } }))
        }
        rowKey={({ id }) => id}
        empty="没有登录记录。"
        width={820}
        columns={[
          { title: '时刻', key: 'at', width: 170, render: (_, { at }) => instantWords(at) },
          {
            title: '事件',
            key: 'event',
            rowScope: 'row',
            render: (_, { event, eventTitle }) => <span className={GRAVE.has(event) ? 'red' : ''}>{eventTitle}</span>,
          },
          {
            title: '谁的账号',
            key: 'who',
            render: (_, { person, personName }) => personName ?? person ?? '不认识的账号',
          },
          {
            title: '由谁',
            key: 'by',
            render: (_, { byPerson, byName, byPost }) =>
              byPerson === null ? '本人' : `${byName ?? byPerson}（${byPost ?? '—'}）`,
          },
          { title: '地址', key: 'address', render: (_, { address }) => address ?? '—' },
        ]}
      />
    </>
  );
}
