#!/usr/bin/env node
/**
 * How does Prisma migrate on a machine that may download nothing?
 *
 * `prisma migrate …` starts a native schema engine and talks to it in JSON-RPC, one object a line on stdin and
 * stdout. That engine is normally fetched at first use; the same engine is published as WebAssembly in the npm
 * package `@prisma/schema-engine-wasm`. This program stands where the native one would (Prisma is told by
 * PRISMA_SCHEMA_ENGINE_BINARY), loads the WebAssembly and reaches the database through `@prisma/adapter-pg`.
 * It knows PostgreSQL only, and nothing of this project's schema.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import pgConnectionString from 'pg-connection-string';

/** PostgreSQL's one-byte `"char"`, which its catalogues use and the adapter does not know. */
const CHAR_OID = 18;
const TEXT_OID = 25;

/** JSON-RPC's code for an engine error, as the native engine sends it. */
const ENGINE_ERROR = 4466;

/** Every value that follows one of `names` on the command line. */
function valuesOf(/** @type {string[]} */ args, /** @type {string[]} */ ...names) {
  return args.flatMap((arg, at) => (names.includes(arg) ? [args[at + 1] ?? ''] : []));
}

/** The database the CLI speaks of: `--datasource '{"url":…}'`, else the environment. */
function connectionOf(/** @type {string[]} */ args) {
  const [datasource] = valuesOf(args, '--datasource');
  const given = datasource === undefined ? undefined : /** @type {{ url?: string }} */ (JSON.parse(datasource)).url;
  const url = given || process.env['MIGRATION_DATABASE_URL'] || process.env['DATABASE_URL'];
  if (!url) throw new Error('schema engine: no database URL; set MIGRATION_DATABASE_URL or DATABASE_URL');
  return pgConnectionString.parseIntoClientConfig(url);
}

/** Runs one statement on another database of the same server, on a connection of its own. */
async function once(/** @type {pg.ClientConfig} */ connection, /** @type {string} */ sql) {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

const identifier = (/** @type {string | undefined} */ name) => pg.escapeIdentifier(name ?? '');
const maintenance = (/** @type {pg.ClientConfig} */ connection) => ({ ...connection, database: 'postgres' });

/** The questions the CLI asks before it opens the session: does the database exist, make it, drop it. */
async function answerOneShot(/** @type {string[]} */ args, /** @type {pg.ClientConfig} */ connection) {
  const name = identifier(connection.database);
  try {
    if (args.includes('create-database')) await once(maintenance(connection), `CREATE DATABASE ${name}`);
    else if (args.includes('drop-database')) {
      await once(maintenance(connection), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    } else await once(connection, 'SELECT 1');
    return 0;
  } catch (error) {
    const { code, message } = /** @type {Error & { code?: string }} */ (error);
    const fields = { is_panic: false, message, error_code: code === '3D000' ? 'P1003' : 'P1001' };
    // The CLI skips the first line and parses every other one as JSON, so no newline may follow.
    process.stderr.write(`\n${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields })}`);
    return 1;
  }
}

/**
 * @typedef {object} Inner what the adapter has besides its interface
 * @property {pg.Pool} client
 * @property {(query: unknown) => Promise<{ fields: { dataTypeID: number }[] }>} performIO
 * @property {(error: unknown) => never} onError
 * @typedef {import('@prisma/driver-adapter-utils').SqlDriverAdapter & Inner} Adapter
 */

/**
 * The adapter with two things put right: it tells the engine which columns are `"char"`, and it sends a script as it
 * is. (Its own way is to cut a script at every semicolon, also inside of a function's body.)
 */
function corrected(/** @type {Adapter} */ adapter) {
  const performIO = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  /** @type {number[]} */
  let chars = [];
  adapter.performIO = async (query) => {
    const result = await performIO(query);
    chars = result.fields.flatMap(({ dataTypeID }, at) => (dataTypeID === CHAR_OID ? [at] : []));
    for (const at of chars) Object.assign(result.fields[at] ?? {}, { dataTypeID: TEXT_OID });
    return result;
  };
  // The engine asks one question at a time, so `chars` is of this query.
  adapter.queryRaw = async (query) => {
    const answer = await queryRaw(query);
    for (const at of chars) answer.columnTypes[at] = ColumnTypeEnum.Character;
    return answer;
  };
  adapter.executeScript = async (script) => {
    await adapter.client.query(script).catch((error) => adapter.onError(error));
  };
  return adapter;
}

/** PrismaPg as the engine needs it, with a shadow database that is dropped by force even while a connection lingers. */
class MigrationAdapter extends PrismaPg {
  #connection;

  constructor(/** @type {pg.ClientConfig} */ connection) {
    super(connection);
    this.#connection = connection;
  }

  /** @override */
  async connect() {
    return /** @type {never} */ (corrected(/** @type {Adapter} */ (/** @type {unknown} */ (await super.connect()))));
  }

  /** @override */
  async connectToShadowDb() {
    const database = `shadow_${process.pid}_${Date.now()}`;
    const name = identifier(database);
    await once(maintenance(this.#connection), `CREATE DATABASE ${name}`);
    const connecting = new MigrationAdapter({ ...this.#connection, database }).connect();
    const shadow = /** @type {Adapter} */ (await connecting);
    const close = shadow.dispose.bind(shadow);
    shadow.dispose = async () => {
      await close();
      await once(maintenance(this.#connection), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    };
    return /** @type {never} */ (shadow);
  }
}

/**
 * Node has it; the type libraries this project compiles with leave it to browsers.
 * @typedef {{ instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }> }} Wasm
 */

/** Loads the engine's WebAssembly by hand: its own loader needs a flag that Node 20 does not set. */
async function loadBindings() {
  const { WebAssembly } = /** @type {{ WebAssembly: Wasm }} */ (/** @type {unknown} */ (globalThis));
  const glue = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bindings = await import(pathToFileURL(glue).href);
  const bytes = await readFile(glue.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  /** @type {() => void} */ (instance.exports['__wbindgen_start'])();
  return bindings;
}

/** The engine calls this when it panics, and reads nothing back; the message is all that is left of it. */
const panicRegistry = {
  set_message(/** @type {string} */ message) {
    process.stderr.write(`schema engine panicked: ${message}\n`);
  },
};

async function serve(/** @type {string[]} */ args, /** @type {pg.ClientConfig} */ connection) {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panicRegistry });
  const files = valuesOf(args, '-d', '--datamodel', '--datamodels');
  const datamodels = await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')]));
  const { SchemaEngine } = await loadBindings();
  const engine = await SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(new MigrationAdapter(connection)),
  );

  const send = (/** @type {object} */ message) => {
    process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params } = JSON.parse(line);
    if (method === undefined) continue; // the CLI's thanks for something to print
    const reply = await engine[method](params).then(
      (/** @type {unknown} */ result) => ({ result: result ?? null }),
      (/** @type {Error & { code?: string }} */ { message, code }) => ({
        error: { code: ENGINE_ERROR, message, data: { is_panic: false, message, error_code: code } },
      }),
    );
    // The native engine has the CLI print a difference; the WebAssembly one hands it back.
    const content = reply.result?.stdout;
    if (typeof content === 'string') send({ id: `print-${id}`, method: 'print', params: { content } });
    send({ id, ...reply });
  }
}

const args = process.argv.slice(2);
if (args.includes('--version')) {
  console.log('schema-engine-cli (wasm)');
} else if (args.includes('cli')) {
  process.exitCode = await answerOneShot(args, connectionOf(args));
} else {
  await serve(args, connectionOf(args));
  process.exit(0);
}
