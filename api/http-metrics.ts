/** What an operator's Prometheus reads from the API: request times by route, and what the database says is late. */
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { registerGauges, registerNoticeGauges } from '../cases/metrics.ts';
import type { ApiDeps } from './deps.ts';
import type { Served } from './request-log.ts';

export interface HttpMetrics {
  readonly registry: Registry;
  readonly observe: (served: Served) => void;
}

/** A registry of its own: several applications in one process (tests) do not share series. */
export function httpMetrics({ pool, notices }: Pick<ApiDeps, 'pool' | 'notices'>): HttpMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  registerGauges(registry, pool);
  registerNoticeGauges(registry, notices);
  const seconds = new Histogram({
    name: 'zhaodan_http_request_seconds',
    help: 'Time to the end of the response, by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return {
    registry,
    observe: ({ method, route, status, seconds: took }) => {
      seconds.labels({ method: METHODS.has(method) ? method : 'other', route, status: String(status) }).observe(took);
    },
  };
}

/** Callers invent methods; series are not invented with them. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
