/** The journal searched across chains: by whom, for which post, what was said, about what, when; and what was refused. */
import type pg from 'pg';
import { wordsOf } from '../domain/words/index.ts';
import { refusalText } from './refusal-texts.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

export interface JournalFilter {
  /** The first part of a chain's id: a kind of case, or `subject`, `post`, `person`, `unit` of the register. */
  readonly kind?: string;
  readonly chain?: string;
  readonly person?: string;
  readonly post?: string;
  /** A command's type, or `lapse`, `told`, `recount`. */
  readonly said?: string;
  /** Epoch ms, inclusive and exclusive. */
  readonly from?: number;
  readonly to?: number;
}

export interface JournalRow {
  readonly id: string;
  readonly chain: string;
  readonly seq: number;
  readonly at: number;
  readonly hash: string;
  readonly person: string | null;
  readonly personName: string | null;
  readonly post: string | null;
  readonly postTitle: string | null;
  readonly said: string | null;
  readonly label: string;
  /** Whether the chain is a case, so that the moment can be opened. */
  readonly isCase: boolean;
}

const LABELS: Readonly<Record<string, string>> = {
  open: '立案登记',
  lapse: '期限节点',
  told: '由另一案件告知',
  recount: '重新计算期限',
  register: '名册变更',
};

/** What an entry did, in the words of its kind. */
export function labelOf(chain: string, said: string | null): string {
  const words = wordsOf(chain);
  return words?.commands[said ?? '']?.label ?? words?.events[said ?? ''] ?? LABELS[said ?? ''] ?? said ?? '名册变更';
}

/** Newest first, before the id. */
export async function searchJournal(
  db: Queryable,
  { kind, chain, person, post, said, from, to }: JournalFilter,
  { limit, before }: { readonly limit: number; readonly before: string | null },
): Promise<readonly JournalRow[]> {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const and = (condition: string, value: unknown): void => {
    if (value === undefined || value === null) return;
    values.push(value);
    conditions.push(condition.replaceAll('?', `$${String(values.length)}`));
  };
  and('e.chain = ?', chain);
  // A range of the primary key, so that one kind's entries are found without reading the others'.
  and('e.chain >= ? ', kind === undefined ? undefined : `${kind}/`);
  and('e.chain < ?', kind === undefined ? undefined : `${kind}0`);
  and('e.person = ?', person);
  and('e.post = ?', post);
  and('e.said = ?', said);
  and('e.at >= ?', from);
  and('e.at < ?', to);
  and('e.id < ?', before);
  const { rows } = await db.query<Omit<JournalRow, 'at' | 'label' | 'isCase'> & { at: string }>(
    `SELECT x.id::text, x.chain, x.seq, x.at, x.hash, x.person, h.name AS "personName", x.post, p.title AS "postTitle", x.said
       FROM (SELECT e.id, e.chain, e.seq, e.at, e.hash, e.person, e.post, e.said FROM entries e
              ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`} ORDER BY e.id DESC LIMIT ${String(limit)}) x
       LEFT JOIN persons h ON h.id = x.person LEFT JOIN posts p ON p.id = x.post ORDER BY x.id DESC`,
    values,
  );
  return rows.map((row) => ({
    ...row,
    at: Number(row.at),
    label: labelOf(row.chain, row.said),
    isCase: wordsOf(row.chain) !== undefined,
  }));
}

export interface RefusalRow {
  readonly id: string;
  readonly caseId: string;
  readonly at: number;
  readonly person: string;
  readonly personName: string | null;
  readonly postTitle: string | null;
  readonly command: string;
  readonly label: string;
  readonly code: string;
  readonly article: string | null;
  readonly text: string;
}

/** What was asked of cases and not done, newest first. */
export async function listRefusals(
  db: Queryable,
  { caseId, person, code }: { readonly caseId?: string; readonly person?: string; readonly code?: string },
  { limit, before }: { readonly limit: number; readonly before: string | null },
): Promise<readonly RefusalRow[]> {
  const { rows } = await db.query<Omit<RefusalRow, 'at' | 'label' | 'text'> & { at: string; details: object | null }>(
    `SELECT r.id::text, r.case_id AS "caseId", r.at, r.person, h.name AS "personName", p.title AS "postTitle", r.command, r.code,
            r.article, r.details
       FROM refusals r LEFT JOIN persons h ON h.id = r.person LEFT JOIN posts p ON p.id = r.post
      WHERE ($1::text IS NULL OR r.case_id = $1) AND ($2::text IS NULL OR r.person = $2) AND ($3::text IS NULL OR r.code = $3)
        AND ($4::bigint IS NULL OR r.id < $4)
      ORDER BY r.id DESC LIMIT $5`,
    [caseId ?? null, person ?? null, code ?? null, before, limit],
  );
  return rows.map(({ details, ...row }) => ({
    ...row,
    at: Number(row.at),
    label: labelOf(row.caseId, row.command),
    text: refusalText({ code: row.code, ...(details === null ? {} : { details: details as Record<string, string> }) }),
  }));
}
