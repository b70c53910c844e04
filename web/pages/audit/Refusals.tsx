/** What was asked of cases and not done: who, what, why, which article. */
import { Link } from 'react-router';
import { api, ask, type Schemas } from '../../api/client.ts';
import { Filters, useFilters } from '../../parts/Filters.tsx';
import { KeysetTable } from '../../parts/KeysetTable.tsx';
import { instantWords } from '../../words/dates.ts';
import { casePath } from '../../words/links.ts';
import { fullWidth } from '../../words/punctuation.ts';
import { inFull } from '../../words/statutes.ts';

type Row = Schemas['RefusalRow'];

export function Refusals() {
  const asked = useFilters(['case', 'person', 'code']);
  return (
    <>
      <Filters
        filters={[
          { kind: 'text', name: 'case', label: '案件', placeholder: '完整编号' },
          { kind: 'text', name: 'person', label: '办理人', placeholder: '人员编号' },
          { kind: 'text', name: 'code', label: '原因代码', placeholder: '例如 own-work' },
        ]}
      />
      <KeysetTable<Row>
        queryKey={['refusals', asked]}
        read={(cursor) =>
          ask(api.GET('/api/refusals', { params: { query: { ...asked, ...(cursor === '' ? {} : { cursor }) } } }))
        }
        rowKey={({ id }) => id}
        empty="没有被拒的办理。"
        width={860}
        columns={[
          { title: '时刻', key: 'at', width: 170, render: (_, { at }) => instantWords(at) },
          {
            title: '要办什么',
            key: 'what',
            rowScope: 'row',
            render: (_, { label, caseId }) => (
              <>
                {label} <Link to={casePath(caseId)}>{caseId}</Link>
              </>
            ),
          },
          {
            title: '谁',
            key: 'who',
            render: (_, { person, personName, postTitle }) => `${personName ?? person}（${postTitle ?? '—'}）`,
          },
          {
            title: '为什么不行',
            key: 'why',
            render: (_, { text, article, code }) => (
              <span title={code}>
                {fullWidth(text)}
                {article === null ? '' : `（${inFull(article)}）`}
              </span>
            ),
          },
        ]}
      />
    </>
  );
}
