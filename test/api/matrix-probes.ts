/** How every operation is asked for the target, which right opens it, and what the target is to it. Expects nothing. */
import type { Right } from '../../domain/rights/rights.ts';
import { CYCLE, SPECIAL, TOWN, type Someone, type Target } from './rights-world.ts';

/**
 * What is asked for: something of the target, by its id; `mine`: something that only its maker has; `list`: many things, of
 * which some are the target's; `whole`: what has no part of anybody's.
 */
export type About =
  'correction' | 'round' | 'cycle' | 'subject' | 'post' | 'unit' | 'notice' | 'evidence' | 'mine' | 'list' | 'whole';

export interface Ask {
  readonly path: string;
  readonly body?: unknown;
}

export interface Probe {
  /** `GET /api/cases/{id}`. */
  readonly operation: string;
  readonly right: Right | 'signed-in';
  readonly about: About;
  readonly ask: (target: Target, someone: Someone) => Ask;
  /** The right whose reach decides what is seen, where it is another. */
  readonly sees?: Right;
  /** What somebody is told for whom it is out of reach. */
  readonly unseen?: string;
  /**
   * What the list must have for whoever may see the target, and nobody else: its correction, its round, its subject, what was
   * written; the subject as one of the unit's, or as one that the post guarantees.
   */
  readonly lists?: 'correction' | 'round' | 'subject' | 'words' | 'subject-of-unit' | 'subject-guaranteed';
}

const enc = encodeURIComponent;
const nobody = 'h-nobody';
const none = '0'.repeat(32);

const of =
  (right: Probe['right'], about: About, unseen?: string) =>
  (
    operation: string,
    ask: string | ((target: Target, someone: Someone) => Ask | string) = pathOf(operation),
    more: Partial<Probe> = {},
  ): Probe => ({
    operation,
    right,
    about,
    ask: (target, someone) => {
      const asked = typeof ask === 'string' ? ask : ask(target, someone);
      return typeof asked === 'string' ? { path: asked } : asked;
    },
    ...(unseen === undefined ? {} : { unseen }),
    ...more,
  });

const pathOf = (operation: string): string => operation.slice(operation.indexOf(' ') + 1);
/** The path with the target's id in it. */
const filled =
  (operation: string, id: (target: Target) => string, body?: unknown) =>
  (target: Target): Ask => ({
    path: pathOf(operation).replace(/\{\w+\}/, enc(id(target))),
    ...(body === undefined ? {} : { body }),
  });

const ofCase = (operation: string, right: Right = 'case.read', body?: unknown): Probe =>
  of(
    right,
    'correction',
    'case-not-found',
  )(
    operation,
    filled(operation, ({ correction }) => correction, body),
  );
const ofRound = (operation: string, right: Right, body?: unknown): Probe =>
  of(
    right,
    'round',
    'case-not-found',
  )(
    operation,
    filled(operation, ({ round }) => round, body),
  );
const ofCycle = (operation: string, right: Right = 'cycle.read', body?: unknown): Probe =>
  of(right, 'cycle')(
    operation,
    filled(operation, () => CYCLE, body),
  );
const ofNotice = (operation: string, right: Probe['right'] = 'notice.read', more: Partial<Probe> = {}): Probe =>
  of(right, 'notice', 'notice-not-found')(
    operation,
    filled(operation, ({ notice }) => notice),
    more,
  );
const inUnit = (operation: string, right: Right, path: string): Probe =>
  of(right, 'unit', 'unit-out-of-reach')(operation, `${path}unit=${TOWN.own}`);
const row = (about: 'subject' | 'post' | 'unit', operation: string, id: (target: Target) => string): Probe =>
  of('register.read', about, 'register-row-not-found')(operation, filled(operation, id));

const list = (
  right: Right,
  operation: string,
  ask?: string | ((target: Target, someone: Someone) => string),
  more?: Partial<Probe>,
): Probe => of(right, 'list')(operation, ask, more);
const whole = (right: Probe['right'], operation: string, path?: string, body?: unknown): Probe =>
  of(right, 'whole')(operation, () => ({ path: path ?? pathOf(operation), ...(body === undefined ? {} : { body }) }));

const account = (right: Right, operation: string, body?: unknown): Probe =>
  whole(right, operation, pathOf(operation).replace('{person}', nobody).replace('{session}', none), body);

