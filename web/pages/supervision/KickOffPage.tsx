/** Kick-off in three steps: scope, preview with problems first, confirm. What is confirmed is what was shown. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Input, Steps } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api, ApiFailure, ask, newKey, numbered, type Schemas } from '../../api/client.ts';
import { useMay } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Forbidden } from '../../parts/Forbidden.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Page } from '../../parts/Page.tsx';
import { whatChanged } from './changed.ts';
import { PreviewProblems } from './PreviewProblems.tsx';
import { PreviewRows } from './PreviewRows.tsx';
import { ScopeForm, scopeWords } from './ScopeForm.tsx';
import { Slip } from './Slip.tsx';
import styles from './KickOff.module.css';

type Request = Schemas['CycleRequest'];
type Preview = Schemas['CyclePreview'];

export function KickOffPage() {
  const mayStart = useMay('cycle.start');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [params] = useSearchParams();
  const [request, setRequest] = useState<Request | null>(() => requestIn(params));
  const [read, setRead] = useState(false);
  const [reminded, setReminded] = useState(false);
  const [reason, setReason] = useState('');
  /** The preview that was refused as outdated: the new one is compared with it. */
  const [refused, setRefused] = useState<Preview | null>(null);
  const [key] = useState(newKey);
  const [keyOf, setKeyOf] = useState<{ readonly hash: string; readonly key: string } | null>(null);
  const preview = useMutation({
    mutationFn: (asked: Request) => ask(api.POST('/api/cycles/preview', { body: asked })),
  });
  const shown = preview.data;
  const confirm = useMutation({
    mutationFn: ({ hash, idempotency }: { readonly hash: string; readonly idempotency: string }) =>
      ask(
        api.POST('/api/cycles', {
          params: numbered(idempotency),
          body: { hash, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) },
        }),
      ),
    onError: (error) => {
      if (isOutdated(error)) setRefused(shown ?? null);
    },
    onSuccess: async ({ caseId }) => {
      await queries.invalidateQueries();
      await navigate(`/supervision/progress?cycle=${encodeURIComponent(caseId.slice('cycle/'.length))}`);
    },
  });
  if (!mayStart) return <Forbidden title="启动督导" rights={['cycle.start']} />;

  const show = (asked: Request, comparing = false) => {
    if (!comparing) setRefused(null);
    setRequest(asked);
    setRead(false);
    setReminded(false);
    confirm.reset();
    preview.mutate(asked);
  };
  const outdated = isOutdated(confirm.error);
  const go = () => {
    if (shown === undefined) return;
    if (!read || (shown.running && reason.trim() === '')) {
      setReminded(true);
      return;
    }
    // A confirmation of the same preview keeps its number, however often it is pressed.
    const numberedAs = keyOf?.hash === shown.hash ? keyOf : { hash: shown.hash, key: keyOf === null ? key : newKey() };
    setKeyOf(numberedAs);
    confirm.mutate({ hash: shown.hash, idempotency: numberedAs.key });
  };

  return (
    <Page
      above={
        <>
          <Link to="/supervision">督导</Link> / 启动
        </>
      }
      title={shown?.title ?? '启动督导'}
    >
      <Steps
        className={styles['steps'] ?? ''}
        size="small"
        current={shown === undefined ? 0 : read ? 2 : 1}
        items={[{ title: '范围' }, { title: '预览' }, { title: '确认' }, { title: '进度' }]}
      />
      {shown === undefined && (
        <Card title="范围" note="先看会怎样，什么也不启动">
          <ScopeForm initial={request} submit={show} busy={preview.isPending} />
          {preview.isPending && <Loading rows={4} />}
          {preview.isError && <Failure error={preview.error} retry={() => request !== null && show(request)} />}
        </Card>
      )}
      {shown !== undefined && request !== null && (
        <div className={styles['lay']}>
          <div>
            <Card
              title="范围"
              acts={
                <Button size="small" onClick={() => preview.reset()}>
                  修改
                </Button>
              }
            >
              <p>{scopeWords(request)}</p>
            </Card>
            {outdated && (
              <Failure
                error={confirm.error}
                retry={() => show(request, true)}
                still="您看过的预览没有启动任何轮次；重新预览后再确认，按新的预览办。"
              />
            )}
            {refused !== null && refused.hash !== shown.hash && <Changed before={refused} now={shown} />}
            <PreviewProblems preview={shown} />
            <PreviewRows preview={shown} />
          </div>
          <Slip preview={shown}>
            <Checkbox checked={read} onChange={(event) => setRead(event.target.checked)}>
              我已看过上面 {shown.kinds.length} 类问题
            </Checkbox>
            {reminded && !read && <p className="small red">请先看过问题，再勾选这一项。</p>}
            {shown.running && (
              <>
                <Input.TextArea
                  aria-label="补入的理由"
                  placeholder="补入的理由，例如：新开业主体已绑定"
                  rows={2}
                  maxLength={1000}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
                {reminded && reason.trim() === '' && <p className="small red">请写明补入的理由。</p>}
              </>
            )}
            <Button type="primary" block size="large" loading={confirm.isPending} onClick={go}>
              {shown.running ? `补入 ${added(shown)} 个轮次` : `确认启动 ${shown.totals.rounds} 个轮次`}
            </Button>
            <p className="small quiet">首批通知发出前可整体撤回；之后只能撤回没有人动过的轮次。</p>
            {confirm.isError && !outdated && <Failure error={confirm.error} />}
          </Slip>
        </div>
      )}
    </Page>
  );
}

/** A quarter named by the link that led here. */
function requestIn(params: URLSearchParams): Request | null {
  const quarter = params.get('quarter');
  return quarter === null ? null : { kind: 'quarter', quarter };
}

const isOutdated = (error: unknown): boolean => error instanceof ApiFailure && error.code === 'preview-outdated';

/** Rounds that exist already stay as they are. */
const added = ({ totals }: Preview): number => totals.rounds - (totals.problems['already-in-period'] ?? 0);

function Changed({ before, now }: { readonly before: Preview; readonly now: Preview }) {
  const lines = whatChanged(before, now);
  return (
    <Alert
      className={styles['changed'] ?? ''}
      type="info"
      role="status"
      title="名册在您预览之后变了，下面是新的预览"
      description={
        lines.length === 0 ? (
          '数目没有变，有的轮次换了主体或干部。'
        ) : (
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )
      }
    />
  );
}
