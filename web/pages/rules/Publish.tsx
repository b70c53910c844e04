/** Putting something in force, with the reason that stands beside it for ever. */
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import styles from './Rules.module.css';

interface PublishProps {
  readonly disabled?: boolean;
  readonly loading: boolean;
  readonly publish: (reason: string) => void;
}

export function Publish({ disabled = false, loading, publish }: PublishProps) {
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const [field, wrong] = [useId(), useId()];
  const press = () => {
    const said = reason.trim();
    setMissing(said === '');
    if (said !== '') publish(said);
  };
  return (
    <div className={styles['publish']}>
      <label htmlFor={field}>公布的理由</label>
      <Input
        id={field}
        maxLength={200}
        value={reason}
        status={missing ? 'error' : ''}
        {...(missing ? { 'aria-describedby': wrong } : {})}
        onChange={({ target }) => {
          setReason(target.value);
          setMissing(false);
        }}
        onPressEnter={press}
      />
      <Button type="primary" disabled={disabled} loading={loading} onClick={press}>
        公布
      </Button>
      {missing && (
        <span id={wrong} role="alert" className="red">
          请写明理由，它会一直留在版本记录里。
        </span>
      )}
    </div>
  );
}
