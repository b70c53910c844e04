/** How a change of the register looks on the wire. What is allowed is the register's to know; shapes and bounds only. */
import { z } from 'zod';
import type { ChangeOf, ChangeType, RegisterChange } from '../domain/register/change.ts';
import { RISKS, SUBJECT_CLASSES, UNIT_KINDS } from '../domain/register/register.ts';
import { Day, Digest, Id, name } from './fields.ts';

const SubjectClass = z.enum(SUBJECT_CLASSES);
const Risk = z.enum(RISKS);
const PostClass = SubjectClass.nullable();
const UnitKind = z.enum(UNIT_KINDS);
const Role = z.enum([
  'district-leader',
  'district-office',
  'town-head',
  'town-office',
  'community-head',
  'cadre',
  'regulator',
  'regulator-head',
  'department-head',
  'officer',
  'auditor',
  'system-admin',
  'security-admin',
  'audit-admin',
]);
const Data = z.strictObject({
  name: name(60),
  email: z.email().max(200).nullable(),
  phone: z
    .string()
    .regex(/^[+\d][\d -]{4,19}$/, '电话号码的形式不对')
    .nullable(),
});
const CreditCode = z.string().regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/, '须为 18 位统一社会信用代码');

type Shapes = { readonly [T in ChangeType]: z.ZodType<ChangeOf<T>> };
const of = <T extends ChangeType, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), ...shape });

const shapes = {
  'unit-added': of('unit-added', { unit: Id, name: name(60), kind: UnitKind, parent: Id.nullable() }),
  'unit-corrected': of('unit-corrected', { unit: Id, name: name(60) }),
  'post-added': of('post-added', {
    post: Id,
    unit: Id,
    title: name(60),
    role: Role,
    superior: Id.nullable(),
    class: PostClass,
    on: Day,
  }),
  'post-ended': of('post-ended', { post: Id, on: Day }),
  'post-moved': of('post-moved', { post: Id, unit: Id, superior: Id.nullable(), on: Day }),
  'post-corrected': of('post-corrected', { post: Id, title: name(60), role: Role, class: PostClass }),
  'person-added': of('person-added', { person: Id, data: Data, generated: z.boolean() }),
  'person-changed': of('person-changed', { person: Id, data: Data }),
  'tenure-began': of('tenure-began', { post: Id, person: Id, on: Day }),
  'tenure-ended': of('tenure-ended', { post: Id, person: Id, on: Day }),
  'absence-began': of('absence-began', { person: Id, deputy: Id.nullable(), on: Day, until: Day, cause: name(100) }),
  'absence-ended': of('absence-ended', { person: Id, on: Day }),
  'pledge-signed': of('pledge-signed', {
    person: Id,
    post: Id,
    version: name(40),
    on: Day,
    withPost: Id,
    document: Digest.nullable(),
  }),
  'pledge-withdrawn': of('pledge-withdrawn', { person: Id, post: Id, version: name(40), on: Day }),
  'subject-added': of('subject-added', {
    subject: Id,
    name: name(120),
    creditCode: CreditCode.nullable(),
    class: SubjectClass,
    risk: Risk,
    trade: name(60),
    unit: Id,
    address: name(200),
    on: Day,
  }),
  'subject-closed': of('subject-closed', { subject: Id, on: Day }),
  'subject-suspended': of('subject-suspended', { subject: Id, on: Day }),
  'subject-reopened': of('subject-reopened', { subject: Id, on: Day }),
  'subject-class-moved': of('subject-class-moved', { subject: Id, class: SubjectClass, on: Day }),
  'subject-risk-changed': of('subject-risk-changed', { subject: Id, risk: Risk, on: Day }),
  'subject-moved': of('subject-moved', { subject: Id, unit: Id, address: name(200), on: Day }),
  'subject-corrected': of('subject-corrected', {
    subject: Id,
    name: name(120).exactOptional(),
    creditCode: CreditCode.nullable().exactOptional(),
    trade: name(60).exactOptional(),
    address: name(200).exactOptional(),
  }),
  bound: of('bound', { subject: Id, post: Id, on: Day }),
  unbound: of('unbound', { subject: Id, post: Id, on: Day, reason: name(200) }),
} satisfies Shapes;

const members = Object.values(shapes);

/** One change. `on` is its own day; the instant it was written stands in the entry. */
export const RegisterChangeBody = z
  .discriminatedUnion('type', members as unknown as [z.ZodObject<{ type: z.ZodLiteral<ChangeType> }>])
  .meta({ id: 'RegisterChange', description: '名册的一项变更' }) as unknown as z.ZodType<RegisterChange>;

/** More in one batch is an import. */
export const MOST_CHANGES = 500;

export const ChangesBody = z
  .strictObject({ changes: z.array(RegisterChangeBody).min(1).max(MOST_CHANGES), effectiveOn: Day.exactOptional() })
  .meta({ id: 'RegisterChanges', description: '一批变更:全部生效或全部不生效' });
