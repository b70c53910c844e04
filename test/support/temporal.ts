/** Temporal for tests: a server whose clock skips, and the development server whose clock is the wall's. */
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { temporalCli, temporalTestServer } from '../../scripts/setup/components.mjs';

/**
 * The server that skips time while every workflow sleeps. Before `env.sleep`, wait until a just-started workflow has
 * been seen to run: otherwise the clock jumps to the end of its ten-year run timeout.
 */
export async function timeSkipping(): Promise<TestWorkflowEnvironment> {
  return TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: await temporalTestServer() } },
  });
}

export interface LocalServerOptions {
  /** Keeps its state in this SQLite file; in memory unless given. */
  readonly dbFilename?: string;
  readonly port?: number;
  readonly namespace?: string;
}

/** The development server of the CLI, on a free port; it knows search attributes and schedules, and keeps real time. */
export async function localServer({
  dbFilename,
  port,
  namespace,
}: LocalServerOptions = {}): Promise<TestWorkflowEnvironment> {
  return TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: await temporalCli() },
      ip: '127.0.0.1',
      ...(dbFilename === undefined ? {} : { dbFilename }),
      ...(port === undefined ? {} : { port }),
      ...(namespace === undefined ? {} : { namespace }),
    },
  });
}
