/** Whether a subject may be added, changed, closed, bound or unbound. */
import type { ChangeType } from './change.ts';
import { creditCodeFault } from './credit-code.ts';
import type { Draft } from './draft.ts';
import { fault, type Fault, type Handlers } from './handler.ts';
import { misfit, type Subject } from './register.ts';

type OfSubjects = Extract<ChangeType, `subject-${string}` | 'bound' | 'unbound'>;

/** A faulty credit code, or one that another subject has. */
function codeFault(draft: Draft, subject: string, code: string | null): Fault | null {
  if (code === null) return null;
  const wrong = creditCodeFault(code);
  if (wrong !== null) return fault(wrong, { subject });
  const owner = draft.subjectWithCode(code);
  return owner === undefined || owner === subject ? null : fault('credit-code-taken', { subject, owner });
}

/** The subject when it exists and is not closed, and the change is not dated before it opened. */
function alive(draft: Draft, subject: string, on: string): Subject | Fault {
  const row = draft.subjects.get(subject);
  if (row === undefined) return fault('subject-unknown', { subject });
  if (row.status === 'closed') return fault('subject-closed', { subject });
  return on < row.openedOn ? fault('date-order', { from: row.openedOn, on }) : row;
}

const isFault = (answer: Subject | Fault): answer is Fault => 'code' in answer;

/** Writes the changed subject; refused while a binding is open that would no longer fit its class or town. */
function rewrite(draft: Draft, row: Subject): Fault | null {
  const binding = draft.openBinding(row.id);
  const post = binding === undefined ? undefined : draft.posts.get(binding.post);
  if (post !== undefined && misfit(draft.units, row, post) !== null) return stillBound(row.id, post.id);
  draft.putSubject(row);
  return null;
}

const stillBound = (subject: string, post: string): Fault => fault('subject-still-bound', { subject, post });

export const OF_SUBJECTS: Handlers<OfSubjects> = {
  'subject-added'(draft, { subject, name, creditCode, class: level, risk, trade, unit, address, on }) {
    if (draft.subjects.has(subject)) return fault('subject-exists', { subject });
    if (!draft.units.has(unit)) return fault('unit-unknown', { unit });
    const wrong = codeFault(draft, subject, creditCode);
    if (wrong !== null) return wrong;
    const row: Subject = {
      id: subject,
      name,
      creditCode,
      class: level,
      risk,
      status: 'active',
      trade,
      unit,
      address,
      openedOn: on,
      closedOn: null,
    };
    draft.putSubject(row);
    return null;
  },

  'subject-closed'(draft, { subject, on }) {
    const row = alive(draft, subject, on);
    if (isFault(row)) return row;
    const binding = draft.openBinding(subject);
    if (binding !== undefined) return stillBound(subject, binding.post);
    draft.putSubject({ ...row, status: 'closed', closedOn: on });
    return null;
  },

  /** 歇业: its binding stays, but it is not visited and does not count as active. */
  'subject-suspended'(draft, { subject, on }) {
    const row = alive(draft, subject, on);
    if (isFault(row)) return row;
    if (row.status !== 'active') return fault('subject-not-active', { subject });
    draft.putSubject({ ...row, status: 'suspended' });
    return null;
  },

  'subject-reopened'(draft, { subject, on }) {
    const row = draft.subjects.get(subject);
    if (row === undefined) return fault('subject-unknown', { subject });
    if (row.status === 'active') return fault('subject-not-suspended', { subject });
    if (row.closedOn !== null && on < row.closedOn) return fault('date-order', { from: row.closedOn, on });
    draft.putSubject({ ...row, status: 'active', closedOn: null });
    return null;
  },

  'subject-class-moved'(draft, { subject, class: level, on }) {
    const row = alive(draft, subject, on);
    if (isFault(row)) return row;
    if (row.class === level) return fault('nothing-changed', { subject });
    return rewrite(draft, { ...row, class: level });
  },

  'subject-risk-changed'(draft, { subject, risk, on }) {
    const row = alive(draft, subject, on);
    if (isFault(row)) return row;
    if (row.risk === risk) return fault('nothing-changed', { subject });
    draft.putSubject({ ...row, risk });
    return null;
  },

  'subject-moved'(draft, { subject, unit, address, on }) {
    const row = alive(draft, subject, on);
    if (isFault(row)) return row;
    if (!draft.units.has(unit)) return fault('unit-unknown', { unit });
    if (row.unit === unit && row.address === address) return fault('nothing-changed', { subject });
    return rewrite(draft, { ...row, unit, address });
  },

  'subject-corrected'(draft, change) {
    const { subject } = change;
    const row = draft.subjects.get(subject);
    if (row === undefined) return fault('subject-unknown', { subject });
    const { name = row.name, creditCode = row.creditCode, trade = row.trade, address = row.address } = change;
    const wrong = codeFault(draft, subject, creditCode);
    if (wrong !== null) return wrong;
    const corrected = { ...row, name, creditCode, trade, address };
    if (row.name === name && row.creditCode === creditCode && row.trade === trade && row.address === address) {
      return fault('nothing-changed', { subject });
    }
    draft.putSubject(corrected);
    return null;
  },

  bound(draft, { subject, post, on }, { classMismatch, warn }) {
    const row = alive(draft, subject, on);
    if (isFault(row)) return row;
    const guarantor = draft.posts.get(post);
    if (guarantor === undefined) return fault('post-unknown', { post });
    if (guarantor.toOn !== null) return fault('post-ended', { post });
    if (guarantor.class === null) return fault('post-guarantees-nobody', { post });
    const before = draft.openBinding(subject);
    if (before !== undefined) return fault('already-bound', { subject, post: before.post });
    const lastEnd = draft
      .bindingsOf(subject)
      .reduce((last, { toOn }) => (toOn !== null && toOn > last ? toOn : last), '');
    if (on < lastEnd) return fault('date-order', { from: lastEnd, on });
    if (on < guarantor.fromOn) return fault('date-order', { from: guarantor.fromOn, on });
    const wrong = misfit(draft.units, row, guarantor);
    if (wrong !== null) {
      const found = fault(wrong, { subject, post, class: row.class, postClass: guarantor.class });
      if (classMismatch === 'refuse') return found;
      warn(found);
    }
    const id = draft.freshId(draft.bindings, `${subject}/${post}/${on}`);
    draft.putBinding({ id, subject, post, fromOn: on, toOn: null });
    return null;
  },

  unbound(draft, { subject, post, on }) {
    if (!draft.subjects.has(subject)) return fault('subject-unknown', { subject });
    const binding = draft.openBinding(subject);
    if (binding?.post !== post) return fault('not-bound', { subject, post });
    if (on < binding.fromOn) return fault('date-order', { from: binding.fromOn, on });
    draft.putBinding({ ...binding, toOn: on });
    return null;
  },
};
