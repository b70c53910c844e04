/** Which page an address shows, and what stands in its place when nobody is signed in or the right is missing. */
import { lazy, Suspense, type ReactNode } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { Failure } from '../parts/Failure.tsx';
import { Forbidden } from '../parts/Forbidden.tsx';
import { Loading } from '../parts/Loading.tsx';
import { NotFound } from '../parts/NotFound.tsx';
import { PageGuard } from './PageGuard.tsx';
import { mayOpen, PAGES, type PageEntry } from './pages.ts';
import { useSessionState } from './session.tsx';
import { Shell } from './Shell.tsx';

const SignIn = lazy(() => import('../pages/sign-in/index.tsx'));

export function AppRoutes() {
  return (
    <Routes>
      <Route
        path="/sign-in/*"
        element={
          <Suspense fallback={<Loading />}>
            <SignIn />
          </Suspense>
        }
      />
      <Route path="/" element={<SignedIn>{(first) => <Navigate to={first} replace />}</SignedIn>} />
      {PAGES.map((entry) => (
        <Route
          key={entry.path}
          path={`/${entry.path}/*`}
          element={<SignedIn>{() => <Guarded {...entry} />}</SignedIn>}
        />
      ))}
      <Route path="*" element={<SignedIn>{() => <NotFound />}</SignedIn>} />
    </Routes>
  );
}

/** Sends whoever is not signed in to do so, and back afterwards. The child is given the person's first page. */
function SignedIn({ children }: { readonly children: (first: string) => ReactNode }) {
  const { session, loading, failure, refresh } = useSessionState();
  const { pathname, search } = useLocation();
  if (loading) return <Loading />;
  if (session === null && failure !== null) return <Failure error={failure} retry={() => void refresh()} />;
  if (session === null) return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
  if (session.mustChangePassword && pathname !== '/account') return <Navigate to="/account?change=password" replace />;
  if (session.mustStepUp && pathname !== '/account') return <Navigate to="/account?enrol=1" replace />;
  // What everybody may read is nobody's first page: an administrator begins with what they keep.
  const open = PAGES.filter((entry) => mayOpen(entry, session.rights));
  const first = open.find(({ rights }) => rights.length > 0 && !rights.includes('office.read')) ?? open[0];
  return <Shell>{children(`/${first?.path ?? 'account'}`)}</Shell>;
}

function Guarded(entry: PageEntry) {
  const { session } = useSessionState();
  const { pathname } = useLocation();
  if (session === null) return null;
  if (!mayOpen(entry, session.rights)) return <Forbidden rights={entry.rights} title={entry.title} />;
  const Page = entry.page;
  return (
    <PageGuard key={`${entry.path} ${session.post?.id ?? ''}`} title={entry.title} path={pathname}>
      <Suspense fallback={<Loading />}>
        <Page />
      </Suspense>
    </PageGuard>
  );
}
