/** The API's OpenAPI document without a running API: operations describe themselves, and nothing is called. */
import { Registry } from 'prom-client';
import type { ApiDeps } from '../api/deps.ts';
import { openApiDocument } from '../api/openapi.ts';
import { operations } from '../api/operations.ts';

export const apiDocument = () =>
  openApiDocument(operations({ parts: [] } as unknown as ApiDeps, new Registry()), 'http://127.0.0.1:3000', '0');
