/** The API's OpenAPI document without a running API: operations describe themselves, and nothing is called. */
import { Registry } from 'prom-client';
import type { ApiDeps } from '../api/deps.ts';
import { openApiDocument } from '../api/openapi.ts';
import { operations } from '../api/operations.ts';

const publicUrl = 'http://127.0.0.1:3000';

export const apiDocument = () =>
  openApiDocument(
    operations({ parts: [], settings: { publicUrl } } as unknown as ApiDeps, new Registry()),
    publicUrl,
    '0',
  );
