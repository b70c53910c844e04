/** As whom does this command act? `--as`, else ZHAODAN_AS, else the office of a sample district. Never guesses elsewhere. */
import type { CasesDeps } from '../cases/deps.ts';
import { actorOf, type ActingProblem } from '../cases/register/acting.ts';
import { localDate } from '../domain/kernel/calendar.ts';
import type { Actor } from '../domain/kernel/process.ts';
import type { OpenedOffice } from './office.ts';
import { CliProblem } from './problem.ts';
import type { GlobalOptions, Terminal } from './terminal.ts';

export interface Asking {
  readonly options: GlobalOptions;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly terminal: Pick<Terminal, 'err'>;
}

/** Throws `acting-person-missing`, or why the person may not act today. */
export async function actingPerson(opened: OpenedOffice, { options, env, terminal }: Asking): Promise<Actor> {
  const on = localDate(await opened.now());
  const { pool } = opened.cases;
  const named = options.as ?? env['ZHAODAN_AS'];
  if (named === undefined || named === '') {
    const office = await sampleOffice(pool, on);
    if (office === null)
      throw new CliProblem('acting-person-missing', '请用 --as 人员编号(或环境变量 ZHAODAN_AS)指明由谁办理');
    terminal.err(`未指明办理人,以示例辖区的${office.title} ${office.name}(${office.person})办理;可用 --as 指明`);
    return found(await actorOf(pool, office.person, options.post ?? office.post, on), office.person);
  }
  return found(await actorOf(pool, named, options.post, on), named);
}

interface SampleOffice {
  readonly person: string;
  readonly name: string;
  readonly post: string;
  readonly title: string;
}

/** The district office of a district in which everybody is generated; `null` where real people work. */
async function sampleOffice(pool: CasesDeps['pool'], on: string): Promise<SampleOffice | null> {
  const { rows } = await pool.query<SampleOffice>(
    `SELECT r.id AS person, r.name, p.id AS post, p.title
       FROM posts p JOIN tenures t ON t.post_id = p.id AND t.from_on <= $1 AND (t.to_on IS NULL OR $1 < t.to_on)
            JOIN persons r ON r.id = t.person_id
      WHERE p.role = 'district-office' AND p.to_on IS NULL AND NOT EXISTS (SELECT 1 FROM persons WHERE NOT generated)
      ORDER BY p.id LIMIT 1`,
    [on],
  );
  return rows[0] ?? null;
}

function found(acting: { readonly actor: Actor } | { readonly problem: ActingProblem }, person: string): Actor {
  if ('actor' in acting) return acting.actor;
  const { problem } = acting;
  throw new CliProblem(problem.code, sentenceOf(problem, person));
}

function sentenceOf(problem: ActingProblem, person: string): string {
  switch (problem.code) {
    case 'person-unknown':
      return `名册中没有 ${person} 这个人`;
    case 'no-post':
      return `${person} 今日没有岗位,也不代理任何岗位`;
    case 'post-not-held':
      return `${person} 今日不担任也不代理岗位 ${problem.post}`;
    case 'post-ambiguous':
      return `${person} 有几个岗位,请用 --post 指明:${problem.posts.map(({ post, title }) => `${post} ${title}`).join('、')}`;
  }
}
