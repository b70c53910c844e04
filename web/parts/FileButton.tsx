/** A file chosen from the machine: a button in the page's language, and the name of what was chosen beside it. */
import { Button } from 'antd';
import { useRef, useState } from 'react';

interface FileButtonProps {
  readonly id: string;
  /** What the file is; the field's name for whoever does not see the button. */
  readonly label: string;
  readonly accept: string;
  readonly loading?: boolean;
  readonly choose: (file: File) => void;
  readonly children: string;
}

export function FileButton({ id, label, accept, loading = false, choose, children }: FileButtonProps) {
  const picker = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  return (
    <span>
      <input
        ref={picker}
        id={id}
        aria-label={label}
        type="file"
        accept={accept}
        className="hidden-text"
        tabIndex={-1}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          target.value = '';
          if (file === undefined) return;
          setName(file.name);
          choose(file);
        }}
      />
      <Button loading={loading} onClick={() => picker.current?.click()}>
        {children}
      </Button>{' '}
      <span className="quiet">{name === '' ? '还没有选' : name}</span>
    </span>
  );
}
