/** Whether a person may be added or changed, may take or leave a post, be absent, sign a pledge. */
import { ADMINISTRATORS, mayBeTogether } from '../rights/table.ts';
import { civilDate, dayNumber } from '../kernel/civil-day.ts';
import type { PostRole } from '../kernel/process.ts';
import { canonical } from '../kernel/journal.ts';
import type { ChangeType, PersonalData } from './change.ts';
import type { Draft } from './draft.ts';
import { fault, type Handlers } from './handler.ts';
import { holdsOn, type Post } from './register.ts';

type OfPeople = Extract<ChangeType, `${'person' | 'tenure' | 'absence' | 'pledge'}-${string}`>;

/** Two equal answers are the same name, e-mail and telephone number. */
export const dataIdentity = ({ name, email, phone }: PersonalData): string => canonical({ name, email, phone });

export const pledgeId = (post: string, person: string, version: string): string => `${post}/${person}/${version}`;

/**
 * 三员分立: nobody keeps the house in two ways, or keeps it and does case work. The other post that stands in the way, or
 * `null`.
 */
function mustBeApart(draft: Draft, person: string, role: PostRole, on: string): string | null {
  const held = heldFrom(draft, person, on);
  return held.find((post) => ADMINISTRATORS.has(role) || ADMINISTRATORS.has(post.role))?.id ?? null;
}

const heldFrom = (draft: Draft, person: string, on: string): readonly Post[] =>
  draft
    .tenuresOfPerson(person)
    .filter(({ toOn }) => toOn === null || on < toOn)
    .flatMap(({ post }) => draft.posts.get(post) ?? []);

/** The same for whoever stands in: the deputy's post that stands in the way of the absent one's, or `null`. */
function deputyApart(draft: Draft, person: string, deputy: string, on: string): string | null {
  const absent = heldFrom(draft, person, on);
  const own = heldFrom(draft, deputy, on);
  return own.find(({ role }) => absent.some((post) => !mayBeTogether(role, post.role)))?.id ?? null;
}

export const OF_PEOPLE: Handlers<OfPeople> = {
  'person-added'(draft, { person, data }) {
    if (draft.persons.has(person)) return fault('person-exists', { person });
    draft.persons.set(person, { id: person, data: dataIdentity(data) });
    return null;
  },

  'person-changed'(draft, { person, data }) {
    const row = draft.persons.get(person);
    if (row === undefined) return fault('person-unknown', { person });
    if (row.data === dataIdentity(data)) return fault('nothing-changed', { person });
    draft.persons.set(person, { id: person, data: dataIdentity(data) });
    return null;
  },

  'tenure-began'(draft, { post, person, on }) {
    const row = draft.posts.get(post);
    if (row === undefined) return fault('post-unknown', { post });
    if (row.toOn !== null) return fault('post-ended', { post });
    if (!draft.persons.has(person)) return fault('person-unknown', { person });
    if (on < row.fromOn) return fault('date-order', { from: row.fromOn, on });
    const overlapping = draft.tenuresOf(post).find(({ toOn }) => toOn === null || on < toOn);
    if (overlapping !== undefined) return fault('tenure-overlaps', { post, person: overlapping.person });
    const apart = mustBeApart(draft, person, row.role, on);
    if (apart !== null) return fault('administrators-apart', { person, post: apart });
    const id = draft.freshId(draft.tenures, `${post}/${person}/${on}`);
    draft.putTenure({ id, person, post, fromOn: on, toOn: null });
    return null;
  },

  'tenure-ended'(draft, { post, person, on }) {
    if (!draft.posts.has(post)) return fault('post-unknown', { post });
    const tenure = draft.openTenure(post);
    if (tenure?.person !== person) return fault('tenure-unknown', { post, person });
    if (on < tenure.fromOn) return fault('date-order', { from: tenure.fromOn, on });
    draft.putTenure({ ...tenure, toOn: on });
    return null;
  },

  'absence-began'(draft, { person, deputy, on, until, cause }) {
    if (!draft.persons.has(person)) return fault('person-unknown', { person });
    if (deputy !== null && !draft.persons.has(deputy)) return fault('person-unknown', { person: deputy });
    if (deputy === person) return fault('deputy-is-absent-person', { person });
    if (until < on) return fault('date-order', { from: on, on: until });
    const apart = deputy === null ? null : deputyApart(draft, person, deputy, on);
    if (apart !== null) return fault('administrators-apart', { person: deputy, post: apart });
    const overlapping = draft.absencesOf(person).find(({ fromOn, toOn }) => on <= toOn && fromOn <= until);
    if (overlapping !== undefined)
      return fault('absence-overlaps', { person, from: overlapping.fromOn, to: overlapping.toOn });
    const id = draft.freshId(draft.absences, `${person}/${on}`);
    draft.putAbsence({ id, person, deputy, fromOn: on, toOn: until, cause });
    return null;
  },

  /** The absence that covers `on` ends the day before; one that had not begun is ended before its first day. */
  'absence-ended'(draft, { person, on }) {
    if (!draft.persons.has(person)) return fault('person-unknown', { person });
    const absence = draft.absencesOf(person).find(({ fromOn, toOn }) => fromOn <= on && on <= toOn);
    if (absence === undefined) return fault('absence-unknown', { person, on });
    draft.putAbsence({ ...absence, toOn: civilDate(dayNumber(on) - 1) });
    return null;
  },

  'pledge-signed'(draft, { person, post, version, on, withPost, document }) {
    if (!draft.posts.has(post)) return fault('post-unknown', { post });
    if (!draft.posts.has(withPost)) return fault('post-unknown', { post: withPost });
    if (!draft.persons.has(person)) return fault('person-unknown', { person });
    const held = draft.tenuresOf(post).some((tenure) => tenure.person === person && holdsOn(tenure, on));
    if (!held) return fault('pledge-without-tenure', { post, person });
    const id = pledgeId(post, person, version);
    if (draft.pledges.has(id)) return fault('pledge-exists', { post, person, version });
    draft.pledges.set(id, { id, person, post, version, signedOn: on, withPost, document });
    return null;
  },

  'pledge-withdrawn'(draft, { person, post, version }) {
    const id = pledgeId(post, person, version);
    if (!draft.pledges.delete(id)) return fault('pledge-unknown', { post, person, version });
    return null;
  },
};
