/** Who holds the case, what it waits for, its subject, what it rests on: one quiet line. */
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { casesPath } from '../../words/links.ts';
import styles from './Case.module.css';
import type { CaseNow } from './use-case.ts';

const RISKS: Readonly<Record<string, string>> = {
  low: '低风险',
  medium: '一般风险',
  elevated: '较高风险',
  high: '高风险',
};
const STATUS: Readonly<Record<string, string>> = { active: '', suspended: '停业', closed: '已注销' };

export function FactStrip({ view }: { readonly view: CaseNow }) {
  const { holder, waits, unit, subject, subjectFacts, cycle, versions, figures, closedAs, stageTitle } = view;
  const facts: (readonly [string, ReactNode])[] = [];
  if (holder !== null)
    facts.push([
      '承办',
      <>
        {holder.title} <b>{holder.name ?? '（空缺）'}</b>
        {holder.deputy !== null && `，请假，由${holder.deputy.name}代理`}
        {holder.absent && holder.deputy === null && '，请假，未指定代理'}
      </>,
    ]);
  if (closedAs !== null) facts.push(['结果', stageTitle]);
  else if (waits !== null) facts.push(['等着办', waits]);
  if (subject !== null)
    facts.push([
      '主体',
      <>
        <Link to={casesPath({ subject: subject.id, closed: 'any' })}>{subject.name}</Link>
        {subjectFacts !== null &&
          [
            `${subjectFacts.class} 级`,
            RISKS[subjectFacts.risk] ?? subjectFacts.risk,
            subjectFacts.trade,
            STATUS[subjectFacts.status] ?? '',
          ]
            .filter((words) => words !== '')
            .map((words) => ` · ${words}`)
            .join('')}
      </>,
    ]);
  if (unit !== null) facts.push(['单位', unit.name]);
  if (cycle !== null) facts.push(['周期', <Link to={casesPath({ cycle, closed: 'any' })}>{cycle}</Link>]);
  facts.push(['适用', `规则 ${versions.rules.version} · 历法 ${versions.calendar.version}`]);
  const told = figures.filter(({ value }) => value !== 0);
  if (told.length > 0) facts.push(['数字', told.map(({ label, value }) => `${label} ${value}`).join('，')]);
  return (
    <dl className={styles['facts']}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
