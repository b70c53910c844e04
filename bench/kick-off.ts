/** How fast is a cycle planned, and how fast are its rounds opened? */
import type { CasesDeps } from '../cases/deps.ts';
import { confirm, preview, running, type District } from './district.ts';
import { measure, timed, type Figure } from './measure.ts';

/** The two figures; `cycles` are the keys of what was opened. */
export async function measureKickOff(deps: CasesDeps, district: District, today: string): Promise<readonly Figure[]> {
  const { officer } = district;
  const previewed = await measure(
    {
      id: 'preview',
      title: '预览',
      unit: '个轮次',
      how: '读登记、排全区一个周期、存预览',
    },
    async (nth) => {
      const { result, seconds } = await timed(() => preview(deps, running(`preview-${nth}`, today), officer));
      return { count: result.plan.totals.rounds, seconds };
    },
  );
  const confirmed = await measure(
    {
      id: 'confirm',
      title: '确认',
      unit: '个轮次',
      how: '重排并核对预览、固定名单、逐页开出轮次',
    },
    async (nth) => {
      const shown = await preview(deps, running(`confirm-${nth}`, today), officer);
      const { seconds } = await timed(() => confirm(deps, shown, officer));
      return { count: shown.plan.totals.rounds, seconds };
    },
  );
  return [previewed, confirmed];
}
