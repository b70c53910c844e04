/** What day it is in the office: date, hour, working day or not, how far the quarter is. From the API, not this machine. */
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, ask } from '../api/client.ts';
import { dayAndTime, instantWords, setToday } from '../words/dates.ts';
import styles from './Today.module.css';

export function Today() {
  const { data } = useQuery({
    queryKey: ['today'],
    queryFn: () => ask(api.GET('/api/today')),
    refetchInterval: 60_000,
  });
  useEffect(() => {
    if (data !== undefined) setToday(dayAndTime(data.now).on);
  }, [data]);
  if (data === undefined) return null;
  const { now, kind, quarter } = data;
  return (
    <div className={styles['today']}>
      {instantWords(now)} · {kind}
      {quarter !== null && ` · 本季第 ${quarter.passed} / ${quarter.days} 个工作日`}
    </div>
  );
}
