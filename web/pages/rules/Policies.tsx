/** The district's own values: edited by their owner in a new version, with what that would move shown before it is published. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Table } from 'antd';
import { useState } from 'react';
import { api, ask, newKey, numbered, type Schemas } from '../../api/client.ts';
import { useMay } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Recounting } from '../../parts/Recounting.tsx';
import { unitWords } from '../../words/limits.ts';
import { fullWidth } from '../../words/punctuation.ts';
import { changeWords, valueWords } from './value-words.ts';
import { MovedTable } from '../calendar/Draft.tsx';
import { Publish } from './Publish.tsx';
import { Versions } from './Versions.tsx';

type Policy = Schemas['Policy'];
type Value = Policy['values'][string];

const shownValue = ({ value, unit }: Value): string =>
  unit === undefined ? valueWords(value) : `${valueWords(value)}${value === null ? '' : ` ${unitWords(unit)}`}`;

export function Policies() {
  const mayPublish = useMay('policy.publish');
  const policies = useQuery({ queryKey: ['policies'], queryFn: () => ask(api.GET('/api/policies')) });
  const [editing, setEditing] = useState(false);
  const policy = policies.data?.inForce[0]?.body as Policy | undefined;
  return (
    <>
      <Recounting />
      {policies.isPending && <Loading />}
      {policies.isError && <Failure error={policies.error} retry={() => void policies.refetch()} />}
      {policy !== undefined && (
        <>
          <Alert
            type="info"
            title="这些数值是区政策，不是法律：由责任人录入和负责，到期日由它们算出的都标「区规定」。"
          />
          {editing ? (
            <Edit policy={policy} done={() => setEditing(false)} />
          ) : (
            <Card
              flush
              title={policy.title ?? policy.name}
              note={`${policy.version}，责任人 ${policy.owner}`}
              acts={mayPublish && <Button onClick={() => setEditing(true)}>修改</Button>}
            >
              <Values policy={policy} />
            </Card>
          )}
          <Versions versions={policies.data?.versions ?? []} />
        </>
      )}
    </>
  );
}

function Values({ policy, edit }: { readonly policy: Policy; readonly edit?: (key: string, value: Value) => void }) {
  const rows = Object.entries(policy.values).map(([key, value]) => ({ key, ...value }));
  return (
    <Table<(typeof rows)[number]>
      size="small"
      pagination={false}
      rowKey="key"
      dataSource={rows}
      scroll={{ x: 820 }}
      columns={[
        {
          title: '内容',
          key: 'title',
          rowScope: 'row',
          render: (_, { title, key }) => (
            <>
              {title} <span className="small faint">{key}</span>
            </>
          ),
        },
        {
          title: '数值',
          key: 'value',
          width: 260,
          render: (_, { key, ...value }) =>
            edit === undefined ? (
              <span title={shownValue(value)}>{shownValue(value).slice(0, 60)}</span>
            ) : (
              <ValueInput label={value.title} value={value} change={(next) => edit(key, next)} />
            ),
        },
        { title: '标记', dataIndex: 'mark', width: 60 },
        { title: '依据', key: 'why', render: (_, { why }) => <span className="small">{fullWidth(why)}</span> },
      ]}
    />
  );
}

/** Numbers and words as they are; anything else as JSON, checked while it is written. */
function ValueInput({
  label,
  value,
  change,
}: {
  readonly label: string;
  readonly value: Value;
  readonly change: (value: Value) => void;
}) {
  const simple = typeof value.value !== 'object' || value.value === null;
  const [text, setText] = useState(simple ? String(value.value ?? '') : JSON.stringify(value.value, null, 1));
  const [wrong, setWrong] = useState(false);
  const read = (typed: string): unknown => {
    if (!simple) return JSON.parse(typed) as unknown;
    if (typeof value.value === 'number' || (value.value === null && /^-?\d+(\.\d+)?$/.test(typed))) {
      const number = Number(typed);
      if (typed.trim() === '' || !Number.isFinite(number)) throw new TypeError('not a number');
      return number;
    }
    return typeof value.value === 'boolean' ? typed === 'true' : typed;
  };
  const type = (typed: string) => {
    setText(typed);
    try {
      change({ ...value, value: read(typed) as never });
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  return (
    <>
      {simple ? (
        <Input
          size="small"
          aria-label={label}
          status={wrong ? 'error' : ''}
          value={text}
          suffix={value.unit === undefined ? '' : unitWords(value.unit)}
          onChange={(event) => type(event.target.value)}
        />
      ) : (
        <Input.TextArea
          aria-label={label}
          rows={3}
          status={wrong ? 'error' : ''}
          value={text}
          onChange={(event) => type(event.target.value)}
        />
      )}
      {wrong && <p className="small red">这里写的不是一个有效的数值，没有采用。</p>}
    </>
  );
}

/** As the request wants it: the client's types lose the named fields of a map's values, reading and writing. */
const bodyOf = (policy: Policy) => policy as never;

function Edit({ policy, done }: { readonly policy: Policy; readonly done: () => void }) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState(policy);
  const [key] = useState(newKey);
  const preview = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/policies', {
          params: { query: { dryRun: 'true' }, ...numbered(newKey()) },
          body: bodyOf(draft),
        }),
      ),
  });
  const publish = useMutation({
    mutationFn: (reason: string) =>
      ask(api.POST('/api/policies', { params: { query: { reason }, ...numbered(key) }, body: bodyOf(draft) })),
    onSuccess: async () => {
      await queries.invalidateQueries();
      done();
    },
  });
  const change = (next: Policy) => {
    preview.reset();
    setDraft(next);
  };
  const found = preview.data !== undefined && 'changed' in preview.data ? preview.data : null;
  const renamed = draft.version !== policy.version;
  return (
    <>
      <Card
        flush
        title="修改区政策"
        note="写成新版本；先看会改动什么，再公布"
        acts={
          <>
            <Input
              size="small"
              aria-label="新版本"
              style={{ width: 180 }}
              value={draft.version}
              status={renamed ? '' : 'warning'}
              onChange={(event) => change({ ...draft, version: event.target.value.trim() })}
            />
            <Button size="small" onClick={done}>
              放弃
            </Button>
            <Button
              size="small"
              type={found === null ? 'primary' : 'default'}
              disabled={!renamed}
              loading={preview.isPending}
              onClick={() => preview.mutate()}
            >
              看会改动什么
            </Button>
          </>
        }
      >
        {!renamed && (
          <p className="small quiet" style={{ padding: '0 16px' }}>
            请先写一个新的版本名，例如 {policy.version}-1。
          </p>
        )}
        {preview.isError && <Failure error={preview.error} />}
        <Values
          policy={draft}
          edit={(name, value) => change({ ...draft, values: { ...draft.values, [name]: value } })}
        />
      </Card>
      {found !== null && (
        <Card
          flush
          title={`${found.changed.length} 项改动`}
          note={`${found.touched} 个未了结案件的期限以这些值为准，已试算 ${found.counted} 个，${found.moved.length} 个日期会动`}
        >
          <Publish
            disabled={found.changed.length === 0}
            loading={publish.isPending}
            publish={(reason) => publish.mutate(reason)}
          />
          {publish.isError && <Failure error={publish.error} />}
          <ul style={{ padding: '0 16px 12px' }}>
            {found.changed.map(({ key: name, title, before, after, rules }) => (
              <li key={name}>
                <b>{title}</b>：{changeWords(before, after)}
                {rules.length > 0 && <span className="quiet">，用于 {rules.join('、')}</span>}
              </li>
            ))}
          </ul>
          <MovedTable moved={found.moved} />
        </Card>
      )}
    </>
  );
}
