/** What an officer must know before confirming: each kind of problem, how many, what happens if started so, where to mend it. */
import { Button } from 'antd';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import styles from './KickOff.module.css';

type Preview = Schemas['CyclePreview'];

interface Kind {
  readonly code: string;
  readonly count: number;
  /** What stands beside the number. */
  readonly unit: string;
  readonly title: string;
  readonly then: string;
  /** Must be dealt with, or its consequence is accepted. */
  readonly grave: boolean;
  readonly mend: readonly [label: string, to: string] | null;
}

const KINDS: Readonly<Record<string, Omit<Kind, 'code' | 'count'>>> = {
  vacancy: {
    unit: '个',
    title: '岗位空缺',
    then: '无人可派。启动后由上级收件，期限照走',
    grave: true,
    mend: ['指定人员', '/register/posts?vacant=true'],
  },
  unbound: {
    unit: '户',
    title: '未建立包保关系',
    then: '不能开轮次。已另开「落实包保」，各有期限',
    grave: true,
    mend: ['去绑定', '/register/subjects?bound=false'],
  },
  'frequency-unset': {
    unit: '类',
    title: '督导频次未录入',
    then: '这一类主体不会产生走访任务',
    grave: true,
    mend: ['录入频次', '/rules/policies'],
  },
  absence: {
    unit: '人',
    title: '期内缺席',
    then: '提醒发给代理人；没有代理的仍发本人，无人代办',
    grave: false,
    mend: ['指定代理', '/register/persons'],
  },
  'no-pledge': {
    unit: '人',
    title: '承诺书未签',
    then: '可开轮次。「签订承诺书」义务已在走，另计',
    grave: false,
    mend: ['查看', '/cases?kind=pledge-duty&closed=false'],
  },
  'already-in-period': {
    unit: '个',
    title: '轮次已存在',
    then: '保留原轮次，不重复开',
    grave: false,
    mend: null,
  },
  'more-than-one-a-period': {
    unit: '户',
    title: '一期内应走访多次',
    then: '本轮次只计一次；多出的须另行安排',
    grave: false,
    mend: null,
  },
  'no-superior': {
    unit: '个',
    title: '没有上级岗位',
    then: '超期时直接报区食药安办',
    grave: false,
    mend: ['去填写', '/register/posts'],
  },
  'provisional-calendar': {
    unit: '',
    title: '到期日暂定',
    then: '放假安排公布后重算，只通知日期有变的人',
    grave: false,
    mend: ['看日历', '/calendar'],
  },
};

export function problemKinds({ totals }: Preview): readonly Kind[] {
  return Object.entries(totals.problems)
    .filter(([, count]) => count > 0)
    .map(([code, count]) => ({
      code,
      count,
      ...(KINDS[code] ?? { unit: '处', title: code, then: '', grave: false, mend: null }),
    }))
    .sort((a, b) => Number(b.grave) - Number(a.grave));
}

export function PreviewProblems({ preview }: { readonly preview: Preview }) {
  const kinds = problemKinds(preview);
  const clean = preview.rows.filter(({ problems }) => problems.length === 0).length;
  return (
    <Card flush title="先看问题" note={`${kinds.length} 类，其余 ${clean} 个轮次无问题`}>
      {kinds.length === 0 ? (
        <Empty>没有发现问题。</Empty>
      ) : (
        <table className={styles['problems']}>
          <caption className="hidden-text">启动前的问题</caption>
          <thead>
            <tr>
              <th scope="col">数量</th>
              <th scope="col">问题</th>
              <th scope="col">照此启动会怎样</th>
              <th scope="col">处理</th>
            </tr>
          </thead>
          {[true, false].map((grave) => {
            const own = kinds.filter((kind) => kind.grave === grave);
            if (own.length === 0) return null;
            return (
              <tbody key={String(grave)}>
                <tr className={styles['group']}>
                  <th scope="colgroup" colSpan={4}>
                    {grave ? '须处理，或承担所列后果' : '可以启动，请知悉'}
                  </th>
                </tr>
                {own.map(({ code, count, unit, title, then, mend }) => (
                  <tr key={code}>
                    <td className={styles['count']}>{unit === '' ? '全部' : `${count} ${unit}`}</td>
                    <th scope="row">
                      {title}
                      <p>{placesOf(preview, code)}</p>
                    </th>
                    <td>{then}</td>
                    <td className="no-print">
                      {mend !== null && (
                        <Link to={mend[1]} target="_blank">
                          <Button size="small">{mend[0]}</Button>
                        </Link>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            );
          })}
        </table>
      )}
    </Card>
  );
}

/** Where it is: the units with the most, most first. */
function placesOf({ rows, problems }: Preview, code: string): string {
  const units = new Map<string, number>();
  for (const { unitName, problems: own } of rows)
    if (own.some((problem) => problem.code === code)) units.set(unitName, (units.get(unitName) ?? 0) + 1);
  if (units.size === 0) return problems.find((problem) => problem.code === code)?.message ?? '';
  const sorted = [...units].sort(([, a], [, b]) => b - a);
  const shown = sorted
    .slice(0, 3)
    .map(([unit, count]) => `${unit} ${count}`)
    .join('、');
  return sorted.length > 3 ? `${shown} 等 ${sorted.length} 处` : shown;
}
