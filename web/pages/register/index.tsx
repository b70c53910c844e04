/** 名册: subjects, posts, people and units; one of each with its history; changes by form, sheets by import. */
import { Segmented } from 'antd';
import { Navigate, Outlet, Route, Routes, useLocation, useNavigate } from 'react-router';
import { useMay } from '../../app/session.tsx';
import { Page } from '../../parts/Page.tsx';
import { Imports } from './Imports.tsx';
import { Persons } from './Persons.tsx';
import { PersonPage } from './PersonPage.tsx';
import { PostPage } from './PostPage.tsx';
import { Posts } from './Posts.tsx';
import { SubjectPage } from './SubjectPage.tsx';
import { Subjects } from './Subjects.tsx';
import { UnitPage } from './UnitPage.tsx';
import { Units } from './Units.tsx';

export default function RegisterPage() {
  const mayImport = useMay('register.import');
  return (
    <Routes>
      <Route path="subjects/:id" element={<SubjectPage />} />
      <Route path="posts/:id" element={<PostPage />} />
      <Route path="persons/:id" element={<PersonPage />} />
      <Route path="units/:id" element={<UnitPage />} />
      <Route element={<Lists mayImport={mayImport} />}>
        <Route path="subjects" element={<Subjects />} />
        <Route path="posts" element={<Posts />} />
        <Route path="persons" element={<Persons />} />
        <Route path="units" element={<Units />} />
        {mayImport && <Route path="import" element={<Imports />} />}
      </Route>
      <Route path="*" element={<Navigate to="/register/subjects" replace />} />
    </Routes>
  );
}

function Lists({ mayImport }: { readonly mayImport: boolean }) {
  const navigate = useNavigate();
  const here = useLocation().pathname.split('/')[2] ?? 'subjects';
  return (
    <Page
      title="名册"
      beside={
        <Segmented
          aria-label="名册的哪一部分"
          value={here}
          options={[
            { value: 'subjects', label: '主体' },
            { value: 'posts', label: '岗位' },
            { value: 'persons', label: '人员' },
            { value: 'units', label: '单位' },
            ...(mayImport ? [{ value: 'import', label: '导入导出' }] : []),
          ]}
          onChange={(path) => void navigate(`/register/${path}`)}
        />
      }
    >
      <Outlet />
    </Page>
  );
}
