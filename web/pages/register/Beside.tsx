/** Cases beside a row of the register, and short lists of what held from one day to another. */
import { Table } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { dayWords } from '../../words/dates.ts';
import { casePath } from '../../words/links.ts';
import styles from './Register.module.css';

type Row = Schemas['CaseBeside'];

export function CasesBeside({
  title,
  cases,
  empty,
}: {
  readonly title: string;
  readonly cases: readonly Row[] | null;
  readonly empty: string;
}) {
  return (
    <Card flush title={title} {...(cases === null || cases.length === 0 ? {} : { note: `${cases.length} 件` })}>
      {cases === null && <Empty>您的岗位没有查看案件的权限。</Empty>}
      {cases?.length === 0 && <Empty>{empty}</Empty>}
      {cases !== null && cases.length > 0 && (
        <Table<Row>
          size="small"
          pagination={false}
          rowKey="caseId"
          dataSource={[...cases]}
          scroll={{ x: 480 }}
          columns={[
            {
              title: '案件',
              key: 'case',
              rowScope: 'row',
              render: (_, { caseId, kindTitle }) => (
                <Link to={casePath(caseId)} title={caseId}>
                  {kindTitle} {caseId.slice(caseId.indexOf('/') + 1)}
                </Link>
              ),
            },
            { title: '进展', key: 'stage', width: 120, dataIndex: 'stageTitle' },
            {
              title: '到期',
              key: 'due',
              width: 150,
              render: (_, { dueOn, closed, breached }) => (
                <>
                  {closed ? <span className="faint">已了结</span> : dueOn === null ? '—' : dayWords(dueOn)}
                  {breached && <span className="red"> 曾超期</span>}
                </>
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}

/** A titled list of lines; one sentence where there is none. */
export function Lines({
  title,
  empty,
  lines,
}: {
  readonly title: string;
  readonly empty: string;
  readonly lines: readonly { readonly key: string; readonly line: ReactNode }[];
}) {
  return (
    <Card title={title}>
      {lines.length === 0 ? (
        <p className="quiet">{empty}</p>
      ) : (
        <ul className={styles['plain']}>
          {lines.map(({ key, line }) => (
            <li key={key}>{line}</li>
          ))}
        </ul>
      )}
    </Card>
  );
}
