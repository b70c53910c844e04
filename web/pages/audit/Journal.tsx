/** Every entry of every chain, newest first; each opens its case as it was at that moment. */
import { Link } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Filters, useFilters } from '../../parts/Filters.tsx';
import { KeysetTable } from '../../parts/KeysetTable.tsx';
import { instantWords } from '../../words/dates.ts';
import { casePath } from '../../words/links.ts';

type Row = Schemas['JournalRow'];

const KINDS = [
  ['round', '督导轮次'],
  ['correction', '问题整改'],
  ['cycle', '督导周期'],
  ['binding-duty', '落实包保'],
  ['pledge-duty', '签订承诺书'],
  ['subject', '名册：主体'],
  ['post', '名册：岗位'],
  ['person', '名册：人员'],
  ['unit', '名册：单位'],
] as const;

export function Journal() {
  const asked = useFilters(['kind', 'chain', 'person', 'post', 'said', 'from', 'to']);
  return (
    <>
      <Filters
        filters={[
          { kind: 'choice', name: 'kind', label: '种类', options: KINDS.map(([value, label]) => ({ value, label })) },
          { kind: 'text', name: 'chain', label: '案件', placeholder: '完整编号' },
          { kind: 'text', name: 'person', label: '办理人', placeholder: '人员编号' },
          { kind: 'text', name: 'post', label: '岗位', placeholder: '岗位编号' },
          { kind: 'text', name: 'said', label: '动作', placeholder: '例如 record-visit' },
          { kind: 'day', name: 'from', label: '自' },
          { kind: 'day', name: 'to', label: '至' },
        ]}
      />
      <KeysetTable<Row>
        queryKey={['journal', asked]}
        read={(cursor) =>
          ask(api.GET('/api/journal', { params: { query: { ...asked, ...(cursor === '' ? {} : { cursor }) } } }))
        }
        rowKey={({ id }) => id}
        empty="没有符合条件的流水。可放宽时间或者清除筛选。"
        width={900}
        columns={[
          { title: '时刻', key: 'at', width: 170, render: (_, { at }) => instantWords(at) },
          {
            title: '做了什么',
            key: 'label',
            rowScope: 'row',
            render: (_, { label, chain, seq, isCase }) =>
              isCase ? <Link to={`${casePath(chain)}?seq=${seq}`}>{label}</Link> : label,
          },
          {
            title: '案件或名册',
            key: 'chain',
            render: (_, { chain, seq }) => (
              <span title={chain}>
                {chain} <span className="faint">#{seq}</span>
              </span>
            ),
          },
          {
            title: '谁',
            key: 'who',
            render: (_, { person, personName, postTitle }) =>
              person === 'system' || person === null ? '系统' : `${personName ?? person}（${postTitle ?? '—'}）`,
          },
          {
            title: '哈希',
            key: 'hash',
            width: 110,
            render: (_, { hash }) => (
              <span className="faint" title={hash}>{`${hash.slice(0, 4)}…${hash.slice(-4)}`}</span>
            ),
          },
        ]}
      />
    </>
  );
}
