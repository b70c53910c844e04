/**
 * What a person finds by a few characters: cases by number, subjects by name or credit code, units, posts and people, and
 * what people wrote. A few of each; only what the caller may see. Knows no kind by name.
 */
import type pg from 'pg';
import type { Reach } from '../domain/rights/table.ts';
import { stageWords, wordsOf } from '../domain/words/index.ts';
import { POST_NAME } from './replay/names.ts';
import { unitOf, unitsUnder, visibleCases } from './visible.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

export interface FoundCase {
  readonly caseId: string;
  readonly kindTitle: string;
  readonly stageTitle: string;
  readonly subject: string | null;
}

export interface Found {
  readonly cases: readonly FoundCase[];
  readonly subjects: readonly {
    readonly id: string;
    readonly name: string;
    readonly class: string;
    readonly unit: string | null;
  }[];
  readonly units: readonly { readonly id: string; readonly name: string; readonly kind: string }[];
  readonly posts: readonly { readonly id: string; readonly title: string; readonly person: string | null }[];
}

/** What people wrote, around the place found. */
export type FoundText = FoundCase & { readonly excerpt: string };

/** How many of each. */
const FEW = 6;
/** Candidates looked at before they are put in order: a beginning shared by thousands is no search. */
const CANDIDATES = 300;
const AROUND = 16;

/** `text` as a LIKE pattern's literal. */
const literal = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

/** `round/2026-Q4/P-12` is looked for as a round whose key begins so: the kind is a word of the program. */
function numberOf(asked: string): { readonly kind: string | null; readonly key: string } {
  const slash = asked.indexOf('/');
  const kind = slash > 0 ? wordsOf(asked.slice(0, slash))?.kind : undefined;
  return { kind: kind ?? null, key: (kind === undefined ? asked : asked.slice(slash + 1)).toLowerCase() };
}

const reversed = (text: string): string => [...text].reverse().join('');

/**
 * The cases whose number begins or ends like this, as a condition on `cases c`. Parameters from `first` on.
 * Both ways have an index.
 */
export function byNumber(
  asked: string,
  first: number,
): { readonly sql: string; readonly values: readonly (string | null)[] } {
  const { kind, key } = numberOf(asked.trim());
  const [begins, ends, of] = [0, 1, 2].map((nth) => `$${String(first + nth)}::text`) as [string, string, string];
  return {
    sql: `((lower(c.key) LIKE ${begins} OR reverse(lower(c.key)) LIKE ${ends}) AND (${of} IS NULL OR c.kind = ${of}))`,
    values: [`${literal(key)}%`, `${literal(reversed(key))}%`, kind],
  };
}

/** Part of a subject's name, its id or its credit code, as a condition on `subjects s`. */
const subjectNamed = (asked: string, first: number): { readonly sql: string; readonly values: readonly string[] } => {
  const [one, two] = [first, first + 1].map((n) => `$${String(n)}::text`) as [string, string];
  return {
    // Each by its own index: in one condition joined by OR, every name would be cut up again.
    sql: `s.id IN (SELECT id FROM subjects WHERE bigrams(name) @> bigrams(${one}) AND name ILIKE '%' || ${two} || '%'
           UNION ALL SELECT id FROM subjects WHERE credit_code = upper(${one}) OR id = ${one})`,
    values: [asked.trim(), literal(asked.trim())],
  };
};

export async function search(db: Queryable, reach: Reach, asked: string): Promise<Found> {
  const q = asked.trim();
  return {
    cases: await findCases(db, reach, q),
    subjects: await findSubjects(db, reach, q),
    units: await findUnits(db, reach, q),
    posts: await findPosts(db, reach, q),
  };
}

interface CaseHit {
  readonly id: string;
  readonly kind: string;
  readonly stage: string;
  readonly closed_as: string | null;
  readonly subject: string | null;
}

const hit = ({ id, kind, stage, closed_as, subject }: CaseHit): FoundCase => {
  const words = wordsOf(kind);
  return { caseId: id, kindTitle: words?.title ?? kind, stageTitle: stageWords(words, stage, closed_as), subject };
};

