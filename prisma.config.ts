import { defineConfig } from 'prisma/config';

/** Where Prisma finds schema and migrations; the URL comes from the environment of whoever runs it. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['MIGRATION_DATABASE_URL'] ?? process.env['DATABASE_URL'] ?? '' },
});
