/**
 * How many visits a second does the API take, beside a bare transaction that writes the same rows? Both in turns, in one
 * run, with as many at once.
 */
import type pg from 'pg';
import { randomUUID } from 'node:crypto';
import type { CasesDeps } from '../cases/deps.ts';
import type { Round } from '../domain/supervision/round-state.ts';
import type { ChecklistItem } from '../domain/supervision/round-visits.ts';
import { copyRounds, writtenBy, writeBare } from './bare.ts';
import { kickOff, running, type District } from './district.ts';
import { abreast, measurePair, timed, type Figure, type Ratio } from './measure.ts';
import { poster, type Post } from './poster.ts';
import { cookieOf, fromOwnPage } from './signed-in.ts';

const CONNECTIONS = 16;
/** Of one repetition; a larger district has more. */
const MOST = 3_000;

export interface VisitsOf {
  readonly deps: CasesDeps;
  readonly district: District;
  readonly today: string;
  /** Of the API, a process of its own on loopback. */
  readonly api: string;
}

export async function measureVisits({ deps, district, today, api }: VisitsOf): Promise<{
  readonly figures: readonly Figure[];
  readonly ratio: Ratio;
}> {
  const items = await checklist(deps);
  const client = poster(api, CONNECTIONS);
  try {
    const { figures, ratio } = await measurePair(
      [
        {
          id: 'visits-http',
          title: '记录走访(HTTP)',
          unit: '次走访',
          how: `${CONNECTIONS} 个连接,每次有自己的 Idempotency-Key;接口是单独的一个进程`,
        },
        {
          id: 'visits-bare',
          title: '同样的行(直接用 pg)',
          unit: '次走访',
          how: `${CONNECTIONS} 个连接;一个事务:记键、锁行、写案件行、写流水、存答复;不作任何判断`,
        },
      ],
      async (nth) => {
        const cycle = await kickOff(deps, running(`visits-${nth}`, today), district.officer);
        const due = (await dueVisits(deps.pool, cycle)).slice(0, MOST);
        const cookies = await cookiesOf(deps.pool, due);
        const posts = due.map((one) => requestOf(one, cookies.get(one.post), today, items));
        await copyRounds(deps.pool, cycle);
        const http = await timed(() => abreast(posts, CONNECTIONS, client.send));
        const written = await writtenBy(deps, cycle);
        if (written.length !== posts.length)
          throw new Error(`${written.length} of ${posts.length} visits were written`);
        const bare = await timed(() => abreast(written, CONNECTIONS, (one) => writeBare(deps.pool, one)));
        return [
          { count: posts.length, seconds: http.seconds },
          { count: written.length, seconds: bare.seconds },
        ];
      },
    );
    return { figures, ratio: { id: 'visits', title: '记录走访:HTTP 比 直接写', ratio } };
  } finally {
    client.close();
  }
}

async function checklist({ pool, office }: CasesDeps): Promise<readonly ChecklistItem[]> {
  const { policy } = await office.inForce(pool);
  return policy.value<readonly ChecklistItem[]>('supervision.checklist');
}

interface Due {
  readonly round: string;
  readonly person: string;
  readonly post: string;
  readonly subject: string;
}

/** First one visit of each round, then the second of each …: as a district works, not as a lock queue. */
async function dueVisits(pool: pg.Pool, cycle: string): Promise<readonly Due[]> {
  const { rows } = await pool.query<{ key: string; state: Round }>(
    `SELECT key, state FROM cases WHERE kind = 'round' AND cycle_id = $1 AND closed_at IS NULL ORDER BY key`,
    [cycle],
  );
  const due = rows.flatMap(({ key, state: { person, post, visits } }) =>
    person === null ? [] : visits.map(({ subject }, turn) => ({ turn, round: key, person, post, subject })),
  );
  return due.sort((a, b) => a.turn - b.turn);
}

/** A session for each post, by post. */
async function cookiesOf(pool: pg.Pool, due: readonly Due[]): Promise<ReadonlyMap<string, string>> {
  const holders = [...new Map(due.map(({ post, person }) => [post, person]))];
  return new Map(
    await Promise.all(holders.map(async ([post, person]) => [post, await cookieOf(pool, person, post)] as const)),
  );
}

/** On site, the whole checklist met, one photo, confirmed by the business: the common visit. */
function requestOf(
  { round, subject }: Due,
  cookie: string | undefined,
  today: string,
  items: readonly ChecklistItem[],
): Post {
  if (cookie === undefined) throw new Error(`nobody is signed in for ${round}`);
  return {
    path: `/api/rounds/${encodeURIComponent(round)}/visits`,
    headers: { ...fromOwnPage, Cookie: cookie, 'Idempotency-Key': randomUUID() },
    body: {
      visit: randomUUID(),
      subject,
      visitedOn: today,
      mode: 'on-site',
      items: items.map(({ code }) => ({ code, met: true })),
      findings: [],
      evidence: [{ digest: 'b'.repeat(64), takenOn: today }],
      confirmedBy: 'business',
    },
  };
}
