/** The ledger of notices: to which post, about which case, sent or not and why; those that failed can be sent again. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { api, ask, newKey, numbered, type Schemas } from '../../api/client.ts';
import { useMay } from '../../app/session.tsx';
import { Facts } from '../../parts/Facts.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Filters, useFilters } from '../../parts/Filters.tsx';
import { KeysetTable } from '../../parts/KeysetTable.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { SidePanel } from '../../parts/SidePanel.tsx';
import { instantWords } from '../../words/dates.ts';
import { casePath } from '../../words/links.ts';

type Row = Schemas['Notice'];

const STATES: Readonly<Record<Row['state'], string>> = {
  queued: '待发出',
  frozen: '正在发出',
  sent: '已发出',
  refused: '没送到',
  overtaken: '已被取代',
  'no-addressee': '无人可收',
  read: '已读',
};

const FAILED: ReadonlySet<Row['state']> = new Set(['refused', 'no-addressee']);

export function Ledger() {
  const { state, ...asked } = useFilters(['state', 'caseId', 'post', 'person']);
  const [params, setParams] = useSearchParams();
  const open = params.get('open');
  const show = (id: string | null) =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      if (id === null) next.delete('open');
      else next.set('open', id);
      return next;
    });
  return (
    <>
      <Filters
        filters={[
          {
            kind: 'choice',
            name: 'state',
            label: '状态',
            options: Object.entries(STATES).map(([value, label]) => ({ value, label })),
          },
          { kind: 'text', name: 'caseId', label: '案件', placeholder: '完整编号' },
          { kind: 'text', name: 'post', label: '岗位', placeholder: '岗位编号' },
          { kind: 'text', name: 'person', label: '收件人', placeholder: '人员编号' },
        ]}
      />
      <KeysetTable<Row>
        queryKey={['notices', state, asked]}
        read={(cursor) =>
          ask(
            api.GET('/api/notices', {
              params: {
                query: {
                  ...asked,
                  ...(state === undefined ? {} : { state: state as Row['state'] }),
                  ...(cursor === '' ? {} : { cursor }),
                },
              },
            }),
          )
        }
        rowKey={({ id }) => id}
        empty="没有符合条件的通知。"
        width={900}
        columns={[
          { title: '时刻', key: 'at', width: 170, render: (_, { at }) => instantWords(at) },
          {
            title: '通知',
            key: 'act',
            rowScope: 'row',
            render: (_, { id, act }) => (
              <Button type="link" size="small" onClick={() => show(id)}>
                {act}
              </Button>
            ),
          },
          { title: '案件', key: 'case', render: (_, { caseId }) => <Link to={casePath(caseId)}>{caseId}</Link> },
          {
            title: '发给',
            key: 'to',
            render: (_, { postTitle, post, personName }) =>
              `${postTitle ?? post}${personName === null ? '' : `，${personName}`}`,
          },
          {
            title: '状态',
            key: 'state',
            width: 190,
            render: (_, { state: now, whyWords }) => (
              <span className={FAILED.has(now) ? 'red' : ''}>
                {STATES[now]}
                {whyWords === null ? '' : `：${whyWords}`}
              </span>
            ),
          },
        ]}
      />
      {open !== null && <One id={open} close={() => show(null)} />}
    </>
  );
}

function One({ id, close }: { readonly id: string; readonly close: () => void }) {
  const queries = useQueryClient();
  const mayRequeue = useMay('notice.requeue');
  const notice = useQuery({
    queryKey: ['notice', id],
    queryFn: () => ask(api.GET('/api/notices/{id}', { params: { path: { id } } })),
  });
  const retry = useMutation({
    mutationFn: () => ask(api.POST('/api/notices/{id}/retry', { params: { path: { id }, ...numbered(newKey()) } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['notices'] });
      await queries.invalidateQueries({ queryKey: ['notice', id] });
    },
  });
  const { data } = notice;
  return (
    <SidePanel wide={false} title={data?.act ?? '通知'} close={close}>
      {notice.isPending && <Loading rows={4} />}
      {notice.isError && <Failure error={notice.error} retry={() => void notice.refetch()} />}
      {data !== undefined && (
        <>
          <Facts
            rows={[
              ['状态', `${STATES[data.state]}${data.whyWords === null ? '' : `：${data.whyWords}`}`],
              ['发给', `${data.postTitle ?? data.post}${data.personName === null ? '' : `，${data.personName}`}`],
              [
                '起因',
                <Link key="case" to={`${casePath(data.caseId)}?seq=${data.seq}`}>{`${data.caseId} #${data.seq}`}</Link>,
              ],
              ['定稿', data.frozenAt === null ? '—' : instantWords(data.frozenAt)],
              ['发出', data.sentAt === null ? '—' : instantWords(data.sentAt)],
              ['已读', data.readAt === null ? '—' : instantWords(data.readAt)],
              ['次数', data.attempts],
              ['服务器答复', data.reply ?? '—'],
            ]}
          />
          {mayRequeue && FAILED.has(data.state) && (
            <Button loading={retry.isPending} onClick={() => retry.mutate()}>
              重新排队
            </Button>
          )}
          {retry.isError && <Failure error={retry.error} />}
          {data.message !== null && (
            <>
              <h3>{data.message.subject}</h3>
              <pre style={{ whiteSpace: 'pre-wrap', font: 'inherit' }}>{data.message.text}</pre>
            </>
          )}
        </>
      )}
    </SidePanel>
  );
}
