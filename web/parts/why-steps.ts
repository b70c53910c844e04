/** What happened rung by rung, and what will if nothing is done. */
import type { Schemas } from '../api/client.ts';
import { shortInstant } from '../words/dates.ts';
import { fullWidth } from '../words/punctuation.ts';
import type { NextStep } from './Why.tsx';

type Clock = Pick<Schemas['CaseClock'], 'id' | 'rungs'>;

export const stepsOf = ({ id, rungs }: Clock, ahead: Schemas['Case']['ahead']): readonly NextStep[] => [
  ...rungs
    .filter(({ how }) => how === 'fired')
    .map(({ title, at }) => ({ when: shortInstant(at), what: `${fullWidth(title)}，已告知`, done: true })),
  ...ahead
    .filter(({ clock }) => clock === id)
    .map(({ title, at }) => ({ when: shortInstant(at), what: fullWidth(title), done: false })),
];
