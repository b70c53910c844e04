/** Which rungs an entry says have fired, and whether it is somebody's act: what tells which rung moves cases. Pure. */
import type { Armings } from '../domain/kernel/alarms.ts';
import type { EntryContent } from './entry.ts';

export interface FiredRung {
  readonly clock: string;
  readonly arming: number;
  readonly rung: string;
  readonly ladder: string;
  readonly firedAt: number;
}

/** The rungs that fired in the entry; their ladders as the case was armed then. */
export const firedIn = ({ kernel }: Pick<EntryContent, 'kernel'>, armings: Armings): readonly FiredRung[] =>
  kernel.flatMap((event) =>
    event.type === 'rung-fired'
      ? [
          {
            clock: event.clock,
            arming: event.arming,
            rung: event.rung,
            ladder: armings[event.clock]?.ladder ?? '',
            firedAt: event.at,
          },
        ]
      : [],
  );

/** Whether a person did something to the case: an answer to whatever rung had fired. */
export const isActed = ({ actor, events }: Pick<EntryContent, 'actor' | 'events'>): boolean =>
  actor.capacity !== 'system' && events.length > 0;

/** Every rung of a case and when it was answered, from its whole journal. */
export function rungsOf(
  entries: readonly { readonly content: EntryContent; readonly armings: Armings }[],
): readonly (FiredRung & { readonly movedAt: number | null })[] {
  const rungs: (FiredRung & { movedAt: number | null })[] = [];
  for (const { content, armings } of entries) {
    if (isActed(content)) for (const rung of rungs) rung.movedAt ??= content.at;
    rungs.push(...firedIn(content, armings).map((rung) => ({ ...rung, movedAt: null })));
  }
  return rungs;
}
