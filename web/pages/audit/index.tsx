/** 审计: the journal searched, verifications, checkpoints, who was refused and who read what, sign-ons. */
import { Segmented } from 'antd';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { useSession } from '../../app/session.tsx';
import { Page } from '../../parts/Page.tsx';
import { AccessLog } from './AccessLog.tsx';
import { Checkpoints } from './Checkpoints.tsx';
import { Journal } from './Journal.tsx';
import { Refusals } from './Refusals.tsx';
import { SecurityLog } from './SecurityLog.tsx';
import { Verifications } from './Verifications.tsx';

const TABS = [
  ['journal', '流水检索', 'journal.search', <Journal key="journal" />],
  ['verify', '核验', 'journal.verify', <Verifications key="verify" />],
  ['checkpoints', '核对点', 'journal.verify', <Checkpoints key="checkpoints" />],
  ['access', '访问记录', 'access-log.read', <AccessLog key="access" />],
  ['sign-ons', '登录记录', 'security-log.read', <SecurityLog key="sign-ons" />],
  ['refusals', '被拒的办理', 'journal.search', <Refusals key="refusals" />],
] as const;

export default function AuditPage() {
  const { rights } = useSession();
  const navigate = useNavigate();
  const here = useLocation().pathname.split('/')[2] ?? '';
  const open = TABS.filter(([, , right]) => (rights as readonly string[]).includes(right));
  const first = open[0]?.[0] ?? '';
  return (
    <Page
      title="审计"
      beside={
        <Segmented
          aria-label="哪一类记录"
          value={here === '' ? first : here}
          options={open.map(([path, label]) => ({ value: path, label }))}
          onChange={(path) => void navigate(`/audit/${path}`)}
        />
      }
    >
      <Routes>
        <Route index element={<Navigate to={first} replace />} />
        {open.map(([path, , , element]) => (
          <Route key={path} path={path} element={element} />
        ))}
        <Route path="*" element={<Navigate to={`/audit/${first}`} replace />} />
      </Routes>
    </Page>
  );
}
