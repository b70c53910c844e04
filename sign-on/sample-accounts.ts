/**
 * Accounts of a sample district, one for each kind of work, all with one published password. For one's own machine only:
 * the API refuses to start anywhere else while one of them still has it.
 */
import { readClock } from '../cases/deps.ts';
import { inTransaction } from '../cases/transaction.ts';
import type { PostRole } from '../domain/kernel/process.ts';
import { findAccount } from './account.ts';
import { insertAccount, type Office } from './account-office.ts';
import { SignOnRefused } from './deps.ts';
import { hashPassword } from './passwords.ts';
import { logSecurity } from './security-log.ts';

/** Fits the rules for passwords, and is known to everybody who reads this. */
export const SAMPLE_PASSWORD = 'Zhaodan-2026';

interface Sample {
  readonly name: string;
  readonly role: PostRole;
  /** What the account is for, on the sign-in page. */
  readonly says: string;
  /** The how-manieth post of the role: a second officer may look at what the first one did. */
  readonly nth?: number;
  /** Which posts of the role: those of the town where the cadre works, the one at the top of the district, or any. */
  readonly where?: 'town' | 'top';
}

/** In the order of the sign-in page. */
export const SAMPLES: readonly Sample[] = [
  { name: 'duban', role: 'district-office', says: '区食药安办主任：启动督导、看三率' },
  { name: 'ganbu', role: 'cadre', says: '包保干部：手机上走访' },
  { name: 'jianguan', role: 'regulator', where: 'town', says: '市场监管所执法人员：整改与日常办理' },
  { name: 'fucha', role: 'regulator', where: 'town', nth: 2, says: '同所另一名执法人员：可以复查' },
  { name: 'zhenban', role: 'town-office', where: 'town', says: '镇街食安办负责人' },
  { name: 'zhenzhang', role: 'town-head', where: 'town', says: '镇街主要负责人' },
  { name: 'lingdao', role: 'district-leader', where: 'top', says: '区长：看总览' },
  { name: 'shenji', role: 'auditor', says: '审计员：只看，不办' },
  { name: 'xitong', role: 'system-admin', says: '系统管理员：账号与系统' },
  { name: 'anquan', role: 'security-admin', says: '安全管理员：解锁、结束会话' },
  { name: 'rizhi', role: 'audit-admin', says: '审计管理员：登录与访问记录' },
];

export interface MadeSample {
  readonly name: string;
  readonly person: string;
  readonly post: string;
}

/** Makes the accounts that are not there yet. Throws `not-a-sample` where real people work. */
export async function makeSampleAccounts(office: Office): Promise<readonly MadeSample[]> {
  const hash = await hashPassword(SAMPLE_PASSWORD);
  return inTransaction(office.pool, async (client) => {
    const at = await readClock(office, client);
    const real = await client.query('SELECT 1 FROM persons WHERE NOT generated LIMIT 1');
    if (real.rowCount !== 0) throw new SignOnRefused('not-a-sample');
    const made: MadeSample[] = [];
    for (const { name, role, nth = 1, where = 'any' } of SAMPLES) {
      // The cadre of a town, so that what is found there goes to the officers of the same town.
      const { rows } = await client.query<{ person: string; post: string }>(
        `WITH held AS (SELECT p.*, t.person_id, u.kind FROM posts p JOIN units u ON u.id = p.unit_id
                         JOIN tenures t ON t.post_id = p.id AND t.to_on IS NULL WHERE p.to_on IS NULL),
              cadre AS (SELECT id, unit_id FROM held WHERE role = 'cadre' AND kind = 'town' ORDER BY id LIMIT 1)
         SELECT person_id AS person, id AS post FROM held h
          WHERE role = $1 AND CASE $3 WHEN 'town' THEN unit_id = (SELECT unit_id FROM cadre)
                                      WHEN 'top' THEN superior_id IS NULL AND kind = 'district'
                                      ELSE role <> 'cadre' OR id = (SELECT id FROM cadre) END
          ORDER BY id OFFSET $2 LIMIT 1`,
        [role, nth - 1, where],
      );
      const [found] = rows;
      if (found === undefined || (await findAccount(client, { person: found.person })) !== null) continue;
      await insertAccount(client, { person: found.person, name, hash, at, sample: true });
      await logSecurity(client, { at, event: 'account-created', person: found.person, details: { sample: true } });
      made.push({ name, ...found });
    }
    return made;
  });
}

export interface ListedSample {
  readonly name: string;
  readonly personName: string | null;
  readonly says: string;
}

/** The accounts that still have the sample password, as the sign-in page names them. */
export async function listSamples({ pool }: Pick<Office, 'pool'>): Promise<readonly ListedSample[]> {
  const { rows } = await pool.query<{ name: string; personName: string | null }>(
    `SELECT a.name, (SELECT p.name FROM persons p WHERE p.id = a.person_id) AS "personName"
       FROM accounts a WHERE a.sample AND a.disabled_at IS NULL ORDER BY a.name`,
  );
  const byName = new Map(rows.map((row) => [row.name, row]));
  return SAMPLES.flatMap(({ name, says }) => {
    const row = byName.get(name);
    return row === undefined ? [] : [{ name, personName: row.personName, says }];
  });
}

/** The names of all accounts that still have it, whatever made them. */
export async function samplesInForce({ pool }: Pick<Office, 'pool'>): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(
    'SELECT name FROM accounts WHERE sample AND disabled_at IS NULL ORDER BY name',
  );
  return rows.map(({ name }) => name);
}

/** Takes the sample accounts away with everything of theirs. Gives their names. */
export const removeSampleAccounts = (office: Office): Promise<readonly string[]> =>
  inTransaction(office.pool, async (client) => {
    const at = await readClock(office, client);
    const { rows } = await client.query<{ person: string; name: string }>(
      'DELETE FROM accounts WHERE sample RETURNING person_id AS person, name',
    );
    const persons = rows.map(({ person }) => person);
    for (const table of ['sessions', 'recovery_codes', 'known_browsers', 'oidc_links']) {
      await client.query(`DELETE FROM ${table} WHERE person_id = ANY($1)`, [persons]);
    }
    for (const person of persons) {
      await logSecurity(client, { at, event: 'account-removed', person, details: { sample: true } });
    }
    return rows.map(({ name }) => name);
  });
