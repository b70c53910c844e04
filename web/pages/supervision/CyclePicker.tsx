/** Which cycle the board shows: the newest as tabs, all of them as a list where there are more. */
import { Segmented, Select } from 'antd';
import type { Schemas } from '../../api/client.ts';

type Cycle = Schemas['CycleLine'];

const TABS = 2;

/** What stands behind the title; a cycle that simply runs needs no word. */
const STAGES: Readonly<Record<string, string>> = {
  opening: '正在启动',
  paused: '已暂停',
  freezing: '待冻结',
  reported: '已冻结',
  withdrawing: '正在撤回',
  withdrawn: '已撤回',
  closed: '已结束',
};

const labelOf = ({ title, key, stage }: Cycle): string =>
  [title === '' ? key : title, STAGES[stage]].filter(Boolean).join(' ');

interface CyclePickerProps {
  readonly cycles: readonly Cycle[];
  readonly shown: string;
  readonly choose: (key: string) => void;
}

export function CyclePicker({ cycles, shown, choose }: CyclePickerProps) {
  const options = cycles.map((cycle) => ({ value: cycle.key, label: labelOf(cycle) }));
  if (cycles.length <= 1) return null;
  if (cycles.length <= TABS)
    return (
      <Segmented
        aria-label="周期"
        value={shown}
        options={options}
        onChange={choose}
        style={{ maxWidth: '100%', overflowX: 'auto' }}
      />
    );
  return (
    <Select
      aria-label="周期"
      value={shown}
      options={options}
      onChange={choose}
      showSearch={{ optionFilterProp: 'label' }}
      style={{ minWidth: 220, maxWidth: '100%' }}
    />
  );
}
