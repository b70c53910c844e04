/** 日历: which day counts; a new notice entered on the months themselves, and what it would move before it is published. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { useMay } from '../../app/session.tsx';
import { Card } from '../../parts/Card.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Page } from '../../parts/Page.tsx';
import { Recounting } from '../../parts/Recounting.tsx';
import { dayAndTime, dayWords } from '../../words/dates.ts';
import { Versions } from '../rules/Versions.tsx';
import { Draft } from './Draft.tsx';
import { Legend, Months } from './Months.tsx';

export default function CalendarPage() {
  const [params, setParams] = useSearchParams();
  const mayPublish = useMay('calendar.publish');
  const [drafting, setDrafting] = useState(false);
  const today = useQuery({ queryKey: ['today'], queryFn: () => ask(api.GET('/api/today')), staleTime: 60_000 });
  const on = today.data === undefined ? undefined : dayAndTime(today.data.now).on;
  const year = Number(params.get('year') ?? on?.slice(0, 4) ?? '2026');
  const shown = useQuery({
    queryKey: ['calendar', year],
    queryFn: () => ask(api.GET('/api/calendars/{year}', { params: { path: { year } } })),
    enabled: on !== undefined,
    placeholderData: (before) => before,
  });
  const versions = useQuery({ queryKey: ['calendars'], queryFn: () => ask(api.GET('/api/calendars')) });
  const { data } = shown;
  const inForce = versions.data?.inForce[0]?.body;
  return (
    <Page
      title="日历"
      beside={
        <Segmented
          aria-label="年"
          value={year}
          options={[year - 1, year, year + 1].map((value) => ({ value, label: `${value}年` }))}
          onChange={(value) => setParams({ year: String(value) })}
        />
      }
      acts={
        mayPublish && <Button onClick={() => setDrafting(!drafting)}>{drafting ? '放弃录入' : '录入放假通知'}</Button>
      }
    >
      <Recounting />
      {shown.isError && <Failure error={shown.error} retry={() => void shown.refetch()} />}
      {data === undefined && !shown.isError && <Loading rows={8} />}
      {data !== undefined && !drafting && (
        <Card
          title={`${data.year}年`}
          note={`日历 ${data.version}，放假安排公布到 ${dayWords(data.knownThrough)}；其后按法定节日和周末推算，为暂定`}
          acts={<Legend />}
        >
          <Months days={data.days} {...(on === undefined ? {} : { today: on })} />
        </Card>
      )}
      {data !== undefined && drafting && inForce !== undefined && (
        <Draft year={year} days={data.days} inForce={inForce} done={() => setDrafting(false)} />
      )}
      {versions.isError && <Failure error={versions.error} retry={() => void versions.refetch()} />}
      {versions.data !== undefined && <Versions versions={versions.data.versions} />}
    </Page>
  );
}
