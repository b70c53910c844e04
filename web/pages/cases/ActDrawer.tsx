/** An act in a drawer beside the case; when it is done, the case is read again and the words of the answer are spoken. */
import { Drawer } from 'antd';
import type { Schemas } from '../../api/client.ts';
import { ActForm } from '../../forms/ActForm.tsx';
import { useRefreshCase, type CaseNow } from './use-case.ts';

interface ActDrawerProps {
  readonly view: CaseNow;
  readonly verb: Schemas['Verb'];
  readonly close: () => void;
  readonly done: (said: string) => void;
}

export function ActDrawer({ view, verb, close, done }: ActDrawerProps) {
  const refresh = useRefreshCase(view.caseId);
  return (
    <Drawer title={verb.label} open onClose={close} size={480} destroyOnHidden>
      <ActForm
        caseId={view.caseId}
        type={verb.type}
        seen={view.head.seq}
        cancel={close}
        look={() => void refresh()}
        done={({ seq }) => {
          done(`已${verb.label}，记为第 ${seq} 条。`);
          close();
          void refresh();
        }}
      />
    </Drawer>
  );
}
