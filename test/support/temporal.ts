/** Temporal for tests: a server whose clock skips, and the development server whose clock is the wall's. */
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { temporalCli, temporalTestServer } from '../../scripts/setup/components.mjs';
import { SEARCH_ATTRIBUTES } from '../../workflows/search-attributes.ts';

/** `temporal.api.enums.v1.IndexedValueType`: every attribute of ours is one. */
const KEYWORD = 2;

async function registerAttributes(env: TestWorkflowEnvironment): Promise<void> {
  await env.connection.operatorService.addSearchAttributes({
    namespace: env.namespace ?? 'default',
    searchAttributes: Object.fromEntries(SEARCH_ATTRIBUTES.map(({ name }) => [name, KEYWORD])),
  });
}

/**
 * The server that skips time while every workflow sleeps. Before `env.sleep`, wait until a just-started workflow has
 * been seen to run: otherwise the clock jumps to the end of its ten-year run timeout.
 */
export async function timeSkipping(): Promise<TestWorkflowEnvironment> {
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: await temporalTestServer() } },
  });
  await registerAttributes(env);
  return env;
}

export interface LocalServerOptions {
  /** Keeps its state in this SQLite file; in memory unless given. */
  readonly dbFilename?: string;
  readonly port?: number;
  readonly namespace?: string;
  /** Further arguments of `temporal server start-dev`. */
  readonly extraArgs?: readonly string[];
}

/** The development server of the CLI, on a free port; it knows search attributes and schedules, and keeps real time. */
export async function localServer({
  dbFilename,
  port,
  namespace,
  extraArgs = [],
}: LocalServerOptions = {}): Promise<TestWorkflowEnvironment> {
  const env = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: await temporalCli() },
      ip: '127.0.0.1',
      extraArgs: [...extraArgs],
      ...(dbFilename === undefined ? {} : { dbFilename }),
      ...(port === undefined ? {} : { port }),
      ...(namespace === undefined ? {} : { namespace }),
    },
  });
  await registerAttributes(env);
  return env;
}
