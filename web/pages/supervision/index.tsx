/** 督导: the board of a period, and the kick-off of another. */
import { Route, Routes } from 'react-router';
import { NotFound } from '../../parts/NotFound.tsx';
import { BoardPage } from './BoardPage.tsx';
import { KickOffPage } from './KickOffPage.tsx';
import { ProgressPage } from './ProgressPage.tsx';

export default function Supervision() {
  return (
    <Routes>
      <Route index element={<BoardPage />} />
      <Route path="start" element={<KickOffPage />} />
      <Route path="progress" element={<ProgressPage />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
