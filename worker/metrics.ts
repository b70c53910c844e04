/** The worker's metrics on one port: the database's figures, Node's, and the Temporal SDK's own from its exporter. */
import { createServer } from 'node:http';
import type pg from 'pg';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { registerGauges } from '../cases/metrics.ts';
import type { Config } from '../config/config.ts';

export interface WorkerMetrics {
  /** Where the SDK's exporter listens; its text is appended to ours. */
  readonly sdkAddress: string;
  ready(pool: pg.Pool): void;
  close(): Promise<void>;
}

/** The SDK exports on the port above; an operator scrapes only ours. */
export function serveMetrics({ HOST, METRICS_PORT }: Pick<Config, 'HOST' | 'METRICS_PORT'>): WorkerMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const sdkAddress = `127.0.0.1:${String(METRICS_PORT + 1_000)}`;
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    Promise.all([registry.metrics(), sdkMetrics(sdkAddress)]).then(
      ([own, sdk]) => response.writeHead(200, { 'content-type': registry.contentType }).end(own + sdk),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : 'metrics failed'),
    );
  });
  server.listen(METRICS_PORT, HOST);
  return {
    sdkAddress,
    ready(pool) {
      registerGauges(registry, pool);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

async function sdkMetrics(address: string): Promise<string> {
  const answer = await fetch(`http://${address}/metrics`, { signal: AbortSignal.timeout(2_000) });
  return answer.text();
}
