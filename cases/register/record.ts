/** What stands beside one row of the register: who guaranteed it, who held it, what was signed, visited and is open. */
import type pg from 'pg';
import { stageWords, wordsOf } from '../../domain/words/index.ts';
import type { Reach } from '../../domain/rights/table.ts';
import { visibleCases } from '../visible.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

export interface Span {
  readonly fromOn: string;
  readonly toOn: string | null;
}

export interface BindingLine extends Span {
  readonly post: string;
  readonly title: string | null;
  /** Who held the post last while the binding held. */
  readonly holder: string | null;
}

/** Newest first. */
export async function bindingsOf(db: Queryable, subject: string): Promise<readonly BindingLine[]> {
  const { rows } = await db.query<BindingLine>(
    `SELECT b.post_id AS post, p.title, b.from_on AS "fromOn", b.to_on AS "toOn",
            (SELECT h.name FROM tenures t JOIN persons h ON h.id = t.person_id
              WHERE t.post_id = b.post_id AND t.from_on < coalesce(b.to_on, '9999') AND coalesce(t.to_on, '9999') > b.from_on
              ORDER BY t.from_on DESC LIMIT 1) AS holder
       FROM bindings b LEFT JOIN posts p ON p.id = b.post_id WHERE b.subject_id = $1 ORDER BY b.from_on DESC, b.id`,
    [subject],
  );
  return rows;
}

export interface CaseBeside {
  readonly caseId: string;
  readonly kindTitle: string;
  readonly stageTitle: string;
  readonly dueOn: string | null;
  readonly breached: boolean;
  readonly closed: boolean;
  readonly holder: string | null;
}

interface StoredBeside {
  readonly id: string;
  readonly stage: string;
  readonly closed_as: string | null;
  readonly closed: boolean;
  readonly due_on: string | null;
  readonly breached: boolean;
  readonly holder: string | null;
}

const MOST = 50;

/** Cases of the subject, or of the post as their holder: open ones first by due day, then the last closed ones. */
export async function casesBeside(
  db: Queryable,
  reach: Reach,
  of: 'subject' | 'post',
  id: string,
): Promise<readonly CaseBeside[]> {
  const { sql, values } = visibleCases(reach, 2);
  const column = of === 'subject' ? 'c.subject_id' : 'c.holder_post';
  const { rows } = await db.query<StoredBeside>(
    `SELECT c.id, c.stage, c.closed_as, c.closed_at IS NOT NULL AS closed, c.due_on, c.breached, p.title AS holder
       FROM cases c LEFT JOIN posts p ON p.id = c.holder_post
      WHERE ${column} = $1 AND ${sql}
      ORDER BY c.closed_at DESC NULLS FIRST, c.due_at, c.id LIMIT ${String(MOST)}`,
    [id, ...values],
  );
  return rows.map(({ id: caseId, stage, closed_as, closed, due_on, breached, holder }) => {
    const words = wordsOf(caseId);
    return {
      caseId,
      kindTitle: words?.title ?? caseId.slice(0, caseId.indexOf('/')),
      stageTitle: stageWords(words, stage, closed_as),
      dueOn: due_on,
      breached,
      closed,
      holder,
    };
  });
}

export interface VisitLine {
  readonly caseId: string;
  readonly cycle: string | null;
  readonly status: string;
  readonly statusTitle: string;
  readonly visitedOn: string | null;
  readonly inTime: boolean | null;
  readonly onSite: boolean;
  readonly findings: number;
}

const VISIT_WORDS: Readonly<Record<string, string>> = {
  due: '待走访',
  done: '已走访',
  excused: '已免除',
  'handed-over': '已移交',
  released: '已解除包保',
  void: '主体已注销',
  'written-off': '未走访，已核销',
};

interface StoredVisit {
  readonly case_id: string;
  readonly cycle: string | null;
  readonly status: string;
  readonly on_site: boolean;
  readonly in_time: boolean | null;
  readonly visited_on: string | null;
  readonly findings: number;
}

