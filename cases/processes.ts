/** Every kind of case this build knows. */
import { SUPERVISION_PROCESSES } from '../domain/supervision/index.ts';
import type { AnyProcess } from './deps.ts';

export const PROCESSES: ReadonlyMap<string, AnyProcess> = new Map(
  SUPERVISION_PROCESSES.map((process) => [process.kind, process]),
);
