/** Cases that another names, as the caller may see them: what each is and where it stands. */
import type pg from 'pg';
import type { Reach } from '../domain/rights/table.ts';
import { stageWords, wordsOf } from '../domain/words/index.ts';
import { visibleCases } from './visible.ts';

export interface LinkedCase {
  readonly caseId: string;
  readonly why: string;
  /** 问题整改 翠苑示例面馆. */
  readonly title: string;
  readonly stageTitle: string;
  readonly closed: boolean;
}

/** In the order given; `hidden`: those that exist and are out of reach. */
export async function linkedCases(
  db: Pick<pg.ClientBase, 'query'>,
  reach: Reach,
  links: readonly { readonly caseId: string; readonly why: string }[],
): Promise<{ readonly links: readonly LinkedCase[]; readonly hidden: number }> {
  if (links.length === 0) return { links: [], hidden: 0 };
  const visible = visibleCases(reach, 2);
  const { rows } = await db.query<{
    id: string;
    kind: string;
    key: string;
    stage: string;
    closed_as: string | null;
    subject: string | null;
    visible: boolean;
  }>(
    `SELECT c.id, c.kind, c.key, c.stage, c.closed_as, s.name AS subject, ${visible.sql} AS visible
       FROM cases c LEFT JOIN subjects s ON s.id = c.subject_id WHERE c.id = ANY($1::text[])`,
    [links.map(({ caseId }) => caseId), ...visible.values],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  const seen = links.flatMap(({ caseId, why }): LinkedCase[] => {
    const row = found.get(caseId);
    if (row?.visible !== true) return [];
    const words = wordsOf(row.kind);
    return [
      {
        caseId,
        why,
        title: `${words?.title ?? row.kind} ${row.subject ?? row.key}`,
        stageTitle: stageWords(words, row.stage, row.closed_as),
        closed: row.closed_as !== null,
      },
    ];
  });
  return { links: seen, hidden: rows.filter((row) => !row.visible).length };
}