async function findCases(db: Queryable, reach: Reach, q: string): Promise<readonly FoundCase[]> {
  const number = byNumber(q, 1);
  const visible = visibleCases(reach, number.values.length + 1);
  const { rows } = await db.query<CaseHit>(
    `SELECT f.id, f.kind, f.stage, f.closed_as, s.name AS subject
       FROM (SELECT c.id, c.kind, c.stage, c.closed_as, c.closed_at, c.opened_at, c.subject_id FROM cases c
              WHERE ${number.sql} AND ${visible.sql} LIMIT ${String(CANDIDATES)}) f
       LEFT JOIN subjects s ON s.id = f.subject_id
      ORDER BY f.closed_at IS NOT NULL, f.opened_at DESC, f.id LIMIT ${String(FEW)}`,
    [...number.values, ...visible.values],
  );
  return rows.map(hit);
}

/** The unit a list of the register is narrowed to, as a condition; the parameter is the unit or null. */
const within = (column: string, unit: string): string =>
  `(${unit}::text IS NULL OR ${column} IN (${unitsUnder(unit)}))`;

/** The subjects a list narrowed by a few characters is about. */
export async function subjectsNamed(db: Queryable, asked: string): Promise<readonly string[]> {
  const { sql, values } = subjectNamed(asked, 1);
  const { rows } = await db.query<{ id: string }>(`SELECT s.id FROM subjects s WHERE ${sql}`, [...values]);
  return rows.map(({ id }) => id);
}

async function findSubjects(db: Queryable, reach: Reach, q: string): Promise<Found['subjects']> {
  const { sql, values } = subjectNamed(q, 1);
  const { rows } = await db.query<Found['subjects'][number]>(
    `SELECT f.id, f.name, f.class, u.name AS unit
       FROM (SELECT s.id, s.name, s.class, s.unit_id, s.status FROM subjects s
              WHERE ${sql} AND (${within('s.unit_id', '$3')}
                OR EXISTS (SELECT 1 FROM bindings b WHERE b.subject_id = s.id AND b.post_id = $4 AND b.to_on IS NULL))
              LIMIT ${String(CANDIDATES)}) f
       LEFT JOIN units u ON u.id = f.unit_id
      ORDER BY f.status <> 'active', length(f.name), f.id LIMIT ${String(FEW)}`,
    [...values, unitOf(reach), reach.post],
  );
  return rows;
}

async function findUnits(db: Queryable, reach: Reach, q: string): Promise<Found['units']> {
  const { rows } = await db.query<Found['units'][number]>(
    `SELECT u.id, u.name, u.kind FROM units u
      WHERE (u.name ILIKE '%' || $2 || '%' OR u.id = $1) AND ${within('u.id', '$3')}
      ORDER BY length(u.path), length(u.name), u.id LIMIT ${String(FEW)}`,
    [q, literal(q), unitOf(reach)],
  );
  return rows;
}

async function findPosts(db: Queryable, reach: Reach, q: string): Promise<Found['posts']> {
  const { rows } = await db.query<Found['posts'][number]>(
    `SELECT p.id, ${POST_NAME} AS title, h.name AS person
       FROM posts p JOIN units u ON u.id = p.unit_id
            LEFT JOIN tenures t ON t.post_id = p.id AND t.to_on IS NULL LEFT JOIN persons h ON h.id = t.person_id
      WHERE (p.title ILIKE '%' || $2 || '%' OR p.id = $1 OR h.name ILIKE '%' || $2 || '%' OR h.id = $1)
        AND p.to_on IS NULL AND ${within('p.unit_id', '$3')}
      ORDER BY length(p.title), p.id LIMIT ${String(FEW)}`,
    [q, literal(q), unitOf(reach)],
  );
  return rows;
}

/** Apart from the rest: whoever reads what people wrote is written down. At least two characters. */
export async function searchTexts(db: Queryable, reach: Reach, asked: string): Promise<readonly FoundText[]> {
  const q = asked.trim();
  const visible = visibleCases(reach, 3);
  const { rows } = await db.query<CaseHit & { excerpt: string }>(
    `SELECT c.id, c.kind, c.stage, c.closed_as, s.name AS subject,
            substr(t.body, greatest(1, strpos(lower(t.body), lower($1)) - ${String(AROUND)}), length($1) + 2 * ${String(AROUND)}) AS excerpt
       FROM texts t JOIN cases c ON c.id = t.chain LEFT JOIN subjects s ON s.id = c.subject_id
      WHERE t.body IS NOT NULL AND bigrams(t.body) @> bigrams($1) AND t.body ILIKE '%' || $2 || '%' AND ${visible.sql}
      LIMIT ${String(FEW)}`,
    [q, literal(q), ...visible.values],
  );
  return rows.map((row) => ({ ...hit(row), excerpt: row.excerpt }));
}
