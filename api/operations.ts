/** Every operation of the API, in the document's order. */
import type { Registry } from 'prom-client';
import type { ApiDeps } from './deps.ts';
import { healthOperations } from './health.ts';
import type { Operation } from './operation.ts';
import { evidenceOperations } from './routes/evidence.ts';
import { systemOperations } from './routes/system.ts';

export const operations = (deps: ApiDeps, registry: Registry): Operation[] => [
  ...evidenceOperations(deps),
  ...healthOperations(deps.parts),
  ...systemOperations(registry),
];
