/**
 * A batch with everything it implies spelled out, each in its own chain: a closed subject is unbound, an ended post
 * loses its holder and its bindings, a subject that moved out of its cadre's class or town is unbound. Decides nothing.
 */
import type { RegisterChange } from './change.ts';
import type { Draft } from './draft.ts';
import { misfit, type Binding, type Subject } from './register.ts';

/** Whether a batch may imply more than it says; otherwise nothing need be read to expand it. */
export const impliesMore = ({ type }: RegisterChange): boolean =>
  type === 'subject-closed' || type === 'subject-class-moved' || type === 'subject-moved' || type === 'post-ended';

export function expand(changes: readonly RegisterChange[], before: Draft): readonly RegisterChange[] {
  const said = new Set(changes.flatMap((change) => (change.type === 'unbound' ? [change.subject] : [])));
  const ended = new Set(changes.flatMap((change) => (change.type === 'tenure-ended' ? [change.post] : [])));
  const unbound = (binding: Binding | undefined, on: string, reason: string): RegisterChange[] => {
    if (binding === undefined || said.has(binding.subject)) return [];
    said.add(binding.subject);
    return [{ type: 'unbound', subject: binding.subject, post: binding.post, on, reason }];
  };

  return changes.flatMap((change): readonly RegisterChange[] => {
    switch (change.type) {
      case 'subject-closed':
        return [...unbound(before.openBinding(change.subject), change.on, 'subject-closed'), change];
      case 'subject-class-moved':
      case 'subject-moved': {
        const reason = noLongerFits(before, change.subject, change);
        return reason === null ? [change] : [...unbound(before.openBinding(change.subject), change.on, reason), change];
      }
      case 'post-ended': {
        const { post, on } = change;
        const bindings = before.openBindingsOfPost(post).flatMap((binding) => unbound(binding, on, 'post-ended'));
        const person = before.openTenure(post)?.person;
        const left: RegisterChange[] =
          person === undefined || ended.has(post) ? [] : [{ type: 'tenure-ended', post, person, on }];
        return [...bindings, ...left, change];
      }
      default:
        return [change];
    }
  });
}

function noLongerFits(before: Draft, id: string, changed: Partial<Pick<Subject, 'class' | 'unit'>>): string | null {
  const subject = before.subjects.get(id);
  const binding = before.openBinding(id);
  const post = binding === undefined ? undefined : before.posts.get(binding.post);
  if (subject === undefined || post === undefined) return null;
  const { class: level = subject.class, unit = subject.unit } = changed;
  return misfit(before.units, { class: level, unit }, post);
}
