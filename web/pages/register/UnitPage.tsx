/** One unit: where it belongs, what lies under it, its history. */
import { Link, useParams } from 'react-router';
import { ApiFailure } from '../../api/client.ts';
import { Card } from '../../parts/Card.tsx';
import { Facts } from '../../parts/Facts.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { Page } from '../../parts/Page.tsx';
import { Lines } from './Beside.tsx';
import { ChangeButtons } from './ChangeButtons.tsx';
import { ChangeDrawer } from './ChangeDrawer.tsx';
import { History } from './History.tsx';
import styles from './Register.module.css';
import { unitPath } from './Units.tsx';
import { useChange } from './use-change.ts';
import { useUnits } from './use-units.ts';
import { unitKindWords } from './words.ts';

export function UnitPage() {
  const { id = '' } = useParams();
  const units = useUnits();
  const change = useChange();
  const above = <Link to="/register/units">名册 / 单位</Link>;
  const unit = units.data?.rows.find((row) => row.id === id);
  if (unit === undefined) {
    const failure = units.isError
      ? units.error
      : units.isSuccess
        ? new ApiFailure(404, { code: 'register-row-not-found', detail: '名册中没有这个单位，或不在您的辖区内。' })
        : null;
    return (
      <Page title="单位" above={above}>
        {failure === null ? <Loading /> : <Failure error={failure} />}
      </Page>
    );
  }
  const rows = units.data?.rows ?? [];
  const parent = rows.find((row) => row.id === unit.parent);
  const { name } = unit;
  return (
    <Page
      title={name}
      above={above}
      {...(change.may
        ? {
            acts: (
              <ChangeButtons
                changes={[
                  { type: 'unit-corrected', fixed: { unit: id }, now: { name } },
                  { type: 'unit-added', fixed: {}, now: { parent: id } },
                ]}
                ask={change.ask}
              />
            ),
          }
        : {})}
    >
      <div className={styles['two']}>
        <Card title="登记">
          <Facts
            rows={[
              ['编号', id],
              ['类型', unitKindWords(unit.kind)],
              [
                '隶属',
                parent === undefined ? (
                  '—'
                ) : (
                  <Link key="up" to={unitPath(parent.id)}>
                    {parent.name}
                  </Link>
                ),
              ],
              [
                '名册',
                <span key="rows">
                  <Link to={`/register/posts?unit=${encodeURIComponent(id)}`}>岗位</Link>
                  {'　'}
                  <Link to={`/register/subjects?unit=${encodeURIComponent(id)}`}>主体</Link>
                  {'　'}
                  <Link to={`/register/persons?unit=${encodeURIComponent(id)}`}>人员</Link>
                </span>,
              ],
            ]}
          />
        </Card>
        <Lines
          title="下级单位"
          empty="没有下级单位。"
          lines={rows
            .filter((row) => row.parent === id)
            .map((row) => ({ key: row.id, line: <Link to={unitPath(row.id)}>{row.name}</Link> }))}
        />
      </div>
      <History of="unit" id={id} />
      <ChangeDrawer asked={change.asked} about={name} close={change.close} />
    </Page>
  );
}
