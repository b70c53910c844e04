/** How the Prisma CLI is run here: with the engine that is not downloaded, and without calling home. */
import { inRoot } from './setup/paths.mjs';
import { runNode } from './setup/run.mjs';

export const prismaCli = inRoot('node_modules', 'prisma', 'build', 'index.js');

/**
 * @param {string} url of the role that owns the tables
 */
export const prismaEnv = (url) => ({
  MIGRATION_DATABASE_URL: url,
  PRISMA_SCHEMA_ENGINE_BINARY: inRoot('prisma', 'offline-engine.mjs'),
  CHECKPOINT_DISABLE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
});

/**
 * Brings the schema up to date, as the owner.
 * @param {string} ownerUrl
 */
export async function migrate(ownerUrl) {
  await runNode(prismaCli, ['migrate', 'deploy'], { env: prismaEnv(ownerUrl), quiet: true });
}
