/** The changes that make sense for a row now: the usual one as a button, the others beside it. */
import { Button, Dropdown } from 'antd';
import { formOf } from './changes.ts';
import type { AskedChange } from './ChangeDrawer.tsx';

interface ChangeButtonsProps {
  readonly changes: readonly AskedChange[];
  readonly ask: (change: AskedChange) => void;
}

const SHOWN = 2;

export function ChangeButtons({ changes, ask }: ChangeButtonsProps) {
  const [first, second] = [changes.slice(0, SHOWN), changes.slice(SHOWN)];
  return (
    <>
      {first.map((change) => (
        <Button key={change.type} onClick={() => ask(change)}>
          {formOf(change.type).verb}
        </Button>
      ))}
      {second.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: second.map((change) => ({
              key: change.type,
              label: formOf(change.type).verb,
              onClick: () => ask(change),
            })),
          }}
        >
          <Button>其他变更</Button>
        </Dropdown>
      )}
    </>
  );
}
