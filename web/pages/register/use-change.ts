/** Which change form is open on a page, and the buttons' way to open it. */
import { useState } from 'react';
import { useMay } from '../../app/session.tsx';
import type { AskedChange } from './ChangeDrawer.tsx';

export function useChange() {
  const [asked, ask] = useState<AskedChange | null>(null);
  return { asked, ask, close: () => ask(null), may: useMay('register.change') };
}
