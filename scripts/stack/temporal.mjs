/**
 * What must Temporal know before a worker starts? The namespace, with how long a closed history is kept, and the typed
 * search attributes. Asked over the wire, so that a development server and a cluster are prepared alike; repeatable.
 */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { inRoot } from '../setup/paths.mjs';
import { SetupError } from '../setup/say.mjs';

/** Temporal's second witness lasts this long; the journal does not depend on it (docs/OPERATIONS.md). */
const RETENTION_S = 90 * 24 * 3600;

const ALREADY_EXISTS = 6;

/** The wire's numbers for the types that `defineSearchAttributeKey` knows by name. */
const TYPES = /** @type {Record<string, number>} */ ({
  TEXT: 1,
  KEYWORD: 2,
  INT: 3,
  DOUBLE: 4,
  BOOL: 5,
  DATETIME: 6,
  KEYWORD_LIST: 7,
});

const codeOf = (/** @type {unknown} */ error) => (error instanceof Error && 'code' in error ? error.code : undefined);

/** Every search attribute that the workflows define: name → type. */
export async function searchAttributes() {
  const compiled = inRoot('dist', 'workflows', 'search-attributes.js');
  if (!existsSync(compiled)) throw new SetupError('尚未编译:请先运行 npm run build');
  const exported = Object.values(await import(pathToFileURL(compiled).href));
  const keys = exported.filter((value) => typeof value?.name === 'string' && value?.type in TYPES);
  return new Map(keys.map(({ name, type }) => /** @type {const} */ ([String(name), TYPES[type] ?? 0])));
}

/**
 * Makes the namespace and the search attributes that are missing and waits until both are seen.
 * @param {string} address
 * @param {string} namespace
 * @param {Map<string, number>} attributes
 * @param {number} [withinMs]
 */
export async function prepareTemporal(address, namespace, attributes, withinMs = 120_000) {
  const { Connection } = await import('@temporalio/client');
  const giveUpAt = Date.now() + withinMs;
  /** @type {unknown} */
  let last;
  while (Date.now() < giveUpAt) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 5_000 });
      try {
        await ensureNamespace(connection, namespace);
        await ensureAttributes(connection, namespace, attributes);
        return;
      } finally {
        await connection.close();
      }
    } catch (error) {
      if (error instanceof SetupError) throw error;
      last = error;
      await sleep(500);
    }
  }
  throw new SetupError(`Temporal(${address})没有准备好:${String(last)}`);
}

/** @typedef {import('@temporalio/client').Connection} Connection */

async function ensureNamespace(/** @type {Connection} */ connection, /** @type {string} */ namespace) {
  await connection.workflowService
    .registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: /** @type {never} */ (RETENTION_S) } })
    .catch((/** @type {unknown} */ error) => {
      if (codeOf(error) !== ALREADY_EXISTS) throw error;
    });
  // A new namespace takes a moment to be known everywhere; until then this is refused and the caller tries again.
  await connection.workflowService.describeNamespace({ namespace });
}

async function ensureAttributes(
  /** @type {Connection} */ connection,
  /** @type {string} */ namespace,
  /** @type {Map<string, number>} */ attributes,
) {
  const known = (await connection.operatorService.listSearchAttributes({ namespace })).customAttributes ?? {};
  const missing = [...attributes].filter(([name]) => !(name in known));
  const other = [...attributes].filter(([name, type]) => name in known && Number(known[name]) !== type);
  if (other.length > 0) {
    throw new SetupError(`Temporal 里已有同名而类型不同的检索属性:${other.map(([name]) => name).join('、')}`);
  }
  if (missing.length === 0) return;
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(missing) });
}
