/**
 * Who may do what, how far: one table, deny by default. It guards commands and filters lists alike, is a page of the console
 * (权限) and a document (docs/RIGHTS.md). What a process refuses on its own (who may re-check, who may approve) stands in
 * the process; a right only opens the door to asking.
 */
import type { Actor, PostRole } from '../kernel/process.ts';
import type { Right, Scope } from './rights.ts';

type Granted = { readonly [right in Right]?: Scope };

/** What everybody who does case work may do, within `reach`. */
const work = (reach: Scope) =>
  ({
    'todo.read': 'own',
    'absence.set': 'own',
    'case.read': reach,
    'case.act': reach,
    'evidence.read': reach,
    'evidence.write': 'own',
    'view.save': 'own',
    'office.read': 'district',
    'notice.read': reach,
    'register.read': reach === 'own' ? 'subtree' : reach,
  }) as const satisfies Granted;

/** What whoever leads a place sees besides. */
const lead = (reach: Scope) =>
  ({
    ...work(reach),
    'cycle.read': reach,
    'rates.read': reach,
    'overview.read': reach,
    'export.make': reach,
  }) as const satisfies Granted;

const visits = { 'round.work': 'own' } as const satisfies Granted;

/** The three administrators (三员分立) keep the house and open no case. */
const house = { 'office.read': 'district' } as const satisfies Granted;

const TABLE = {
  'district-leader': { ...lead('district'), ...visits },
  'district-office': {
    ...lead('district'),
    'case.open': 'district',
    'cycle.start': 'district',
    'register.change': 'district',
    'register.import': 'district',
    'contact.read': 'district',
    'calendar.publish': 'district',
    'policy.publish': 'district',
    'ladder.publish': 'district',
    'notice.requeue': 'district',
    'journal.search': 'district',
    'journal.verify': 'district',
    'system.read': 'district',
  },
  'town-head': { ...lead('subtree'), ...visits },
  'town-office': {
    ...lead('subtree'),
    'cycle.start': 'subtree',
    'contact.read': 'subtree',
    'register.change': 'subtree',
  },
  'community-head': { ...lead('subtree'), ...visits },
  // Boards, rates and plans are of whole units: a cadre's part of them is the rounds it holds.
  cadre: { ...work('own'), ...visits },
  // Stations report the changes of the businesses they license (BB-01).
  regulator: { ...work('subtree'), 'register.change': 'subtree' },
  'regulator-head': { ...lead('subtree'), 'register.change': 'subtree' },
  'department-head': { ...lead('subtree'), ...visits },
  // Whoever of a unit is there deals with what was passed on to a colleague (BB-08).
  officer: work('subtree'),
  auditor: {
    'case.read': 'district',
    'cycle.read': 'district',
    'rates.read': 'district',
    'overview.read': 'district',
    'register.read': 'district',
    'office.read': 'district',
    'notice.read': 'district',
    'evidence.read': 'district',
    'export.make': 'district',
    'view.save': 'own',
    'journal.search': 'district',
    'journal.verify': 'district',
    'access-log.read': 'district',
    'security-log.read': 'district',
  },
  'system-admin': {
    ...house,
    'account.read': 'district',
    'account.manage': 'district',
    'system.read': 'district',
    'system.operate': 'district',
  },
  'security-admin': {
    ...house,
    'account.read': 'district',
    'account.unlock': 'district',
    'session.revoke': 'district',
    'system.read': 'district',
  },
  'audit-admin': {
    ...house,
    'journal.verify': 'district',
    'access-log.read': 'district',
    'security-log.read': 'district',
  },
  // The office itself acts through no door.
  system: {},
} as const satisfies Readonly<Record<PostRole, Granted>>;

export const ROLES = Object.keys(TABLE).filter((role) => role !== 'system') as readonly PostRole[];

/** The roles of the three administrators: no person holds two of them, or one together with case work. */
export const ADMINISTRATORS: ReadonlySet<PostRole> = new Set(['system-admin', 'security-admin', 'audit-admin']);

/** How far the role's right reaches; `null`: it has none. */
export const scopeOf = (role: PostRole, right: Right): Scope | null => (TABLE[role] as Granted)[right] ?? null;

/**
 * Whether one person may hold, or stand in for, both: the administrators keep apart from each other and from everybody who
 * works on cases.
 */
export const mayBeTogether = (one: PostRole, other: PostRole): boolean =>
  one === other || (!ADMINISTRATORS.has(one) && !ADMINISTRATORS.has(other));

/** Every right of the role. */
export const rightsOf = (role: PostRole): readonly Right[] => Object.keys(TABLE[role]) as Right[];

/** Which roles have the right, for whoever lacks it and wants to know whom to ask. */
export const holdersOf = (right: Right): readonly PostRole[] => ROLES.filter((role) => scopeOf(role, right) !== null);

/** A right as one acting person has it. */
export interface Reach {
  readonly scope: Scope;
  readonly person: string;
  readonly post: string;
  readonly unit: string;
}

/** `null`: nothing at all. */
export function reachOf({ role, person, post, unit }: Actor, right: Right): Reach | null {
  const scope = scopeOf(role, right);
  return scope === null ? null : { scope, person, post, unit };
}
