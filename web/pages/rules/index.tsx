/** 规则: the rule packs with their articles, the ladders, and the district's own values. */
import { Segmented } from 'antd';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { Page } from '../../parts/Page.tsx';
import { Ladders } from './Ladders.tsx';
import { Policies } from './Policies.tsx';
import { Rules } from './Rules.tsx';

export default function RulesPage() {
  const navigate = useNavigate();
  const here = useLocation().pathname.split('/')[2] ?? '';
  return (
    <Page
      title="规则"
      beside={
        <Segmented
          aria-label="看什么"
          value={here}
          options={[
            { value: '', label: '规则' },
            { value: 'ladders', label: '提醒与升级阶梯' },
            { value: 'policies', label: '区政策' },
          ]}
          onChange={(path) => void navigate(`/rules${path === '' ? '' : `/${path}`}`)}
        />
      }
    >
      <Routes>
        <Route index element={<Rules />} />
        <Route path="ladders" element={<Ladders />} />
        <Route path="policies" element={<Policies />} />
        <Route path="*" element={<Navigate to="/rules" replace />} />
      </Routes>
    </Page>
  );
}
