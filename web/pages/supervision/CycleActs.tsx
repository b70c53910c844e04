/** What the office does to a whole cycle: pause, resume, close, withdraw. Each asks for its reason first. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask, newKey, numbered, type Schemas } from '../../api/client.ts';
import { useMay } from '../../app/session.tsx';
import { Failure } from '../../parts/Failure.tsx';

type Act = 'pause' | 'resume' | 'withdraw' | 'close';

const ACTS: Readonly<Record<Act, readonly [label: string, effect: string]>> = {
  pause: ['暂停', '各轮次的期限停止计算，恢复前不会超期。'],
  resume: ['恢复', '各轮次的期限从停下的地方继续计算。'],
  withdraw: ['撤回', '没有人动过的轮次全部撤回；已经动过的不能撤回。'],
  close: ['结束', '三率已冻结并通报后，结束本周期。'],
};

const OFFERED: Readonly<Record<string, readonly Act[]>> = {
  opening: ['withdraw'],
  running: ['pause', 'withdraw'],
  paused: ['resume', 'withdraw'],
  reported: ['close'],
};

/** A running quarter takes late joiners by a new preview of itself. */
const lateJoiners = ({ key, stage }: Schemas['CaseLine']): boolean => stage === 'running' && /^\d{4}-Q[1-4]$/.test(key);

interface Fields {
  readonly reason?: string;
  readonly document?: string;
}

export function CycleActs({ cycle }: { readonly cycle: Schemas['CaseLine'] }) {
  const mayStart = useMay('cycle.start');
  const [act, setAct] = useState<Act | null>(null);
  const offered = mayStart ? (OFFERED[cycle.stage] ?? []) : [];
  const items = [
    ...offered.map((type) => ({ key: type, label: ACTS[type][0] })),
    ...(mayStart && lateJoiners(cycle)
      ? [{ key: 'late', label: <Link to={`/supervision/start?quarter=${cycle.key}`}>补入新增的轮次</Link> }]
      : []),
    { key: 'case', label: <Link to={`/cases/${cycle.id}`}>经过与流水</Link> },
    {
      key: 'progress',
      label: <Link to={`/supervision/progress?cycle=${encodeURIComponent(cycle.key)}`}>启动进度</Link>,
    },
  ];
  return (
    <>
      <Dropdown
        menu={{ items, onClick: ({ key }) => (key in ACTS ? setAct(key as Act) : undefined) }}
        trigger={['click']}
      >
        <Button>更多</Button>
      </Dropdown>
      {act !== null && <ActForm key={act} act={act} cycle={cycle} close={() => setAct(null)} />}
    </>
  );
}

function ActForm({
  act,
  cycle,
  close,
}: {
  readonly act: Act;
  readonly cycle: Schemas['CaseLine'];
  readonly close: () => void;
}) {
  const [form] = Form.useForm<Fields>();
  const [key] = useState(newKey);
  const queries = useQueryClient();
  const [label, effect] = ACTS[act];
  const send = useMutation({
    mutationFn: ({ reason = '', document = '' }: Fields) =>
      ask(
        api.POST('/api/cycles/{id}/commands', {
          params: { path: { id: cycle.key }, ...numbered(key) },
          body:
            act === 'close'
              ? { type: act, ...(reason === '' ? {} : { note: reason }) }
              : act === 'withdraw'
                ? { type: act, reason }
                : { type: act, reason, document },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries();
      close();
    },
  });
  const asksDocument = act === 'pause' || act === 'resume';
  return (
    <Modal
      open
      title={`${label} ${cycle.key}`}
      okText={label}
      cancelText="不办了"
      confirmLoading={send.isPending}
      onCancel={close}
      onOk={() => void form.validateFields().then((fields) => send.mutate(fields))}
    >
      <p className="quiet">{effect}</p>
      <Form form={form} layout="vertical" requiredMark={false}>
        <Form.Item
          name="reason"
          label={act === 'close' ? '说明（可不填）' : '理由'}
          rules={act === 'close' ? [] : [{ required: true, whitespace: true, message: '请写明理由。' }]}
        >
          <Input.TextArea rows={3} maxLength={1000} />
        </Form.Item>
        {asksDocument && (
          <Form.Item
            name="document"
            label="文号"
            rules={[{ required: true, whitespace: true, message: '暂停和恢复须有文件，请写文号。' }]}
          >
            <Input maxLength={100} placeholder="例如 杭西食药安办〔2026〕12号" />
          </Form.Item>
        )}
      </Form>
      {send.isError && <Failure error={send.error} />}
    </Modal>
  );
}
