/** Sends the signed-in person's queue while any page is open. Shows nothing. */
import { useEffect } from 'react';
import { useSessionState } from '../app/session.tsx';
import { sendFor } from './sending.ts';

export default function Courier() {
  const { session, ended } = useSessionState();
  const person = session?.person.id;
  useEffect(() => (person === undefined || ended ? undefined : sendFor(person)), [person, ended]);
  return null;
}
