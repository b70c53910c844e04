/** Nothing is here: one sentence with the reason, and what comes next. No picture. */
import type { ReactNode } from 'react';

export const Empty = ({ children }: { readonly children: ReactNode }) => (
  <p className="quiet" style={{ padding: '24px 16px' }}>
    {children}
  </p>
);
