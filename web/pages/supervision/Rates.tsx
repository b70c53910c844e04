/** The three rates and the visits made: the gap first, then how far. Each opens to what is missing. */
import type { Schemas } from '../../api/client.ts';
import { dayWords } from '../../words/dates.ts';
import styles from './Board.module.css';

type Board = Schemas['Board'];

const RATES = [
  ['binding', '包保关系建立率', '户'],
  ['pledge', '承诺书签订率', '人'],
  ['completion', '督导完成率', '户'],
] as const;

const number = new Intl.NumberFormat('zh-CN');

/** Two places, never rounded up to 100 while something is missing. */
export function percent(numerator: number, denominator: number): string {
  if (denominator === 0) return '无应计';
  const shown = Math.floor((numerator / denominator) * 10_000) / 100;
  return `${shown === 100 ? '100' : shown.toFixed(2)}`;
}

interface RatesProps {
  readonly board: Board;
  readonly chosen: string | null;
  readonly choose: (rate: string) => void;
}

export function Rates({ board, chosen, choose }: RatesProps) {
  const { total, period } = board;
  const { coverage } = total;
  return (
    <div className={styles['rates']}>
      {RATES.map(([name, title, unit]) => {
        const { numerator, denominator, missing, overdue } = total[name];
        return (
          <button
            key={name}
            type="button"
            aria-pressed={chosen === name}
            className={styles['rate']}
            onClick={() => choose(name)}
          >
            <span className={styles['name']}>{title}</span>
            <b>
              {percent(numerator, denominator)}
              {denominator > 0 && <i>%</i>}
            </b>
            <em>
              {number.format(numerator)} / {number.format(denominator)}
            </em>
            {missing === 0 ? (
              <span className={styles['rest']}>没有缺口</span>
            ) : (
              <>
                <span className={styles['gap']}>
                  缺 <strong>{number.format(missing)}</strong> {unit}
                </span>
                <span className={styles['rest']}>
                  {overdue === 0 ? '都在期限内' : `其中 ${number.format(overdue)} ${unit}已超期`}
                </span>
              </>
            )}
          </button>
        );
      })}
      <button
        type="button"
        aria-pressed={chosen === 'coverage'}
        className={styles['rate']}
        onClick={() => choose('coverage')}
      >
        <span className={styles['name']}>本期走访进度</span>
        <b>
          {percent(coverage.numerator, coverage.denominator)}
          {coverage.denominator > 0 && <i>%</i>}
        </b>
        <em>
          {number.format(coverage.numerator)} / {number.format(coverage.denominator)}
        </em>
        <Bar
          done={coverage.denominator === 0 ? 0 : coverage.numerator / coverage.denominator}
          mark={period?.passed ?? null}
        />
        <span className={styles['rest']}>
          {period === null
            ? '所有进行中的周期'
            : `时间已过 ${(period.passed * 100).toFixed(1)}%，${dayWords(period.toOn)} 止`}
        </span>
      </button>
    </div>
  );
}

/** How much is done; the stroke is how much of the time has passed. */
export const Bar = ({ done, mark }: { readonly done: number; readonly mark: number | null }) => (
  <svg className={styles['bar']} viewBox="0 0 260 14" preserveAspectRatio="none" aria-hidden="true">
    <rect y="4" width="260" height="6" rx="3" fill="var(--line)" />
    <rect y="4" width={260 * Math.min(1, done)} height="6" rx="3" fill="var(--pine)" />
    {mark !== null && <rect x={260 * mark - 1} width="2" height="14" fill="var(--ink)" />}
  </svg>
);