/** The subject in the rounds of every post that ever guaranteed it, newest period first. */
export async function visitsOf(db: Queryable, reach: Reach, subject: string): Promise<readonly VisitLine[]> {
  const { sql, values } = visibleCases(reach, 2);
  const { rows } = await db.query<StoredVisit>(
    `SELECT c.id AS case_id, c.cycle_id AS cycle, v->>'status' AS status, (v->>'onSite')::boolean AS on_site,
            (v->>'inTime')::boolean AS in_time,
            c.state #>> ARRAY['records', v->>'visit', 'versions', '-1', 'record', 'visitedOn'] AS visited_on,
            coalesce(jsonb_array_length(jsonb_path_query_array(c.state, '$.findings[*] ? (@.visit == $visit)',
              jsonb_build_object('visit', v->'visit'))), 0) AS findings
       FROM cases c CROSS JOIN LATERAL jsonb_array_elements(c.state->'visits') AS v
      WHERE c.kind = 'round' AND c.holder_post IN (SELECT b.post_id FROM bindings b WHERE b.subject_id = $1)
        AND v->>'subject' = $1 AND ${sql}
      ORDER BY c.opened_at DESC, c.id LIMIT ${String(MOST)}`,
    [subject, ...values],
  );
  return rows.map(({ case_id, cycle, status, on_site, in_time, visited_on, findings }) => ({
    caseId: case_id,
    cycle,
    status,
    statusTitle: VISIT_WORDS[status] ?? status,
    visitedOn: visited_on,
    inTime: in_time,
    onSite: on_site,
    findings,
  }));
}

export interface TenureLine extends Span {
  readonly post: string;
  readonly title: string | null;
  readonly person: string;
  readonly name: string | null;
}

/** Newest first: of a post, or of a person. */
export async function tenuresOf(db: Queryable, of: 'post' | 'person', id: string): Promise<readonly TenureLine[]> {
  const { rows } = await db.query<TenureLine>(
    `SELECT t.post_id AS post, p.title, t.person_id AS person, h.name, t.from_on AS "fromOn", t.to_on AS "toOn"
       FROM tenures t LEFT JOIN posts p ON p.id = t.post_id LEFT JOIN persons h ON h.id = t.person_id
      WHERE t.${of}_id = $1 ORDER BY t.from_on DESC, t.id`,
    [id],
  );
  return rows;
}

export interface AbsenceLine {
  readonly person: string;
  readonly name: string | null;
  readonly fromOn: string;
  readonly toOn: string;
  readonly cause: string;
  readonly deputy: string | null;
  readonly deputyName: string | null;
}

/** Of a person, or of whoever held the post, newest first. */
export async function absencesOf(db: Queryable, of: 'post' | 'person', id: string): Promise<readonly AbsenceLine[]> {
  const whose =
    of === 'person' ? 'a.person_id = $1' : 'a.person_id IN (SELECT t.person_id FROM tenures t WHERE t.post_id = $1)';
  const { rows } = await db.query<AbsenceLine>(
    `SELECT a.person_id AS person, h.name, a.from_on AS "fromOn", a.to_on AS "toOn", a.cause, a.deputy_id AS deputy,
            d.name AS "deputyName"
       FROM absences a LEFT JOIN persons h ON h.id = a.person_id LEFT JOIN persons d ON d.id = a.deputy_id
      WHERE ${whose} ORDER BY a.from_on DESC, a.id LIMIT ${String(MOST)}`,
    [id],
  );
  return rows;
}

export interface PledgeLine {
  readonly person: string;
  readonly name: string | null;
  readonly post: string;
  readonly title: string | null;
  readonly version: string;
  readonly signedOn: string;
  readonly withTitle: string | null;
  readonly document: string | null;
}

/** Signed for the post, or by the person, newest first. */
export async function pledgesOf(db: Queryable, of: 'post' | 'person', id: string): Promise<readonly PledgeLine[]> {
  const { rows } = await db.query<PledgeLine>(
    `SELECT g.person_id AS person, h.name, g.post_id AS post, p.title, g.version, g.signed_on AS "signedOn", w.title AS "withTitle",
            g.document
       FROM pledges g LEFT JOIN persons h ON h.id = g.person_id LEFT JOIN posts p ON p.id = g.post_id
            LEFT JOIN posts w ON w.id = g.with_post
      WHERE g.${of}_id = $1 ORDER BY g.signed_on DESC, g.id`,
    [id],
  );
  return rows;
}

/** The post above one, with its title. */
export async function superiorOf(
  db: Queryable,
  post: string,
): Promise<{ readonly id: string; readonly title: string } | null> {
  const { rows } = await db.query<{ id: string; title: string }>(
    'SELECT above.id, above.title FROM posts p JOIN posts above ON above.id = p.superior_id WHERE p.id = $1',
    [post],
  );
  return rows[0] ?? null;
}
