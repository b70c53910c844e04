/** One field of an act, whatever its control; lists of rows repeat their own fields. */
import { Button, DatePicker, Form, Input, InputNumber, Radio, Select } from 'antd';
import dayjs from 'dayjs';
import { EvidenceInput, type EvidenceValue } from './EvidenceInput.tsx';
import styles from './Forms.module.css';
import { PostPicker, SubjectPicker } from './pickers.tsx';
import { fieldsOf, startingValues, type FormField } from './schema.ts';

type Path = (string | number)[];

interface FieldProps {
  readonly field: FormField;
  /** Where the value stands in the command. */
  readonly path: Path;
  /** Inside a list, the item's own place, which the form knows how to continue. */
  readonly name?: Path;
}

/** From this many choices on they fold into a list. */
const MANY_CHOICES = 4;

export const idOf = (path: Path): string => `field-${path.join('-')}`;

export function Field({ field, path, name = path }: FieldProps) {
  const { title, required, control, help } = field;
  if (control === 'new-id')
    return (
      <Form.Item name={name} hidden>
        <Input />
      </Form.Item>
    );
  if (control === 'rows') return <Rows field={field} path={path} name={name} />;
  const rule = { required, message: requiredWords(field) };
  const least = { type: 'array' as const, min: Math.max(1, field.schema.minItems ?? 0), message: requiredWords(field) };
  const isList = control === 'subjects';
  return (
    <Form.Item
      name={name}
      label={title}
      htmlFor={idOf(path)}
      {...(help === null ? {} : { extra: help })}
      rules={control === 'evidence' ? [] : isList ? (required ? [least] : []) : [rule]}
    >
      <Input_ field={field} id={idOf(path)} />
    </Form.Item>
  );
}

const requiredWords = ({ title, control }: FormField): string => {
  const chosen =
    control === 'choice' || control === 'yes-no' || control === 'post' || control === 'subject' || control === 'day';
  return `请${chosen ? '选择' : '填写'}${title}`;
};

interface InputProps {
  readonly field: FormField;
  readonly id: string;
  readonly value?: unknown;
  readonly onChange?: (value: unknown) => void;
}

function Input_({ field, id, value, onChange }: InputProps) {
  const { control, choices, schema } = field;
  const text = typeof value === 'string' ? value : undefined;
  const set = (to: unknown) => onChange?.(to);
  switch (control) {
    case 'day':
      return (
        <DatePicker
          id={id}
          value={text === undefined ? null : dayjs(text)}
          onChange={(day: dayjs.Dayjs | null) => set(day?.format('YYYY-MM-DD'))}
        />
      );
    case 'words':
      return (
        <Input.TextArea
          id={id}
          rows={3}
          value={text ?? ''}
          {...(schema.maxLength === undefined ? {} : { maxLength: schema.maxLength })}
          onChange={({ target }) => set(target.value)}
        />
      );
    case 'number':
      return (
        <InputNumber
          id={id}
          value={typeof value === 'number' ? value : null}
          precision={0}
          {...(schema.minimum === undefined ? {} : { min: schema.minimum })}
          {...(schema.maximum === undefined ? {} : { max: schema.maximum })}
          onChange={(to) => set(to ?? undefined)}
        />
      );
    case 'yes-no':
      return (
        <Radio.Group
          id={id}
          value={typeof value === 'boolean' ? value : null}
          onChange={({ target }) => set(target.value)}
          options={[
            { value: true, label: '是' },
            { value: false, label: '否' },
          ]}
        />
      );
    case 'choice':
      return choices.length > MANY_CHOICES ? (
        <Select id={id} value={text ?? null} onChange={set} options={[...choices]} />
      ) : (
        <Radio.Group id={id} value={text ?? null} onChange={({ target }) => set(target.value)} options={[...choices]} />
      );
    case 'post':
      return <PostPicker id={id} {...(text === undefined ? {} : { value: text })} onChange={set} />;
    case 'subject':
      return <SubjectPicker id={id} {...(text === undefined ? {} : { value: text })} onChange={set} />;
    case 'subjects':
      return <SubjectList id={id} value={(value ?? []) as readonly string[]} onChange={set} />;
    case 'evidence':
      return (
        <EvidenceInput
          id={id}
          value={(value ?? []) as readonly EvidenceValue[]}
          most={schema.maxItems ?? 1}
          onChange={set}
        />
      );
    case 'text':
    case 'new-id':
    case 'rows':
      return (
        <Input
          id={id}
          value={text ?? ''}
          {...(schema.maxLength === undefined ? {} : { maxLength: schema.maxLength })}
          onChange={({ target }) => set(target.value)}
        />
      );
  }
}

interface SubjectListProps {
  readonly id: string;
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

/** Subjects one after another; each is found by its name. */
function SubjectList({ id, value, onChange }: SubjectListProps) {
  return (
    <div className={styles['list']}>
      {value.map((subject) => (
        <span key={subject} className={styles['picked']}>
          {subject}
          <Button size="small" type="text" onClick={() => onChange(value.filter((one) => one !== subject))}>
            去掉
          </Button>
        </span>
      ))}
      <SubjectPicker
        id={id}
        onChange={(chosen) => {
          if (chosen !== undefined && !value.includes(chosen)) onChange([...value, chosen]);
        }}
      />
    </div>
  );
}

function Rows({ field, path, name }: Required<FieldProps>) {
  const inner = fieldsOf(field.schema.items ?? {});
  return (
    <Form.List name={name}>
      {(rows, { add, remove }) => (
        <fieldset className={styles['rows']} id={idOf(path)}>
          <legend>{field.title}</legend>
          {rows.map(({ key, name: nth }) => (
            <div key={key} className={styles['row']}>
              {inner.map((one) => (
                <Field key={one.name} field={one} path={[...path, nth, one.name]} name={[nth, one.name]} />
              ))}
              <Button size="small" type="text" onClick={() => remove(nth)}>
                去掉这一项
              </Button>
            </div>
          ))}
          <Button
            disabled={rows.length >= (field.schema.maxItems ?? Infinity)}
            onClick={() => add(startingValues(inner))}
          >
            添加一项
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}
