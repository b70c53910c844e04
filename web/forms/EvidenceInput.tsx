/** Photos and papers of an act: uploaded as they are chosen, each with the day it was made. */
import { useMutation } from '@tanstack/react-query';
import { Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useRef, useState } from 'react';
import { Failure } from '../parts/Failure.tsx';
import styles from './Forms.module.css';
import { madeOn, uploadEvidence } from './upload.ts';

export interface EvidenceValue {
  readonly digest: string;
  readonly takenOn: string;
}

interface EvidenceInputProps {
  readonly id: string;
  readonly value?: readonly EvidenceValue[];
  readonly onChange?: (value: readonly EvidenceValue[]) => void;
  readonly most: number;
}

const TYPES = 'image/jpeg,image/png,image/webp,application/pdf,video/mp4';

export function EvidenceInput({ id, value = [], onChange, most }: EvidenceInputProps) {
  const picker = useRef<HTMLInputElement>(null);
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const upload = useMutation({
    mutationFn: async (files: readonly File[]) => {
      const added: EvidenceValue[] = [];
      for (const file of files) {
        const digest = await uploadEvidence(file);
        setNames((before) => ({ ...before, [digest]: file.name }));
        if (![...value, ...added].some((one) => one.digest === digest)) added.push({ digest, takenOn: madeOn(file) });
      }
      return added;
    },
    onSuccess: (added) => onChange?.([...value, ...added].slice(0, most)),
  });
  const change = (digest: string, takenOn: string) =>
    onChange?.(value.map((one) => (one.digest === digest ? { digest, takenOn } : one)));
  return (
    <div className={styles['evidence']}>
      <input
        ref={picker}
        id={id}
        type="file"
        multiple
        accept={TYPES}
        className="hidden-text"
        tabIndex={-1}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          target.value = '';
          if (files.length > 0) upload.mutate(files);
        }}
      />
      {value.map(({ digest, takenOn }) => (
        <div key={digest} className={styles['file']}>
          <span title={digest}>{names[digest] ?? `${digest.slice(0, 8)}…`}</span>
          <DatePicker
            aria-label={`${names[digest] ?? '文件'} 的形成日期`}
            allowClear={false}
            value={dayjs(takenOn)}
            onChange={(day) => day !== null && change(digest, day.format('YYYY-MM-DD'))}
          />
          <Button type="text" onClick={() => onChange?.(value.filter((one) => one.digest !== digest))}>
            去掉
          </Button>
        </div>
      ))}
      <Button loading={upload.isPending} disabled={value.length >= most} onClick={() => picker.current?.click()}>
        添加照片或文件
      </Button>
      <p className="small faint">jpeg、png、webp、pdf、mp4，每份不超过 10 MB。日期为形成之日。</p>
      {upload.error !== null && <Failure error={upload.error} />}
    </div>
  );
}
