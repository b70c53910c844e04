/** A table wider than the screen: it scrolls in its own place, and by keyboard, even where no cell can be focused. */
import type { ReactNode } from 'react';

interface SidewaysProps {
  /** What scrolls, for whoever hears the page. */
  readonly label: string;
  /** Below this width it scrolls. */
  readonly width: number;
  readonly children: ReactNode;
}

export const Sideways = ({ label, width, children }: SidewaysProps) => (
  <div role="region" aria-label={label} tabIndex={0} style={{ overflowX: 'auto' }}>
    <div style={{ minWidth: width }}>{children}</div>
  </div>
);
