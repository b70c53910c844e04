/** 通知: who was told what, and whether it arrived; which rung of the ladder moves cases. */
import { Segmented } from 'antd';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { Page } from '../../parts/Page.tsx';
import { Effects } from './Effects.tsx';
import { Ledger } from './Ledger.tsx';

export default function NoticesPage() {
  const navigate = useNavigate();
  const here = useLocation().pathname.split('/')[2] ?? '';
  return (
    <Page
      title="通知"
      beside={
        <Segmented
          aria-label="看什么"
          value={here}
          options={[
            { value: '', label: '台账' },
            { value: 'effects', label: '哪一级起了作用' },
          ]}
          onChange={(path) => void navigate(`/notices${path === '' ? '' : `/${path}`}`)}
        />
      }
    >
      <Routes>
        <Route index element={<Ledger />} />
        <Route path="effects" element={<Effects />} />
        <Route path="*" element={<Navigate to="/notices" replace />} />
      </Routes>
    </Page>
  );
}
