/**
 * Prepares the databases that others run, before any process starts: roles, database and schema in PostgreSQL (as the
 * administrator, when DATABASE_ADMIN_URL names one), namespace and search attributes in Temporal. Repeatable; the
 * migrate job of docker-compose.yml, and what an operator runs before a new version.
 */
import { ensureDatabase } from './database.mjs';
import { migrate } from './prisma.mjs';
import { SetupError, runMain, step } from './setup/say.mjs';
import { prepareTemporal, searchAttributes } from './stack/temporal.mjs';

const needed = (/** @type {string} */ name) => {
  const value = process.env[name];
  if (!value) throw new SetupError(`没有设置 ${name}`);
  return value;
};

/** The password and database that the application is told; they are given to its role. */
function applicationLogin() {
  const { password, pathname } = new URL(needed('DATABASE_URL'));
  return { password: decodeURIComponent(password), name: decodeURIComponent(pathname.slice(1)) };
}

await runMain(async () => {
  await step('PostgreSQL', async () => {
    const adminUrl = process.env['DATABASE_ADMIN_URL'];
    if (!adminUrl) return migrate(needed('MIGRATION_DATABASE_URL'));
    const { password, name } = applicationLogin();
    const { ownerUrl } = await ensureDatabase(adminUrl, name, {
      owner: needed('DATABASE_OWNER_PASSWORD'),
      app: password,
    });
    return migrate(ownerUrl);
  });
  await step('Temporal', async () =>
    prepareTemporal(needed('TEMPORAL_ADDRESS'), needed('TEMPORAL_NAMESPACE'), await searchAttributes()),
  );
});
process.exit();
