/** One field for the six figures, and what they are for. */
import { Button, Input } from 'antd';
import { useState, type FormEvent } from 'react';
import { Failure } from '../../parts/Failure.tsx';
import styles from './Account.module.css';

interface CodeFormProps {
  /** What the button does. */
  readonly act: string;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onCode: (code: string) => void;
}

export function CodeForm({ act, pending, error, onCode }: CodeFormProps) {
  const [text, setText] = useState('');
  const code = text.replaceAll(/\D/g, '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.length === 6) onCode(code);
    setText('');
  };
  return (
    <form className={styles['form']} onSubmit={submit} noValidate>
      {error !== null && !pending && <Failure error={error} />}
      <label>
        <span>身份验证器上的六位数字</span>
        <Input
          value={text}
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={7}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      <div>
        <Button type="primary" htmlType="submit" loading={pending} disabled={code.length !== 6}>
          {act}
        </Button>
      </div>
    </form>
  );
}
