/** The sentence of any event of any kind; a type nobody has worded stands for itself. */
import type { Typed } from '../kernel/process.ts';
import { correctionSaid } from './correction-said.ts';
import { cycleSaid } from './cycle-said.ts';
import { bindingDutySaid, pledgeDutySaid } from './duties-said.ts';
import { roundSaid } from './round-said.ts';
import type { Speaker } from './speaker.ts';

type Say = (event: never, say: Speaker) => string;

const SAID: Readonly<Record<string, Readonly<Record<string, Say>>>> = {
  round: roundSaid,
  correction: correctionSaid,
  cycle: cycleSaid,
  'binding-duty': bindingDutySaid,
  'pledge-duty': pledgeDutySaid,
};

/** What an event of a kind says, without who and when. */
export function eventSaid(kind: string, event: Typed, say: Speaker): string {
  const sentence = SAID[kind]?.[event.type];
  return sentence === undefined ? event.type : sentence(event as never, say);
}
