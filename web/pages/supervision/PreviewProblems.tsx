/** What an officer must know before confirming: each kind of problem, how many, what happens if started so, where to mend it. */
import { Button } from 'antd';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { fullWidth } from '../../words/punctuation.ts';
import styles from './KickOff.module.css';

type Preview = Schemas['CyclePreview'];
type Kind = Preview['kinds'][number];

/** What stands beside the number, and where it is mended. */
const SHOWN: Readonly<Record<Kind['code'], { readonly unit: string; readonly mend?: readonly [string, string] }>> = {
  vacancy: { unit: '个', mend: ['指定人员', '/register/posts?vacant=true'] },
  unbound: { unit: '户', mend: ['去绑定', '/register/subjects?bound=false'] },
  'frequency-unset': { unit: '类', mend: ['录入频次', '/rules/policies'] },
  absence: { unit: '人', mend: ['指定代理', '/register/persons'] },
  'no-pledge': { unit: '人', mend: ['查看', '/cases?kind=pledge-duty&closed=false'] },
  'already-in-period': { unit: '个' },
  'more-than-one-a-period': { unit: '类' },
  'no-superior': { unit: '个', mend: ['去填写', '/register/posts'] },
  'provisional-calendar': { unit: '', mend: ['看日历', '/calendar'] },
};

/** Units that are named; the rest are counted. */
const NAMED = 3;

export function PreviewProblems({ preview }: { readonly preview: Preview }) {
  const { kinds, clean } = preview;
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
                {own.map((kind) => (
                  <ProblemRow key={kind.code} kind={kind} spelledOut={messageOf(preview, kind)} />
                ))}
              </tbody>
            );
          })}
        </table>
      )}
    </Card>
  );
}

function ProblemRow({ kind, spelledOut }: { readonly kind: Kind; readonly spelledOut: string }) {
  const { unit, mend } = SHOWN[kind.code];
  return (
    <tr>
      <td className={styles['count']}>{unit === '' ? '全部' : `${kind.count} ${unit}`}</td>
      <th scope="row">
        {kind.title}
        <p title={kind.units.map(({ name, count }) => `${name} ${count}`).join('，')}>{placesOf(kind) || spelledOut}</p>
      </th>
      <td>{fullWidth(kind.then)}</td>
      <td className="no-print">
        {mend !== undefined && (
          <Link to={mend[1]} target="_blank">
            <Button size="small">{mend[0]}</Button>
          </Link>
        )}
      </td>
    </tr>
  );
}

/** Where it is: the units with the most, most first, and the visits concerned. */
function placesOf({ units, visits }: Kind): string {
  const named = units.slice(0, NAMED).map(({ name, count }) => `${name} ${count}`);
  const rest = units.length > NAMED ? [`另 ${units.length - NAMED} 个单位`] : [];
  return [...named, ...rest, ...(visits === 0 ? [] : [`涉 ${visits} 户`])].join('、');
}

const messageOf = ({ problems }: Preview, { code }: Kind): string =>
  fullWidth(problems.find((problem) => problem.code === code)?.message ?? '');
