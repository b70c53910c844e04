/** Why that date, inside the row; in a drawer from below on a phone. */
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Why } from '../../parts/Why.tsx';
import { stepsOf } from '../../parts/why-steps.ts';
import { dayAndTime } from '../../words/dates.ts';

export function WhyRow({ caseId, clock }: { readonly caseId: string; readonly clock: string | null }) {
  const shown = useQuery({
    queryKey: ['case', caseId, 'now'],
    queryFn: () => ask(api.GET('/api/cases/{id}', { params: { path: { id: caseId } } })),
  });
  const today = useQuery({ queryKey: ['today'], queryFn: () => ask(api.GET('/api/today')), staleTime: 60_000 });
  if (shown.isPending) return <Loading rows={3} />;
  if (shown.isError) return <Failure error={shown.error} retry={() => void shown.refetch()} />;
  const found = shown.data.clocks.find(({ id }) => id === clock) ?? shown.data.clocks[0];
  if (found === undefined) return <p className="quiet">这件事没有期限。</p>;
  return (
    <Why
      inset
      explanation={found.explanation}
      steps={stepsOf(found, shown.data.ahead)}
      {...(today.data === undefined ? {} : { today: dayAndTime(today.data.now).on })}
    />
  );
}
