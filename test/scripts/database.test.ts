import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { ensureDatabase, onDatabase, withClient } from '../../scripts/database.mjs';
import { prismaCli, prismaEnv } from '../../scripts/prisma.mjs';

const { adminUrl } = inject('postgres');
const root = path.resolve(import.meta.dirname, '..', '..');
const passwords = () => {
  const { password: owner } = new URL(inject('postgres').ownerUrl);
  const { password: app } = new URL(inject('postgres').appUrl);
  return { owner, app };
};
const drop = (name: string) =>
  withClient(adminUrl, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));

describe('a database made by the set-up', () => {
  afterAll(() => drop('setup_once'));

  test('belongs to the owner, and the application may log in and owns nothing', async () => {
    const { ownerUrl, appUrl } = await ensureDatabase(adminUrl, 'setup_once', passwords());
    await withClient(ownerUrl, (owner) => owner.query('CREATE TABLE t (n int); GRANT SELECT ON t TO zhaodan_app'));
    await withClient(appUrl, async (app) => {
      expect((await app.query('SELECT * FROM t')).rows).toEqual([]);
      await expect(app.query('INSERT INTO t VALUES (1)')).rejects.toMatchObject({ code: '42501' });
      await expect(app.query('CREATE TABLE mine (n int)')).rejects.toMatchObject({ code: '42501' });
      await expect(app.query('DROP TABLE t')).rejects.toMatchObject({ code: '42501' });
    });
  });

  test('is left as it is by a second set-up', async () => {
    const { ownerUrl } = await ensureDatabase(adminUrl, 'setup_once', passwords());
    const { rows } = await withClient(ownerUrl, (owner) => owner.query("SELECT to_regclass('t') IS NOT NULL AS there"));
    expect(rows).toEqual([{ there: true }]);
  });
});

describe('the schema engine that is not downloaded', () => {
  const home = mkdtempSync(path.join(os.tmpdir(), 'zhaodan-engine-'));
  const url = onDatabase(adminUrl, 'engine_scratch');
  const schema = path.join(home, 'prisma', 'schema.prisma');
  const write = (...columns: string[]) => {
    writeFileSync(
      schema,
      `datasource db {\n provider = "postgresql"\n}\nmodel Thing {\n id Int @id\n${columns.join('\n')}\n}\n`,
    );
  };
  const prisma = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)(process.execPath, [prismaCli, ...args], {
      cwd: home,
      env: { ...process.env, ...prismaEnv(url), DATABASE_URL: url },
    });
    return stdout;
  };

  mkdirSync(path.dirname(schema));
  symlinkSync(path.join(root, 'node_modules'), path.join(home, 'node_modules'));
  writeFileSync(path.join(home, 'package.json'), '{"type":"module"}');
  writeFileSync(
    path.join(home, 'prisma.config.ts'),
    "export default { schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' }, datasource: { url: process.env.MIGRATION_DATABASE_URL } };",
  );
  afterAll(async () => {
    rmSync(home, { recursive: true });
    await drop('engine_scratch');
  });

  test('writes a migration, another on top of it, deploys them and sees no difference after', async () => {
    write('name String');
    await prisma('migrate', 'dev', '--name', 'first');
    write('name String', 'note String?');
    await prisma('migrate', 'dev', '--name', 'second');
    expect(
      readdirSync(path.join(home, 'prisma', 'migrations')).filter((name) => /_(first|second)$/.test(name)),
    ).toHaveLength(2);

    await drop('engine_scratch');
    expect(await prisma('migrate', 'deploy')).toContain('successfully applied');
    expect(await prisma('migrate', 'status')).toContain('up to date');
    const diff = ['migrate', 'diff', '--from-config-datasource', '--to-schema', schema, '--exit-code'];
    await prisma(...diff);
    write('name String', 'note String?', 'more Int?');
    await expect(prisma(...diff, '--script')).rejects.toMatchObject({
      code: 2,
      stdout: expect.stringContaining('ADD COLUMN     "more" INTEGER'),
    });
    const { rows } = await withClient(url, (client) => client.query('SELECT id, name, note FROM "Thing"'));
    expect(rows).toEqual([]);
  });

  test('runs a migration with semicolons inside of a function', async () => {
    const migration = path.join(home, 'prisma', 'migrations', '20980101000000_function');
    mkdirSync(migration);
    const body = "BEGIN IF n = 0 THEN RAISE EXCEPTION 'a;b'; END IF; RETURN n; END";
    writeFileSync(
      path.join(migration, 'migration.sql'),
      `CREATE FUNCTION kept(n int) RETURNS int LANGUAGE plpgsql AS $$ ${body} $$;\nSELECT kept(1);`,
    );
    await prisma('migrate', 'deploy');
    const { rows } = await withClient(url, (client) => client.query('SELECT kept(7) AS n'));
    expect(rows).toEqual([{ n: 7 }]);
  });

  test('says that a migration is broken, and which', async () => {
    const broken = path.join(home, 'prisma', 'migrations', '20990101000000_broken');
    mkdirSync(broken);
    writeFileSync(path.join(broken, 'migration.sql'), 'ALTER TABLE nowhere ADD x int;');
    await expect(prisma('migrate', 'deploy')).rejects.toMatchObject({
      stderr: expect.stringContaining('20990101000000_broken'),
    });
  });
});
