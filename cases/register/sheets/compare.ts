/** One row of a sheet beside the register: new, the same, or different, and the changes that would make them agree. */
import type { PostRole } from '../../../domain/kernel/process.ts';
import { dataIdentity, pledgeId } from '../../../domain/register/amend-people.ts';
import type { RegisterChange } from '../../../domain/register/change.ts';
import type { Draft } from '../../../domain/register/draft.ts';
import type { Risk, SubjectClass, SubjectStatus, UnitKind } from '../../../domain/register/register.ts';
import type { SheetId, SheetRecord } from './columns.ts';

export interface Difference {
  readonly field: string;
  readonly was: string | null;
  readonly is: string | null;
}

export type Compared =
  | { readonly verdict: 'new'; readonly changes: readonly RegisterChange[] }
  | { readonly verdict: 'same' }
  /** May be overwritten. */
  | {
      readonly verdict: 'differs';
      readonly differences: readonly Difference[];
      readonly changes: readonly RegisterChange[];
    }
  /** May never be overwritten. */
  | { readonly verdict: 'fixed'; readonly differences: readonly Difference[] };

/** `today`: the day on which what a sheet does not date takes effect. */
type Compare = (record: SheetRecord, draft: Draft, today: string) => Compared;

const SAME: Compared = { verdict: 'same' };
const added = (...changes: readonly RegisterChange[]): Compared => ({ verdict: 'new', changes });

/** The value of a required column. */
function must(record: SheetRecord, field: string): string {
  const value = record[field];
  if (value === undefined || value === null) throw new Error(`the sheet has no ${field}`);
  return value;
}

const may = (record: SheetRecord, field: string): string | null => record[field] ?? null;

/** The fields whose values differ, of those given as field → registered value. */
const differing = (record: SheetRecord, registered: Readonly<Record<string, string | null>>): readonly Difference[] =>
  Object.entries(registered).flatMap(([field, was]) => {
    const is = may(record, field);
    return was === is ? [] : [{ field, was, is }];
  });

const differs = (differences: readonly Difference[], changes: readonly RegisterChange[]): Compared =>
  differences.length === 0 ? SAME : { verdict: 'differs', differences, changes };

const fixed = (differences: readonly Difference[]): Compared => ({ verdict: 'fixed', differences });

/** An end that is in the register already cannot be moved by a sheet. */
const endFixed = (record: SheetRecord, was: string | null): readonly Difference[] =>
  was === null ? [] : differing(record, { toOn: was });

const units: Compare = (record, draft) => {
  const unit = must(record, 'unit');
  const name = must(record, 'name');
  const was = draft.units.get(unit);
  const kind = must(record, 'kind') as UnitKind;
  if (was === undefined) return added({ type: 'unit-added', unit, name, kind, parent: may(record, 'parent') });
  const never = differing(record, { kind: was.kind, parent: was.parent });
  if (never.length > 0) return fixed(never);
  return differs(differing(record, { name: was.name }), [{ type: 'unit-corrected', unit, name }]);
};

const posts: Compare = (record, draft, today) => {
  const post = must(record, 'post');
  const [unit, title, fromOn, toOn] = [
    must(record, 'unit'),
    must(record, 'title'),
    must(record, 'fromOn'),
    may(record, 'toOn'),
  ];
  const role = must(record, 'role') as PostRole;
  const superior = may(record, 'superior');
  const guarantees = may(record, 'class') as SubjectClass | null;
  const ended: RegisterChange[] = toOn === null ? [] : [{ type: 'post-ended', post, on: toOn }];
  const was = draft.posts.get(post);
  if (was === undefined) {
    return added({ type: 'post-added', post, unit, title, role, superior, class: guarantees, on: fromOn }, ...ended);
  }
  const never = [...differing(record, { fromOn: was.fromOn }), ...endFixed(record, was.toOn)];
  if (never.length > 0) return fixed(never);
  const corrected = differing(record, { title: was.title, role: was.role, class: was.class });
  const moved = differing(record, { unit: was.unit, superior: was.superior });
  const ends = was.toOn === null ? differing(record, { toOn: null }) : [];
  return differs(
    [...corrected, ...moved, ...ends],
    [
      ...(corrected.length > 0 ? [{ type: 'post-corrected', post, title, role, class: guarantees } as const] : []),
      ...(moved.length > 0 ? [{ type: 'post-moved', post, unit, superior, on: today } as const] : []),
      ...(ends.length > 0 ? ended : []),
    ],
  );
};

/** What differs of a person is not repeated in messages. */
const UNSAID = '(不显示)';

const persons: Compare = (record, draft) => {
  const person = must(record, 'person');
  const data = { name: must(record, 'name'), email: may(record, 'email'), phone: may(record, 'phone') };
  const was = draft.persons.get(person);
  if (was === undefined) return added({ type: 'person-added', person, data, generated: false });
  if (was.data === dataIdentity(data)) return SAME;
  return differs([{ field: 'name', was: UNSAID, is: UNSAID }], [{ type: 'person-changed', person, data }]);
};

