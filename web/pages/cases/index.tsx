/** 案件: the list, and one page for a case of any kind. */
import { Route, Routes, useParams } from 'react-router';
import { CasePage } from './CasePage.tsx';
import { CaseList } from './CaseList.tsx';

export default function Cases() {
  return (
    <Routes>
      <Route index element={<CaseList />} />
      <Route path="*" element={<OneCase />} />
    </Routes>
  );
}

/** The number of a case is the rest of the address. */
function OneCase() {
  const { '*': caseId = '' } = useParams();
  return <CasePage key={caseId} caseId={caseId} />;
}
