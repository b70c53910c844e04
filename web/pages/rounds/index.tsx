/** 走访: a round on a phone. Whom to visit, a visit recorded, what was sent; all of it without a connection. */
import { useEffect, useState } from 'react';
import { Navigate, Route, Routes, useLocation, useParams } from 'react-router';
import { keepShell } from '../../offline/shell.ts';
import { Note } from '../../parts/Note.tsx';
import { QueuePage } from './QueuePage.tsx';
import { RoundList } from './RoundList.tsx';
import { RoundPage } from './RoundPage.tsx';
import { VisitPage } from './VisitPage.tsx';

export default function RoundsPage() {
  const { pathname } = useLocation();
  const [unkept, setUnkept] = useState(false);
  useEffect(() => {
    keepShell().then(
      () => setUnkept(false),
      () => setUnkept(true),
    );
  }, [pathname]);
  return (
    <>
      {unkept && <Note title="这个浏览器不能离线打开走访页">请不要关闭本页；已打开的页面没有网络也可照常记录。</Note>}
      <Routes>
        <Route index element={<RoundList />} />
        <Route path="queue" element={<QueuePage />} />
        <Route path=":key" element={<Keyed page={(key) => <RoundPage key={key} round={key} />} />} />
        <Route path=":key/visit/:subject" element={<Subject />} />
        <Route path="*" element={<Navigate to="/rounds" replace />} />
      </Routes>
    </>
  );
}

function Keyed({ page }: { readonly page: (key: string) => React.ReactNode }) {
  const { key = '' } = useParams();
  return page(key);
}

function Subject() {
  const { key = '', subject = '' } = useParams();
  return <VisitPage key={`${key} ${subject}`} round={key} subject={subject} />;
}
