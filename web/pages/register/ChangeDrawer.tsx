/** One change of the register as a form; afterwards what it set off, so that nobody has to look for it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, DatePicker, Drawer, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import { api, ApiFailure, ask, newKey, numbered, type Schemas } from '../../api/client.ts';
import { PostPicker } from '../../forms/pickers.tsx';
import { uploadEvidence } from '../../forms/upload.ts';
import { FileButton } from '../../parts/FileButton.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Note } from '../../parts/Note.tsx';
import PersonPicker from '../../parts/PersonPicker.tsx';
import { civil } from '../../words/civil.ts';
import { casePath } from '../../words/links.ts';
import { fullWidth } from '../../words/punctuation.ts';
import { changeFrom, formOf, type ChangeField, type FormType } from './changes.ts';
import styles from './Register.module.css';
import { useUnitChoices } from './use-units.ts';

type Changed = Schemas['RegisterChanged'];
type Filled = Readonly<Record<string, string | Dayjs | null | undefined>>;

export interface AskedChange {
  readonly type: FormType;
  /** What the change is about and is not asked: `{ subject: 'S1' }`. */
  readonly fixed: Readonly<Record<string, string | boolean | null>>;
  /** What is registered now, to be changed. */
  readonly now?: Readonly<Record<string, string | null>>;
}

interface ChangeDrawerProps {
  readonly asked: AskedChange | null;
  readonly about: string;
  readonly close: () => void;
}

export function ChangeDrawer({ asked, about, close }: ChangeDrawerProps) {
  return (
    <Drawer
      open={asked !== null}
      onClose={close}
      size={440}
      styles={{ wrapper: { maxWidth: '100vw' } }}
      destroyOnHidden
      title={asked === null ? '' : `${formOf(asked.type).verb} · ${about}`}
    >
      {asked !== null && <ChangeBody key={asked.type} asked={asked} close={close} />}
    </Drawer>
  );
}

function ChangeBody({ asked, close }: { readonly asked: AskedChange; readonly close: () => void }) {
  const form = formOf(asked.type);
  const [fields] = Form.useForm<Record<string, string | Dayjs | null>>();
  const [key, setKey] = useState(newKey);
  const queries = useQueryClient();
  const today = useQuery({ queryKey: ['today'], queryFn: () => ask(api.GET('/api/today')) });
  const send = useMutation({
    mutationFn: (filled: Filled) => {
      const values = Object.fromEntries(
        Object.entries(filled).map(([name, value]) => [name, dayjs.isDayjs(value) ? civil(value) : value]),
      );
      const change = changeFrom(form, asked.fixed, values);
      return ask(api.POST('/api/register/changes', { params: numbered(key), body: { changes: [change as never] } }));
    },
    onSuccess: () => queries.invalidateQueries(),
    onError: (error) => {
      if (error instanceof ApiFailure && error.status >= 400 && error.status < 500) setKey(newKey());
    },
  });
  if (send.data !== undefined) return <Set changed={send.data} close={close} />;
  if (today.data === undefined) return today.isError ? <Failure error={today.error} /> : null;
  return (
    <Form
      form={fields}
      layout="vertical"
      requiredMark="optional"
      scrollToFirstError
      initialValues={Object.fromEntries(
        form.fields.map(({ name, control }) => [
          name,
          control === 'day' ? dayjs(asked.now?.[name] ?? today.data.on) : (asked.now?.[name] ?? undefined),
        ]),
      )}
      onFinish={(filled) => send.mutate(filled)}
    >
      <p className={styles['effect']}>{form.effect}</p>
      {send.isError && (
        <Failure
          error={send.error}
          still={
            send.error instanceof ApiFailure && send.error.status >= 400 && send.error.status < 500
              ? '没有写入，您填写的内容还在。'
              : '不知道有没有送到。再按一次会用同一个编号，只办一次。'
          }
        />
      )}
      {form.fields.map((field) => (
        <OneField key={field.name} field={field} />
      ))}
      <div className={styles['buttons']}>
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          {form.verb}
        </Button>
        <Button onClick={close}>先不办</Button>
      </div>
    </Form>
  );
}

function OneField({ field }: { readonly field: ChangeField }) {
  const id = useId();
  const units = useUnitChoices();
  const { name, label, control, optional, choices, help, most } = field;
  const control_ = () => {
    switch (control) {
      case 'text':
        return <Input id={id} maxLength={most} />;
      case 'long':
        return <Input.TextArea id={id} maxLength={most} rows={3} />;
      case 'day':
        return <DatePicker id={id} allowClear={false} />;
      case 'choice':
        return <Select id={id} allowClear={optional === true} options={[...(choices ?? [])]} placeholder="请选择" />;
      case 'unit':
        return (
          <Select
            id={id}
            allowClear={optional === true}
            showSearch={{ optionFilterProp: 'label' }}
            options={[...units]}
            placeholder="按名称查找"
          />
        );
      case 'post':
        return <PostPicker id={id} />;
      case 'person':
        return <PersonPicker id={id} />;
      case 'paper':
        return <PaperInput id={id} />;
    }
  };
  return (
    <Form.Item
      name={name}
      label={label}
      htmlFor={id}
      {...(help === undefined ? {} : { extra: help })}
      rules={optional === true ? [] : [{ required: true, message: `请填写${label}。` }]}
    >
      {control_()}
    </Form.Item>
  );
}

/** A scanned paper: its digest is its name from the moment it is chosen. */
function PaperInput({
  id,
  value,
  onChange,
}: {
  readonly id: string;
  readonly value?: string | null;
  readonly onChange?: (digest: string | null) => void;
}) {
  const upload = useMutation({ mutationFn: uploadEvidence, onSuccess: (digest) => onChange?.(digest) });
  return (
    <>
      <FileButton
        id={id}
        label="扫描件"
        accept="application/pdf,image/jpeg,image/png"
        loading={upload.isPending}
        choose={(file) => {
          onChange?.(null);
          upload.mutate(file);
        }}
      >
        选扫描件
      </FileButton>
      {upload.isError && <Failure error={upload.error} />}
      {typeof value === 'string' && value !== '' && (
        <p className="small faint" title={value}>
          已存，SHA-256 {value.slice(0, 8)}…
        </p>
      )}
    </>
  );
}

/** What was written and what it set off. */
function Set({ changed, close }: { readonly changed: Changed; readonly close: () => void }) {
  const { opened, told, warnings } = changed;
  const cases = (ids: readonly string[]) => (
    <ul className={styles['plain']}>
      {ids.map((id) => (
        <li key={id}>
          <Link to={casePath(id)}>{id}</Link>
        </li>
      ))}
    </ul>
  );
  return (
    <div role="status">
      <Note title="已变更" />
      {opened.length > 0 && (
        <>
          <h3>随即产生的职责</h3>
          {cases(opened)}
        </>
      )}
      {told.length > 0 && (
        <>
          <h3>已告知正在进行的案件</h3>
          {cases(told)}
        </>
      )}
      {warnings.length > 0 && (
        <>
          <h3>请留意</h3>
          <ul className={styles['plain']}>
            {warnings.map(({ index, text }) => (
              <li key={index}>{fullWidth(text)}</li>
            ))}
          </ul>
        </>
      )}
      {opened.length === 0 && told.length === 0 && <p className="quiet">没有影响正在进行的工作。</p>}
      <div className={styles['buttons']}>
        <Button type="primary" onClick={close}>
          好
        </Button>
      </div>
    </div>
  );
}