const tenures: Compare = (record, draft) => {
  const [post, person, fromOn, toOn] = [
    must(record, 'post'),
    must(record, 'person'),
    must(record, 'fromOn'),
    may(record, 'toOn'),
  ];
  const ended: RegisterChange[] = toOn === null ? [] : [{ type: 'tenure-ended', post, person, on: toOn }];
  const was = draft.tenuresOf(post).find((tenure) => tenure.person === person && tenure.fromOn === fromOn);
  if (was !== undefined) {
    const never = endFixed(record, was.toOn);
    return never.length > 0 ? fixed(never) : differs(was.toOn === null ? differing(record, { toOn: null }) : [], ended);
  }
  const began: RegisterChange = { type: 'tenure-began', post, person, on: fromOn };
  const holder = draft.openTenure(post);
  if (holder === undefined || toOn !== null) return added(began, ...ended);
  if (holder.person === person) return fixed(differing(record, { fromOn: holder.fromOn }));
  const left: RegisterChange = { type: 'tenure-ended', post, person: holder.person, on: fromOn };
  return differs([{ field: 'person', was: holder.person, is: person }], [left, began]);
};

const subjects: Compare = (record, draft, today) => {
  const subject = must(record, 'subject');
  const [name, trade, unit, address] = [
    must(record, 'name'),
    must(record, 'trade'),
    must(record, 'unit'),
    must(record, 'address'),
  ];
  const creditCode = may(record, 'creditCode');
  const level = must(record, 'class') as SubjectClass;
  const risk = must(record, 'risk') as Risk;
  const status = must(record, 'status') as SubjectStatus;
  const openedOn = must(record, 'openedOn');
  const became = (): RegisterChange[] => {
    if (status === 'closed') return [{ type: 'subject-closed', subject, on: may(record, 'closedOn') ?? today }];
    return [{ type: status === 'suspended' ? 'subject-suspended' : 'subject-reopened', subject, on: today }];
  };
  const was = draft.subjects.get(subject);
  if (was === undefined) {
    const opened: RegisterChange = {
      type: 'subject-added',
      subject,
      name,
      creditCode,
      class: level,
      risk,
      trade,
      unit,
      address,
      on: openedOn,
    };
    return added(opened, ...(status === 'active' ? [] : became()));
  }
  const never = [
    ...differing(record, { openedOn: was.openedOn }),
    ...(was.status === 'closed' && status === 'closed' ? differing(record, { closedOn: was.closedOn }) : []),
  ];
  if (never.length > 0) return fixed(never);
  const corrected = differing(record, { name: was.name, creditCode: was.creditCode, trade: was.trade });
  const moved = differing(record, { unit: was.unit, address: was.address });
  const classed = differing(record, { class: was.class });
  const risked = differing(record, { risk: was.risk });
  const turned = differing(record, { status: was.status });
  return differs(
    [...corrected, ...moved, ...classed, ...risked, ...turned],
    [
      // One that comes back does so first: what is closed can be corrected only.
      ...(turned.length > 0 && was.status === 'closed'
        ? [{ type: 'subject-reopened', subject, on: today } as const]
        : []),
      ...(corrected.length > 0 ? [{ type: 'subject-corrected', subject, name, creditCode, trade } as const] : []),
      ...(moved.length > 0 ? [{ type: 'subject-moved', subject, unit, address, on: today } as const] : []),
      ...(classed.length > 0 ? [{ type: 'subject-class-moved', subject, class: level, on: today } as const] : []),
      ...(risked.length > 0 ? [{ type: 'subject-risk-changed', subject, risk, on: today } as const] : []),
      ...(turned.length > 0 && !(was.status === 'closed' && status === 'active') ? became() : []),
    ],
  );
};

/** The reason written when a sheet binds a subject elsewhere. */
const REBOUND = '导入调整';

const bindings: Compare = (record, draft) => {
  const [subject, post, fromOn, toOn] = [
    must(record, 'subject'),
    must(record, 'post'),
    must(record, 'fromOn'),
    may(record, 'toOn'),
  ];
  const ended: RegisterChange[] = toOn === null ? [] : [{ type: 'unbound', subject, post, on: toOn, reason: REBOUND }];
  const was = draft.bindingsOf(subject).find((binding) => binding.post === post && binding.fromOn === fromOn);
  if (was !== undefined) {
    const never = endFixed(record, was.toOn);
    return never.length > 0 ? fixed(never) : differs(was.toOn === null ? differing(record, { toOn: null }) : [], ended);
  }
  const bound: RegisterChange = { type: 'bound', subject, post, on: fromOn };
  const open = draft.openBinding(subject);
  if (open === undefined || toOn !== null) return added(bound, ...ended);
  if (open.post === post) return fixed(differing(record, { fromOn: open.fromOn }));
  const released: RegisterChange = { type: 'unbound', subject, post: open.post, on: fromOn, reason: REBOUND };
  return differs([{ field: 'post', was: open.post, is: post }], [released, bound]);
};

const pledges: Compare = (record, draft) => {
  const [person, post, version] = [must(record, 'person'), must(record, 'post'), must(record, 'version')];
  const [on, withPost, document] = [must(record, 'signedOn'), must(record, 'withPost'), may(record, 'document')];
  const signed: RegisterChange = { type: 'pledge-signed', person, post, version, on, withPost, document };
  const was = draft.pledges.get(pledgeId(post, person, version));
  if (was === undefined) return added(signed);
  const differences = differing(record, { signedOn: was.signedOn, withPost: was.withPost, document: was.document });
  return differs(differences, [{ type: 'pledge-withdrawn', person, post, version, on }, signed]);
};

export const COMPARE: Readonly<Record<SheetId, Compare>> = {
  units,
  posts,
  persons,
  tenures,
  subjects,
  bindings,
  pledges,
};