const HEAT = 'from=2026-10-01&to=2026-12-31';
const CELL = `duty=recheck&week=2026-11-23&${HEAT}`;

export const PROBES: readonly Probe[] = [
  // Cases.
  list('case.read', 'GET /api/cases', ({ subject }) => `/api/cases?subject=${subject}`, { lists: 'correction' }),
  list('case.read', 'GET /api/cases', '/api/cases?limit=200'),
  list('case.read', 'GET /api/cases/counts'),
  list('export.make', 'GET /api/cases/export.xlsx', ({ subject }) => `/api/cases/export.xlsx?subject=${subject}`, {
    lists: 'correction',
  }),
  ofCase('GET /api/cases/{id}'),
  ofCase('POST /api/cases/{id}/commands', 'case.act', { type: 'escalate' }),
  ofCase('GET /api/cases/{id}/entries'),
  ofCase('GET /api/cases/{id}/timeline'),
  ofCase('GET /api/cases/{id}/instants'),
  ofCase('GET /api/cases/{id}/moment'),
  ofCase('GET /api/cases/{id}/replay'),
  ofCase('GET /api/cases/{id}/verify'),
  list('case.read', 'GET /api/search', ({ key }) => `/api/search?q=${enc(`f-${key}`)}`, { lists: 'correction' }),
  list('case.read', 'GET /api/search', ({ subjectName }) => `/api/search?q=${enc(subjectName)}`, {
    lists: 'subject',
    sees: 'register.read',
  }),
  list('case.read', 'GET /api/search/texts', ({ words }) => `/api/search/texts?q=${enc(words)}`, { lists: 'words' }),
  whole('view.save', 'GET /api/views', '/api/views?page=cases'),
  whole('view.save', 'POST /api/views', undefined, { page: 'cases' }),
  of(
    'view.save',
    'mine',
    'view-not-found',
  )('POST /api/views/{id}/remove', '/api/views/00000000-0000-4000-8000-000000000000/remove'),

  // Supervision.
  of(
    'cycle.start',
    'unit',
    'unit-out-of-reach',
  )('POST /api/cycles/preview', () => ({
    path: '/api/cycles/preview',
    body: SPECIAL,
  })),
  ...['rows', 'rows.xlsx'].map((what) =>
    of(
      'cycle.start',
      'unit',
      'unit-out-of-reach',
    )(`GET /api/cycles/previews/{hash}/${what}`, ({ preview }) => `/api/cycles/previews/${preview}/${what}`),
  ),
  whole('cycle.start', 'POST /api/cycles', undefined, { hash: 'b'.repeat(64) }),
  list('cycle.read', 'GET /api/cycles'),
  ofCycle('GET /api/cycles/{id}'),
  ofCycle('GET /api/cycles/{id}/progress'),
  ofCycle('GET /api/cycles/{id}/plan'),
  ofCycle('POST /api/cycles/{id}/commands', 'case.act', { type: 'pause' }),
  ofCycle('GET /api/cycles/{id}/figures'),
  of('cycle.read', 'cycle')('GET /api/cycles/{id}/figures/{rate}', `/api/cycles/${CYCLE}/figures/coverage?limit=200`),
  inUnit('GET /api/cycles/{id}/figures/{rate}', 'cycle.read', `/api/cycles/${CYCLE}/figures/coverage?`),
  ofCycle('GET /api/cycles/{id}/report.xlsx', 'export.make'),
  list('rates.read', 'GET /api/rates'),
  inUnit('GET /api/rates', 'rates.read', '/api/rates?'),
  list('cycle.start', 'GET /api/proposals'),
  list('rates.read', 'GET /api/board', `/api/board?cycle=${CYCLE}`),
  inUnit('GET /api/board', 'rates.read', '/api/board?'),
  list('rates.read', 'GET /api/board/missing/{rate}', '/api/board/missing/coverage?limit=200'),
  inUnit('GET /api/board/missing/{rate}', 'rates.read', '/api/board/missing/coverage?'),
  list('cycle.read', 'GET /api/heat-map', `/api/heat-map?split=post&${HEAT}`),
  inUnit('GET /api/heat-map', 'cycle.read', `/api/heat-map?${HEAT}&`),
  list('cycle.read', 'GET /api/heat-map/cell', `/api/heat-map/cell?limit=200&${CELL}`),
  inUnit('GET /api/heat-map/cell', 'cycle.read', `/api/heat-map/cell?${CELL}&`),
  list('overview.read', 'GET /api/overview'),
  list('case.read', 'GET /api/rounds', ({ round }) => `/api/rounds?q=${enc(round)}`, { lists: 'round' }),
  list('round.work', 'GET /api/rounds/mine'),
  ofRound('GET /api/rounds/{id}/sheet', 'round.work'),
  ofRound('PUT /api/rounds/{id}/order', 'round.work', { subjects: [] }),
  ofRound('POST /api/rounds/{id}/visits', 'case.act', {}),
  whole('evidence.write', 'PUT /api/evidence/{sha256}', `/api/evidence/${'c'.repeat(64)}`, 'not a picture'),
  of(
    'evidence.read',
    'evidence',
    'evidence-not-found',
  )(
    'GET /api/evidence/{sha256}',
    filled('GET /api/evidence/{sha256}', ({ digest }) => digest),
  ),

  // The register.
  list('register.read', 'GET /api/register/units'),
  list('register.read', 'GET /api/register/subjects', ({ subject }) => `/api/register/subjects?text=${subject}`, {
    lists: 'subject-of-unit',
  }),
  list(
    'register.read',
    'GET /api/register/subjects',
    ({ subject }, { post }) => `/api/register/subjects?post=${post}&text=${subject}`,
    { lists: 'subject-guaranteed' },
  ),
  inUnit('GET /api/register/subjects', 'register.read', '/api/register/subjects?'),
  row('subject', 'GET /api/register/subjects/{id}', ({ subject }) => subject),
  row('subject', 'GET /api/register/subjects/{id}/record', ({ subject }) => subject),
  list('register.read', 'GET /api/register/posts'),
  inUnit('GET /api/register/posts', 'register.read', '/api/register/posts?'),
  row('post', 'GET /api/register/posts/{id}', ({ post }) => post),
  row('post', 'GET /api/register/posts/{id}/record', ({ post }) => post),
  list('register.read', 'GET /api/register/persons', '/api/register/persons?limit=200'),
  inUnit('GET /api/register/persons', 'register.read', '/api/register/persons?'),
  row('post', 'GET /api/register/persons/{id}', ({ person }) => person),
  row('post', 'GET /api/register/persons/{id}/record', ({ person }) => person),
  ...['entries', 'history', 'at/{on}'].flatMap((what) =>
    (
      [
        ['subject', ({ subject }: Target) => subject],
        ['post', ({ post }: Target) => post],
        ['unit', ({ unit }: Target) => unit],
      ] as const
    ).map(([kind, id]) =>
      of(
        'register.read',
        kind,
        'register-row-not-found',
      )(
        `GET /api/register/{of}/{id}/${what}`,
        (target) => `/api/register/${kind}/${id(target)}/${what.replace('{on}', '2026-11-24')}`,
      ),
    ),
  ),
  of(
    'register.change',
    'subject',
    'change-out-of-reach',
  )('POST /api/register/changes', ({ subject }) => ({
    path: '/api/register/changes',
    body: { changes: [{ type: 'subject-corrected', subject, trade: '餐饮' }] },
  })),
  whole('register.import', 'POST /api/register/imports', '/api/register/imports?fileName=a.csv', 'nothing'),
  of('register.import', 'mine', 'import-not-found')('GET /api/register/imports/{id}', `/api/register/imports/${none}`),
  of(
    'register.import',
    'mine',
    'import-not-found',
  )('POST /api/register/imports/{id}/confirm', `/api/register/imports/${none}/confirm`),
  of(
    'register.import',
    'mine',
    'import-not-found',
  )('POST /api/register/imports/{id}/discard', `/api/register/imports/${none}/discard`),
  list('register.import', 'GET /api/register/export'),
  whole('register.read', 'GET /api/register/template'),

  // Notices.
  list('notice.read', 'GET /api/effects'),
  list('notice.read', 'GET /api/notices', '/api/notices?limit=200'),
  ofNotice('GET /api/notices/{id}'),
  ofNotice('POST /api/notices/{id}/read', 'signed-in', { sees: 'notice.read' }),
  ofNotice('POST /api/notices/{id}/retry', 'notice.requeue'),

  // Rules, calendars, policies, ladders.
  whole('office.read', 'GET /api/rules'),
  whole('office.read', 'GET /api/rules/{id}', '/api/rules/BB-04'),
  whole('office.read', 'GET /api/rules/{id}/deadline', '/api/rules/BB-02/deadline?from=2026-11-24'),
  whole('office.read', 'GET /api/recounts'),
  whole('office.read', 'GET /api/calendars'),
  whole('calendar.publish', 'POST /api/calendars', undefined, {}),
  whole('office.read', 'GET /api/calendars/{year}', '/api/calendars/2026'),
  whole('office.read', 'GET /api/ladders'),
  whole('ladder.publish', 'POST /api/ladders', undefined, {}),
  whole('office.read', 'GET /api/policies'),
  whole('policy.publish', 'POST /api/policies', undefined, {}),
  whole('office.read', 'GET /api/contents/{hash}', `/api/contents/${'d'.repeat(64)}`),

  // The house.
  whole('signed-in', 'GET /api/today'),
  whole('signed-in', 'GET /api/rights'),
  whole('signed-in', 'GET /api/answers/{key}', '/api/answers/never-sent'),
  whole('signed-in', 'GET /api/system/quiet'),
  whole('system.read', 'GET /api/system'),
  whole('system.operate', 'POST /api/system/faults/{id}/retry', `/api/system/faults/${enc('round/none')}/retry`),
  list('journal.search', 'GET /api/journal', '/api/journal?limit=200'),
  list('journal.search', 'GET /api/refusals'),
  whole('journal.verify', 'GET /api/checkpoints'),
  whole('journal.verify', 'GET /api/verifications'),
  whole('journal.verify', 'POST /api/verifications'),
  whole('access-log.read', 'GET /api/access-log', '/api/access-log?limit=1&outcome=read&about=nothing'),
  whole('security-log.read', 'GET /api/security-log'),
  whole('account.read', 'GET /api/accounts'),
  whole('account.manage', 'GET /api/account-candidates', '/api/account-candidates?text=nobody'),
  whole('account.manage', 'POST /api/accounts', undefined, {}),
  account('account.manage', 'POST /api/accounts/{person}/password'),
  account('account.manage', 'PUT /api/accounts/{person}/disabled', { disabled: true }),
  account('account.manage', 'PUT /api/accounts/{person}/single-sign-on', { subject: 'x' }),
  account('account.manage', 'DELETE /api/accounts/{person}/single-sign-on'),
  account('account.unlock', 'DELETE /api/accounts/{person}/lock'),
  account('account.unlock', 'DELETE /api/accounts/{person}/second-factor'),
  account('session.revoke', 'GET /api/accounts/{person}/sessions'),
  account('session.revoke', 'DELETE /api/accounts/{person}/sessions'),
  account('session.revoke', 'DELETE /api/accounts/{person}/sessions/{session}'),

  // To do.
  list('todo.read', 'GET /api/todo'),
  list('todo.read', 'GET /api/todo/rows', '/api/todo/rows?limit=200'),
  list('todo.read', 'GET /api/todo/done'),
  whole('case.act', 'POST /api/todo/batch', undefined, {}),
  whole('absence.set', 'GET /api/absences'),
  whole('absence.set', 'POST /api/absences', undefined, {}),
  whole('absence.set', 'POST /api/absences/end', undefined, {}),
];

/** For anybody at all: nothing in their answers belongs to anybody. */
export const PUBLIC: ReadonlySet<string> = new Set([
  'GET /api/kinds',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /api/problems',
  'GET /api/sign-in-options',
  'POST /api/session',
]);

/** A person's own session and account: they ask no right, but a session. */
export const OWN_SESSION: ReadonlySet<string> = new Set([
  'POST /api/session/second-factor',
  'GET /api/session',
  'DELETE /api/session',
  'PUT /api/session/post',
  'GET /api/sessions',
  'DELETE /api/sessions',
  'DELETE /api/sessions/{session}',
  'GET /api/account',
  'PUT /api/account/password',
  'POST /api/account/second-factor',
  'PUT /api/account/second-factor',
  'POST /api/account/second-factor/removal',
  'POST /api/account/recovery-codes',
]);
