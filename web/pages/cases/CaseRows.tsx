/** Rows of cases: how its first limit stands, what it waits for, the matter, who holds it. Two lines on a phone. */
import { Grid, Table } from 'antd';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { ClockGlyph } from '../../parts/ClockGlyph.tsx';
import { Remaining } from '../../parts/Remaining.tsx';
import { dayAndTime, dayWords } from '../../words/dates.ts';
import { casePath } from '../../words/links.ts';
import styles from './List.module.css';

type Row = Schemas['ListedCase'];

/** From here on rows are drawn only while they are in sight. */
const VIRTUAL_ABOVE = 200;

const matterOf = ({ kindTitle, subject, unit, key }: Row): string =>
  `${kindTitle} · ${subject?.name ?? subject?.id ?? unit?.name ?? key}`;

const Act = ({ row }: { readonly row: Row }) => (
  <span className={styles['act']}>
    <span className={styles['glyph']}>{row.standing !== null && <ClockGlyph standing={row.standing} size={16} />}</span>
    <span className={styles['words']}>
      <Link data-row to={casePath(row.id)} title={`${row.act}：${matterOf(row)}`}>
        <b>{row.act}</b> {matterOf(row)}
      </Link>
      <span className={styles['number']} title={row.id}>
        {row.id}
        {row.breached && <span className="red"> · 曾超期</span>}
      </span>
    </span>
  </span>
);

const Limit = ({ row: { standing, closedAt, stageTitle } }: { readonly row: Row }) =>
  standing !== null ? (
    <Remaining standing={standing} />
  ) : (
    <span className="quiet">
      {closedAt === null ? '没有期限' : `${stageTitle} · ${dayWords(dayAndTime(closedAt).on)}`}
    </span>
  );

const holderOf = ({ holder }: Row): string =>
  holder === null ? '—' : `${holder.title ?? holder.post}${holder.name === null ? '（空缺）' : ` ${holder.name}`}`;

const COLUMNS = [
  { title: '待办与事项', key: 'act', rowScope: 'row' as const, render: (row: Row) => <Act row={row} /> },
  {
    title: '阶段',
    key: 'stage',
    width: 132,
    responsive: ['md' as const],
    render: ({ stageTitle, clockTitle }: Row) => (
      <>
        {stageTitle}
        <span className={styles['clock']}>{clockTitle}</span>
      </>
    ),
  },
  { title: '期限', key: 'due', width: 190, render: (row: Row) => <Limit row={row} /> },
  {
    title: '承办',
    key: 'holder',
    width: 200,
    responsive: ['lg' as const],
    render: (row: Row) => (
      <span className={styles['ellipsis']} title={holderOf(row)}>
        {holderOf(row)}
      </span>
    ),
  },
  {
    title: '单位',
    key: 'unit',
    width: 140,
    responsive: ['xl' as const],
    render: ({ unit }: Row) => (
      <span className={styles['ellipsis']} title={unit?.name ?? ''}>
        {unit?.name ?? unit?.id ?? '—'}
      </span>
    ),
  },
];

interface CaseRowsProps {
  readonly rows: readonly Row[];
  /** Every row is drawn, in sight or not: for paper. */
  readonly whole?: boolean;
}

export function CaseRows({ rows, whole = false }: CaseRowsProps) {
  const { md = true } = Grid.useBreakpoint();
  const many = !whole && md && rows.length > VIRTUAL_ABOVE;
  const columns = COLUMNS.map((column) => (column.key === 'due' && !md ? { ...column, width: 136 } : column));
  return (
    <Table<Row>
      className={styles['table'] ?? ''}
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={[...rows]}
      pagination={false}
      {...(many ? { virtual: true, scroll: { y: 680 } } : { sticky: true })}
      tableLayout="fixed"
    />
  );
}
