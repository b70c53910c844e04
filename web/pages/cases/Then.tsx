/** The case at a past moment, in words: stage, who held it, clocks, who had been told, what it rested on, the last entry. */
import { Card } from '../../parts/Card.tsx';
import { instantWords, standingWords } from '../../words/dates.ts';
import styles from './Case.module.css';
import { byUrgency, type CaseMoment } from './use-case.ts';

const STATES: Readonly<Record<string, string>> = {
  queued: '待发',
  frozen: '发送中',
  sent: '已发',
  read: '已读',
  'not-sent': '未发',
};
const MOST_TOLD = 12;

export function Then({ shown }: { readonly shown: CaseMoment }) {
  const { stageTitle, waits, holder, clocks, told, versions, head } = shown;
  const reached = told.filter(({ state }) => state !== 'not-sent');
  return (
    <section className={styles['then']} aria-label="那一刻的案件">
      <Card title="那一刻的案件">
        <dl>
          <dt>阶段</dt>
          <dd>
            {stageTitle}
            {waits !== null && `，等着办：${waits}`}
          </dd>
          <dt>谁在办</dt>
          <dd>
            {holder === null
              ? '尚无承办岗位，或者无须再办'
              : `${holder.title} ${holder.name ?? '（空缺）'}${holder.deputy !== null ? `；请假，由${holder.deputy.name}代理` : ''}`}
          </dd>
          <dt>时钟</dt>
          <dd>
            {clocks.length === 0 && '没有'}
            {[...clocks].sort(byUrgency).map(({ id, label, standing }) => (
              <span key={id} className={styles['line']}>
                {label}：{standingWords(standing)}
              </span>
            ))}
          </dd>
          <dt>谁已知</dt>
          <dd>
            {reached.length === 0 && '尚无'}
            {reached
              .slice(-MOST_TOLD)
              .reverse()
              .map(({ notice, postTitle, personName, act, state }) => (
                <span key={notice} className={styles['line']}>
                  {personName === null ? postTitle : `${postTitle} ${personName}`}（{act}，{STATES[state] ?? state}）
                </span>
              ))}
            {reached.length > MOST_TOLD && <span className={styles['line']}>另有 {reached.length - MOST_TOLD} 条</span>}
          </dd>
          <dt>依据</dt>
          <dd>
            规则 {versions.rules.version}
            <br />
            历法 {versions.calendar.version}，区政策 {versions.policy.version}
          </dd>
          <dt>最后一条</dt>
          <dd>
            第 {head.seq} 条，摘要值 {head.hash.slice(0, 4)}…{head.hash.slice(-2)}，由流水还原
          </dd>
        </dl>
        <p className="small faint">截至 {instantWords(shown.at)}</p>
      </Card>
    </section>
  );
}
