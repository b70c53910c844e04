/**
 * Which duties the register calls for and nobody has opened: active subjects that no post guarantees, cadres without the
 * current pledge (BB-10). Opens nothing; `keepInvariants` does.
 */
import type pg from 'pg';
import { officeOver } from '../../domain/register/running-work.ts';
import type { BindingDutyCommand } from '../../domain/supervision/binding-duty.ts';
import type { PledgeDutyCommand } from '../../domain/supervision/pledge-duty.ts';
import { newestEpisodes } from './running-work.ts';
import { readSlice } from './slice.ts';

type Queryable = Pick<pg.ClientBase, 'query'>;

/** A case to open, as `openMany` takes it. */
export type MissingDuty =
  | { readonly kind: 'binding-duty'; readonly key: string; readonly command: BindingDutyCommand }
  | { readonly kind: 'pledge-duty'; readonly key: string; readonly command: PledgeDutyCommand };

export interface MissingOn {
  /** The office's day. */
  readonly today: string;
  /** District policy `pledge.version`. */
  readonly pledgeVersion: string;
}

/** Sorted by key. Empty when every point under 100 % has its open duty. */
export async function missingDuties(
  client: Queryable,
  { today, pledgeVersion }: MissingOn,
): Promise<readonly MissingDuty[]> {
  return [...(await unbound(client, today)), ...(await unpledged(client, today, pledgeVersion))];
}

const next = (episodes: ReadonlyMap<string, { episode: number }>, prefix: string): string =>
  `${prefix}/${String((episodes.get(prefix)?.episode ?? 0) + 1)}`;

async function unbound(client: Queryable, today: string): Promise<readonly MissingDuty[]> {
  const { rows } = await client.query<{ subject: string; unit: string }>({
    name: 'missing-bindings',
    text: `SELECT s.id AS subject, s.unit_id AS unit FROM subjects s
            WHERE s.status = 'active'
              AND NOT EXISTS (SELECT 1 FROM bindings b WHERE b.subject_id = s.id AND b.to_on IS NULL)
              AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.kind = 'binding-duty' AND c.subject_id = s.id AND c.closed_at IS NULL)
            ORDER BY s.id`,
  });
  if (rows.length === 0) return [];
  const episodes = await newestEpisodes(
    client,
    'binding-duty',
    rows.map(({ subject }) => subject),
  );
  const offices = await readSlice(client, { posts: [], persons: [], subjects: [], codes: [] });
  return rows.map(({ subject, unit }) => ({
    kind: 'binding-duty',
    key: next(episodes, subject),
    command: { type: 'open', subject, unit, cause: 'missing', since: today, holder: officeOver(offices, unit, today) },
  }));
}

async function unpledged(client: Queryable, today: string, version: string): Promise<readonly MissingDuty[]> {
  const { rows } = await client.query<{ post: string; person: string; unit: string }>({
    name: 'missing-pledges',
    text: `SELECT p.id AS post, t.person_id AS person, p.unit_id AS unit
             FROM posts p JOIN tenures t ON t.post_id = p.id AND t.to_on IS NULL AND t.from_on <= $2
            WHERE p.class IS NOT NULL AND p.to_on IS NULL
              AND NOT EXISTS (SELECT 1 FROM pledges g WHERE g.post_id = p.id AND g.person_id = t.person_id AND g.version = $1)
              AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.kind = 'pledge-duty' AND c.closed_at IS NULL
                                AND c.state->>'post' = p.id AND c.state->>'person' = t.person_id)
            ORDER BY p.id`,
    values: [version, today],
  });
  if (rows.length === 0) return [];
  const episodes = await newestEpisodes(
    client,
    'pledge-duty',
    rows.map(({ post, person }) => `${post}/${person}`),
  );
  return rows.map(({ post, person, unit }) => ({
    kind: 'pledge-duty',
    key: next(episodes, `${post}/${person}`),
    command: { type: 'open', post, person, unit, version },
  }));
}
