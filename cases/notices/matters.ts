/** The cases and register rows that notices are about, as they stand now, with the names a reader needs. No person's name. */
import type { Arming } from '../../domain/kernel/alarms.ts';
import type { Clock } from '../../domain/kernel/clock.ts';
import type { ItemCase } from '../../domain/notices/item.ts';
import type { NameOf } from '../../domain/notices/says.ts';
import type { AnyProcess } from '../deps.ts';
import type { Queryable } from '../office.ts';
import type { Queued } from './queue.ts';

export interface Matter extends ItemCase {
  readonly closed: boolean;
}

interface Row {
  id: string;
  kind: string;
  key: string;
  state: unknown;
  state_version: number;
  armings: Record<string, Arming>;
  closed_at: string | null;
  holder_post: string | null;
  cycle_id: string | null;
  figures: Record<string, number>;
  subject: string | null;
  post: string | null;
  unit: string | null;
}

/** By chain id. A chain that is no case (a register row) has no clocks and never closes. */
export async function readMatters(
  client: Queryable,
  processes: ReadonlyMap<string, AnyProcess>,
  chains: readonly string[],
): Promise<ReadonlyMap<string, Matter>> {
  const { rows } = await client.query<Row>({
    name: 'notice-matters',
    text: `SELECT c.id, c.kind, c.key, c.state, c.state_version, c.armings, c.closed_at, c.holder_post, c.cycle_id, c.figures,
                  s.name AS subject, p.title AS post, u.name AS unit
             FROM cases c LEFT JOIN subjects s ON s.id = c.subject_id LEFT JOIN posts p ON p.id = c.holder_post
                  LEFT JOIN units u ON u.id = c.unit_id
            WHERE c.id = ANY($1::text[])`,
    values: [[...new Set(chains)]],
  });
  const found = new Map(rows.map((row) => [row.id, matterFrom(row, processes)]));
  const missing = chains.filter((chain) => !found.has(chain));
  const nameOf = await readNames(
    client,
    missing.map((chain) => chain.slice(chain.indexOf('/') + 1)),
  );
  for (const chain of missing) found.set(chain, registerMatter(chain, nameOf));
  return found;
}

function matterFrom(row: Row, processes: ReadonlyMap<string, AnyProcess>): Matter {
  const { kind, key, armings, subject, post, unit, figures } = row;
  return {
    kind,
    key,
    armings,
    subject,
    post,
    unit,
    figures,
    cycle: row.cycle_id,
    holderPost: row.holder_post,
    closed: row.closed_at !== null,
    clocks: clocksOf(row, processes.get(kind)),
  };
}

/** `null` for a state of another version: refolding is for whoever locks the case. */
function clocksOf(row: Row, process: AnyProcess | undefined): readonly Clock[] | null {
  if (process === undefined || process.stateVersion !== row.state_version) return null;
  return process.clocks(row.state);
}

function registerMatter(chain: string, nameOf: NameOf): Matter {
  const [kind = '', ...rest] = chain.split('/');
  const key = rest.join('/');
  // A person's chain is named by nothing: the reader finds the person behind the link.
  const name = kind === 'person' || nameOf(key) === key ? null : nameOf(key);
  return {
    kind,
    key,
    subject: name,
    post: null,
    unit: null,
    cycle: null,
    figures: {},
    clocks: null,
    armings: {},
    holderPost: null,
    closed: false,
  };
}

/** Names of posts, units and subjects among `ids`; what is none of them stays as it is. */
export async function readNames(client: Queryable, ids: readonly string[]): Promise<NameOf> {
  const { rows } = await client.query<{ id: string; name: string }>({
    name: 'notice-names',
    text: `SELECT p.id, concat_ws(' ', u.name, p.title) AS name FROM posts p LEFT JOIN units u ON u.id = p.unit_id WHERE p.id = ANY($1::text[])
           UNION ALL SELECT id, name FROM units WHERE id = ANY($1::text[])
           UNION ALL SELECT id, name FROM subjects WHERE id = ANY($1::text[])`,
    values: [[...new Set(ids)]],
  });
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}

/** Every text among the details of the notices: ids of posts, units and subjects are among them. */
export const idsIn = (notices: readonly Pick<Queued, 'details'>[]): readonly string[] =>
  notices.flatMap(({ details }) => Object.values(details).filter((value) => typeof value === 'string'));
