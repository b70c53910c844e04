/** Why the chosen clock ends when it does: the first one unless another was chosen on the axis. */
import { Card } from '../../parts/Card.tsx';
import { Why } from '../../parts/Why.tsx';
import { stepsOf } from '../../parts/why-steps.ts';
import { dayAndTime } from '../../words/dates.ts';
import { byUrgency, type CaseClock, type CaseMoment, type CaseNow } from './use-case.ts';

/** The clock whose reason is shown. */
export const chosenClock = (clocks: readonly CaseClock[], chosen: string | null): CaseClock | undefined =>
  clocks.find(({ id }) => id === chosen) ?? [...clocks].sort(byUrgency)[0];

interface WhyClockProps {
  readonly shown: CaseMoment;
  /** What fires if nothing is done; nobody knows it of the past. */
  readonly ahead: CaseNow['ahead'];
  readonly clock: string | null;
}

export function WhyClock({ shown, ahead, clock }: WhyClockProps) {
  const of = chosenClock(shown.clocks, clock);
  if (of === undefined) return null;
  const { label, explanation } = of;
  return (
    <Card title={`${label}：${explanation.due === null ? '停表中' : '为什么是这一天'}`}>
      <Why explanation={explanation} today={dayAndTime(shown.at).on} steps={stepsOf(of, ahead)} />
    </Card>
  );
}
