/** Whether a unit or a post may be added, moved, corrected or ended. */
import { mayBeTogether } from '../rights/table.ts';
import type { ChangeType } from './change.ts';
import type { Draft } from './draft.ts';
import { fault, type Handlers } from './handler.ts';

type OfUnits = Extract<ChangeType, `unit-${string}` | `post-${string}`>;

/** Whether `post` stands at or above `superior`: then it may not report to it. */
function closesLoop(draft: Draft, post: string, superior: string | null): boolean {
  let at: string | null = superior;
  for (let depth = 0; at !== null && depth < 32; depth++) {
    if (at === post) return true;
    at = draft.posts.get(at)?.superior ?? null;
  }
  return at !== null;
}

export const OF_UNITS: Handlers<OfUnits> = {
  'unit-added'(draft, { unit, name, kind, parent }) {
    if (draft.units.has(unit)) return fault('unit-exists', { unit });
    const above = parent === null ? null : draft.units.get(parent);
    if (above === undefined) return fault('unit-unknown', { unit: parent });
    if (kind === 'community' && above?.kind !== 'town') return fault('unit-kind', { unit, parent });
    draft.units.set(unit, { id: unit, name, kind, parent, path: `${above?.path ?? ''}${unit}/` });
    return null;
  },

  'unit-corrected'(draft, { unit, name }) {
    const row = draft.units.get(unit);
    if (row === undefined) return fault('unit-unknown', { unit });
    if (row.name === name) return fault('nothing-changed', { unit });
    draft.units.set(unit, { ...row, name });
    return null;
  },

  'post-added'(draft, { post, unit, title, role, superior, class: guarantees, on }) {
    if (draft.posts.has(post)) return fault('post-exists', { post });
    if (!draft.units.has(unit)) return fault('unit-unknown', { unit });
    if (superior !== null && !draft.posts.has(superior)) return fault('post-unknown', { post: superior });
    if (superior === post) return fault('post-superior-loop', { post });
    draft.posts.set(post, { id: post, unit, title, role, superior, class: guarantees, fromOn: on, toOn: null });
    return null;
  },

  /** Its holder and its bindings must have been ended first (`expand.ts` does that), each in its own chain. */
  'post-ended'(draft, { post, on }) {
    const row = draft.posts.get(post);
    if (row === undefined) return fault('post-unknown', { post });
    if (row.toOn !== null) return fault('post-ended', { post });
    if (on < row.fromOn) return fault('date-order', { from: row.fromOn, on });
    if (draft.openTenure(post) !== undefined) return fault('post-has-holder', { post });
    if (draft.openBindingsOfPost(post).length > 0) return fault('post-has-bindings', { post });
    draft.posts.set(post, { ...row, toOn: on });
    return null;
  },

  'post-moved'(draft, { post, unit, superior }) {
    const row = draft.posts.get(post);
    if (row === undefined) return fault('post-unknown', { post });
    if (row.toOn !== null) return fault('post-ended', { post });
    if (!draft.units.has(unit)) return fault('unit-unknown', { unit });
    if (superior !== null && !draft.posts.has(superior)) return fault('post-unknown', { post: superior });
    if (closesLoop(draft, post, superior)) return fault('post-superior-loop', { post });
    if (row.unit === unit && row.superior === superior) return fault('nothing-changed', { post });
    draft.posts.set(post, { ...row, unit, superior });
    return null;
  },

  'post-corrected'(draft, { post, title, role, class: guarantees }) {
    const row = draft.posts.get(post);
    if (row === undefined) return fault('post-unknown', { post });
    if (row.title === title && row.role === role && row.class === guarantees) return fault('nothing-changed', { post });
    if (row.class !== guarantees && draft.openBindingsOfPost(post).length > 0)
      return fault('post-has-bindings', { post });
    // Whoever holds it would be an administrator besides what else they hold: nobody becomes one unasked.
    if (!mayBeTogether(row.role, role) && draft.openTenure(post) !== undefined)
      return fault('post-has-holder', { post });
    draft.posts.set(post, { ...row, title, role, class: guarantees });
    return null;
  },
};
