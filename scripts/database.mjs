/**
 * Who owns the database, and who may use it: two roles, made before the first migration. `zhaodan_owner` owns every
 * table and runs migrations; `zhaodan_app` owns nothing and has what the migrations grant it. Used alike by
 * `npm start`, the tests and the migrate job. Knows no table.
 */
import { randomBytes } from 'node:crypto';
import pg from 'pg';

export const OWNER_ROLE = 'zhaodan_owner';
export const APP_ROLE = 'zhaodan_app';

/** Serialises two set-ups on one server; any constant will do. */
const SETUP_LOCK = 7_204_011;

/** The same server and database, as another role. */
function asRole(/** @type {string} */ url, /** @type {string} */ role, /** @type {string} */ password) {
  const other = new URL(url);
  other.username = role;
  other.password = encodeURIComponent(password);
  return other.href;
}

/** The same server and role, another database. */
export function onDatabase(/** @type {string} */ url, /** @type {string} */ name) {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/**
 * @template T
 * @param {string} url
 * @param {(client: pg.Client) => Promise<T>} work
 */
export async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function ensureRole(/** @type {pg.Client} */ client, /** @type {string} */ role, /** @type {string} */ password) {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
  await client.query(`${verb} ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
}

/**
 * Makes the roles and the database when they are missing and sets the roles' passwords.
 * @param {string} adminUrl of a role that may create roles and databases
 * @param {string} name of the database
 * @param {{ owner: string; app: string }} [passwords] new random ones unless given
 * @returns {Promise<{ ownerUrl: string; appUrl: string }>}
 */
export async function ensureDatabase(adminUrl, name, passwords = { owner: newPassword(), app: newPassword() }) {
  await withClient(adminUrl, async (admin) => {
    await admin.query('SELECT pg_advisory_lock($1)', [SETUP_LOCK]);
    await ensureRole(admin, OWNER_ROLE, passwords.owner);
    await ensureRole(admin, APP_ROLE, passwords.app);
    // An administrator that is not a superuser may give a database only to a role it is a member of.
    await admin.query(`GRANT ${OWNER_ROLE} TO CURRENT_USER`);
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} OWNER ${OWNER_ROLE}`);
  });
  const url = onDatabase(adminUrl, name);
  await withClient(url, async (admin) => {
    await admin.query(`ALTER SCHEMA public OWNER TO ${OWNER_ROLE}`);
  });
  return { ownerUrl: asRole(url, OWNER_ROLE, passwords.owner), appUrl: asRole(url, APP_ROLE, passwords.app) };
}

/** A password of letters and digits only, so that it needs no escaping anywhere. */
export const newPassword = () => randomBytes(24).toString('hex');
