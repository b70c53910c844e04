/** Detail beside what it belongs to on a wide window, in a drawer over it on a narrow one. */
import { Button, Drawer } from 'antd';
import type { ReactNode } from 'react';
import { Card } from './Card.tsx';

interface SidePanelProps {
  readonly wide: boolean;
  readonly above?: ReactNode;
  readonly title: string;
  readonly close: () => void;
  readonly children: ReactNode;
}

export function SidePanel({ wide, above, title, close, children }: SidePanelProps) {
  const head = above === undefined ? null : <p className="small faint">{above}</p>;
  if (wide) {
    return (
      <aside aria-label={title}>
        <Card
          title={title}
          acts={
            <Button type="text" size="small" onClick={close}>
              关闭
            </Button>
          }
        >
          {head}
          {children}
        </Card>
      </aside>
    );
  }
  return (
    <Drawer open title={title} onClose={close} size="large" placement="right">
      {head}
      {children}
    </Drawer>
  );
}
