/** The smallest process that exercises the kernel: one clock, a counter, and every kind of consequence. */
import { refused, wrote, type Consequence, type Process } from '../../domain/kernel/process.ts';
import type { Clock, Extension, Stop } from '../../domain/kernel/clock.ts';

export type ToyCommand =
  | { readonly type: 'open'; readonly dueOn: string; readonly ladder?: string; readonly holder?: string }
  | { readonly type: 'act'; readonly note?: string; readonly rest?: readonly string[] }
  | { readonly type: 'move'; readonly dueOn: string }
  | { readonly type: 'tell'; readonly to: string }
  | { readonly type: 'spawn'; readonly key: string }
  | { readonly type: 'finish' }
  | { readonly type: 'reopen' }
  | { readonly type: 'refuse' };

export type ToyEvent =
  | {
      readonly type: 'opened';
      readonly dueOn: string;
      readonly ladder: string;
      readonly holder: string | null;
      readonly at: number;
    }
  | { readonly type: 'acted'; readonly at: number; readonly received: number }
  | { readonly type: 'moved'; readonly dueOn: string }
  | { readonly type: 'told'; readonly to: string }
  | { readonly type: 'spawned'; readonly key: string }
  | { readonly type: 'defaulted'; readonly at: number }
  | { readonly type: 'default-annulled'; readonly at: number }
  | { readonly type: 'finished'; readonly at: number }
  | { readonly type: 'reopened'; readonly at: number };

export interface Toy {
  readonly startedAt: number;
  readonly dueOn: string;
  readonly ladder: string;
  readonly holder: string | null;
  readonly acts: number;
  readonly defaultedAt: number | null;
  readonly finishedAt: number | null;
  readonly stops: readonly Stop[];
  readonly extensions: readonly Extension[];
}

const clock = (state: Toy): Clock => ({
  id: 'main',
  rule: 'BB-04',
  startedAt: state.startedAt,
  dueOn: state.dueOn,
  stops: state.stops,
  extensions: state.extensions,
  ladder: state.ladder,
  ...(state.finishedAt === null ? {} : { endedAt: state.finishedAt }),
});

export const toy: Process<Toy, ToyCommand, ToyEvent> = {
  kind: 'toy',
  revision: 1,
  stateVersion: 1,
  texts: ['note'],
  needs: (_state, command) => ('rest' in command ? (command.rest ?? []).map((id) => ({ of: 'subject', id })) : []),
  decide(state, command, at) {
    if (command.type === 'open') {
      const { dueOn, ladder = 'supervision-round', holder = null } = command;
      return wrote<ToyEvent>({ type: 'opened', dueOn, ladder, holder, at: at.now });
    }
    if (state === undefined) return refused('not-open');
    switch (command.type) {
      case 'lapse':
        if (command.rung === 'annulled') return wrote<ToyEvent>({ type: 'default-annulled', at: at.now });
        return command.rung === 'due' ? wrote<ToyEvent>({ type: 'defaulted', at: at.now }) : wrote<ToyEvent>();
      case 'act':
        return wrote<ToyEvent>({ type: 'acted', at: at.now, received: at.received });
      case 'move':
        return wrote<ToyEvent>({ type: 'moved', dueOn: command.dueOn });
      case 'tell':
        return wrote<ToyEvent>({ type: 'told', to: command.to });
      case 'spawn':
        return wrote<ToyEvent>({ type: 'spawned', key: command.key });
      case 'finish':
        return wrote<ToyEvent>({ type: 'finished', at: at.now });
      case 'reopen':
        return wrote<ToyEvent>({ type: 'reopened', at: at.now });
      case 'refuse':
        return refused('not-today', 'O121 §16');
    }
  },
  evolve(state, event) {
    if (event.type === 'opened') {
      const { dueOn, ladder, holder, at } = event;
      return {
        startedAt: at,
        dueOn,
        ladder,
        holder,
        acts: 0,
        defaultedAt: null,
        finishedAt: null,
        stops: [],
        extensions: [],
      };
    }
    if (state === undefined) throw new Error('a toy is opened first');
    switch (event.type) {
      case 'acted':
        return { ...state, acts: state.acts + 1 };
      case 'moved':
        return { ...state, dueOn: event.dueOn };
      case 'defaulted':
        return { ...state, defaultedAt: event.at };
      case 'finished':
        return { ...state, finishedAt: event.at };
      case 'reopened':
        return { ...state, finishedAt: null };
      case 'told':
      case 'spawned':
      case 'default-annulled':
        return state;
    }
  },
  clocks: (state) => [clock(state)],
  consequences(event): readonly Consequence[] {
    if (event.type === 'told') return [{ does: 'tell', caseId: event.to, command: { type: 'act' } }];
    if (event.type === 'spawned') {
      return [{ does: 'open', kind: 'toy', key: event.key, input: { type: 'open', dueOn: '2026-12-31' } as never }];
    }
    return [];
  },
  summary: (state) => ({
    stage: state.finishedAt !== null ? 'finished' : state.defaultedAt === null ? 'running' : 'late',
    holder: state.holder,
    unit: null,
    figures: { acts: state.acts },
    ...(state.finishedAt === null ? {} : { closedAs: 'finished' }),
  }),
};
