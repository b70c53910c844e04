/**
 * Any act on any case: the verb's own form. What was typed stays when the answer is no or was lost; a case that changed
 * meanwhile says what changed before anything is done.
 */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form } from 'antd';
import { useId, useState } from 'react';
import { api, ApiFailure, ask, numbered, type Schemas } from '../api/client.ts';
import { Failure } from '../parts/Failure.tsx';
import { Loading } from '../parts/Loading.tsx';
import { Field, idOf } from './Field.tsx';
import { fullWidth } from '../words/punctuation.ts';
import styles from './Forms.module.css';
import { commandOf, fieldsOf, startingValues, type FieldSchema, type FormField } from './schema.ts';
import { useAct } from './use-act.ts';

interface Verb {
  readonly type: string;
  readonly label: string;
  readonly effect: string;
  readonly schema: FieldSchema;
}

interface DescribedKind {
  readonly kind: string;
  readonly verbs: readonly Verb[];
}

/** The form of a verb, as its kind describes it; null where the kind has no such verb. */
function useVerb(caseId: string, type: string) {
  const { data, error, refetch } = useQuery({
    queryKey: ['kinds'],
    queryFn: () => ask(api.GET('/api/kinds')),
    staleTime: Infinity,
  });
  const kinds = data?.kinds as readonly DescribedKind[] | undefined;
  const kind = kinds?.find((one) => caseId.startsWith(`${one.kind}/`));
  return {
    verb: kinds === undefined ? undefined : (kind?.verbs.find((one) => one.type === type) ?? null),
    error,
    refetch,
  };
}

interface ActFormProps {
  readonly caseId: string;
  /** The verb's type. */
  readonly type: string;
  /** The last entry the person has seen of the case. */
  readonly seen?: number;
  readonly done: (answer: Schemas['Done']) => void;
  readonly cancel: () => void;
  /** Shows the case as it is by now; asked for when it changed meanwhile. */
  readonly look?: () => void;
}

export function ActForm(props: ActFormProps) {
  const { verb, error, refetch } = useVerb(props.caseId, props.type);
  if (error !== null) return <Failure error={error} retry={() => void refetch()} />;
  if (verb === undefined) return <Loading rows={4} />;
  if (verb === null)
    return <Failure error={new ApiFailure(404, { code: 'verb-unknown', detail: '这一类案件没有这一步。' })} />;
  return <VerbForm {...props} verb={verb} />;
}

function VerbForm({ caseId, type, seen, done, cancel, look, verb }: ActFormProps & { readonly verb: Verb }) {
  const [form] = Form.useForm();
  const [missing, setMissing] = useState<readonly FormField[]>([]);
  const heading = useId();
  const fields = fieldsOf(verb.schema);
  const { act, inquire, isPending, fate, failure, lost, changed } = useAct({
    send: (values: Record<string, unknown>, key) =>
      ask(
        api.POST('/api/cases/{id}/commands', {
          params: {
            path: { id: caseId },
            query: seen === undefined ? {} : { seen },
            ...numbered(key),
          },
          body: commandOf(type, values) as never,
        }),
      ),
    done,
    refused: showAt,
  });

  /** Errors that belong to a field stand under it. */
  function showAt({ errors }: ApiFailure): void {
    form.setFields(errors.map(({ path, message }) => ({ name: pathOf(path), errors: [fullWidth(message)] })));
  }

  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark="optional"
      className={styles['form'] ?? ''}
      initialValues={startingValues(fields)}
      aria-describedby={heading}
      scrollToFirstError
      // Enter chooses a day or a post; an act is sent by its button alone.
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
      }}
      onValuesChange={() => {
        setMissing([]);
        changed();
      }}
      onFinishFailed={({ errorFields }) => {
        const names = new Set(errorFields.map(({ name }) => String(name[0])));
        setMissing(fields.filter(({ name }) => names.has(name)));
      }}
      onFinish={(values: Record<string, unknown>) => {
        setMissing([]);
        act(values);
      }}
    >
      <p id={heading} className={styles['effect']}>
        {fullWidth(verb.effect)}
      </p>
      {missing.length > 0 && (
        <Alert
          type="error"
          role="alert"
          title={`还有 ${String(missing.length)} 处没有填好`}
          description={
            <ul>
              {missing.map(({ name, title }) => (
                <li key={name}>
                  <a href={`#${idOf([name])}`}>{title}</a>
                </li>
              ))}
            </ul>
          }
        />
      )}
      {failure?.code === 'case-moved' ? (
        <Alert
          type="warning"
          role="alert"
          title={fullWidth(failure.detail)}
          description="您填写的内容还在。"
          action={
            look !== undefined && (
              <Button
                size="small"
                onClick={() => {
                  changed();
                  look();
                }}
              >
                看最新的情况
              </Button>
            )
          }
        />
      ) : (
        failure !== null && <Failure error={failure} still="没有办理，您填写的内容还在。" />
      )}
      {lost !== null && (
        <Failure
          error={lost}
          still={
            fate === 'not-arrived'
              ? '已查问：刚才那一次没有送到。您填写的内容还在，可以再送一次，只办一次。'
              : '还不知道有没有送到。您填写的内容还在；联网后会先查问，没有送到再送，只办一次。'
          }
          {...(fate === 'unknown' && !isPending ? { retry: inquire, retryWords: '查问有没有送到' } : {})}
        />
      )}
      {fields.map((field) => (
        <Field key={field.name} field={field} path={[field.name]} />
      ))}
      <div className={styles['buttons']}>
        <Button type="primary" htmlType="submit" loading={isPending}>
          {verb.label}
        </Button>
        <Button onClick={cancel}>先不办</Button>
      </div>
    </Form>
  );
}

/** `findings.0.limitOn` as the form names it. */
const pathOf = (path: string): (string | number)[] =>
  path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
