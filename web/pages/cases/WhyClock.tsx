/** Why the chosen clock ends when it does: the first one unless another was chosen on the axis. */
import { Card } from '../../parts/Card.tsx';
import { Why, type NextStep } from '../../parts/Why.tsx';
import { dayAndTime, shortInstant } from '../../words/dates.ts';
import { byUrgency, type CaseClock, type CaseMoment } from './use-case.ts';

/** The clock whose reason is shown. */
export const chosenClock = (clocks: readonly CaseClock[], chosen: string | null): CaseClock | undefined =>
  clocks.find(({ id }) => id === chosen) ?? [...clocks].sort(byUrgency)[0];

export function WhyClock({ shown, clock }: { readonly shown: CaseMoment; readonly clock: string | null }) {
  const of = chosenClock(shown.clocks, clock);
  if (of === undefined) return null;
  const { label, explanation, rungs } = of;
  const steps: NextStep[] = rungs
    .filter(({ how }) => how === 'fired')
    .map(({ title, at }) => ({ when: shortInstant(at), what: `${title}，已告知`, done: true }));
  return (
    <Card title={`${label}：${explanation.due === null ? '停表中' : '为什么是这一天'}`}>
      <Why explanation={explanation} today={dayAndTime(shown.at).on} steps={steps} />
    </Card>
  );
}
