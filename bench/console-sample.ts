/** What the questions of `console-reads.ts` ask about, taken from the database: rows in the middle of everything. */
import type pg from 'pg';
import { cursorOf } from '../api/paging.ts';
import { civilDate, dayNumber, weekday } from '../domain/kernel/civil-day.ts';
import { quarterOf, quarterPeriod } from '../domain/supervision/cycle-request.ts';
import { dayAfter } from './district.ts';

export interface Sample {
  readonly today: string;
  readonly yearAgo: string;
  /** A Monday in whose week rounds are due. */
  readonly week: string;
  readonly cycle: string;
  readonly quarterFrom: string;
  readonly quarterTo: string;
  readonly round: string;
  readonly subject: string;
  /** Of a subject. */
  readonly name: string;
  readonly post: string;
  readonly person: string;
  readonly town: string;
  readonly notice: string;
  readonly content: string;
  readonly rule: string;
  /** Of the open cases, behind most of them. */
  readonly cursor: string;
}

export async function takeSample(pool: pg.Pool, today: string): Promise<Sample> {
  const cycle = quarterOf(today);
  const period = quarterPeriod(cycle);
  const one = async (text: string, values: readonly unknown[] = []): Promise<Readonly<Record<string, string>>> => {
    const { rows } = await pool.query<Record<string, string>>(text, [...values]);
    if (rows[0] === undefined) throw new Error(`nothing to ask about: ${text}`);
    return rows[0];
  };
  const round = await one(
    `SELECT c.id AS round, p.id AS post, t.person_id AS person, b.subject_id AS subject, s.name
       FROM cases c JOIN posts p ON c.key = c.cycle_id || '/' || p.id JOIN tenures t ON t.post_id = p.id AND t.to_on IS NULL
       JOIN bindings b ON b.post_id = p.id AND b.to_on IS NULL JOIN subjects s ON s.id = b.subject_id
      WHERE c.kind = 'round' AND c.cycle_id = $1 AND (c.figures->>'done')::int > 3 ORDER BY c.id LIMIT 1 OFFSET 200`,
    [cycle],
  );
  const town = await one("SELECT id FROM units WHERE kind = 'town' ORDER BY id LIMIT 1 OFFSET 3");
  const notice = await one('SELECT id FROM notices ORDER BY id LIMIT 1 OFFSET 5000');
  const content = await one('SELECT hash FROM publications ORDER BY id LIMIT 1');
  const far = await one(
    'SELECT id, due_at AS at FROM cases WHERE closed_at IS NULL AND due_at IS NOT NULL ORDER BY due_at DESC, id DESC LIMIT 1 OFFSET 200',
  );
  const { fromOn: quarterFrom, toOn: quarterTo } = period ?? { fromOn: today, toOn: today };
  return {
    today,
    yearAgo: dayAfter(today, -365),
    week: civilDate(dayNumber(quarterTo) - weekday(dayNumber(quarterTo)) + 1),
    cycle,
    quarterFrom,
    quarterTo,
    round: round['round'] ?? '',
    subject: round['subject'] ?? '',
    name: (round['name'] ?? '').slice(0, 4),
    post: round['post'] ?? '',
    person: round['person'] ?? '',
    town: town['id'] ?? '',
    notice: notice['id'] ?? '',
    content: content['hash'] ?? '',
    rule: 'BB-01',
    cursor: cursorOf({ at: Number(far['at']), id: far['id'] }),
  };
}

/** Which member of the sample stands for a parameter, by the path up to it. */
const PARAMETERS: Readonly<Record<string, (sample: Sample) => string>> = {
  '/api/accounts/{person}': ({ person }) => person,
  '/api/cases/{id}': ({ round }) => round,
  '/api/cycles/{id}': ({ cycle }) => cycle,
  '/api/cycles/{id}/figures/{rate}': () => 'completion',
  '/api/board/missing/{rate}': () => 'coverage',
  '/api/register/subjects/{id}': ({ subject }) => subject,
  '/api/register/posts/{id}': ({ post }) => post,
  '/api/register/persons/{id}': ({ person }) => person,
  '/api/register/{of}': () => 'subject',
  '/api/register/{of}/{id}': ({ subject }) => subject,
  '/api/register/{of}/{id}/at/{on}': ({ today }) => today,
  '/api/rounds/{id}': ({ round }) => round.replace(/^round\//, ''),
  '/api/notices/{id}': ({ notice }) => notice,
  '/api/rules/{id}': ({ rule }) => rule,
  '/api/calendars/{year}': ({ today }) => today.slice(0, 4),
  '/api/contents/{hash}': ({ content }) => content,
};

/** The path with the sample's rows in the place of its parameters. */
export function addressOf(path: string, sample: Sample): string {
  const parts = path.split('/');
  return parts
    .map((part, at) => {
      if (!part.startsWith('{')) return part;
      const of = PARAMETERS[parts.slice(0, at + 1).join('/')];
      if (of === undefined) throw new Error(`no sample for ${part} of ${path}`);
      return encodeURIComponent(of(sample));
    })
    .join('/');
}
