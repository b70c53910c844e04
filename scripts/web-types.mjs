/** Writes web/api/schema.d.ts, the console's types, from the operations as they stand in the sources. Not committed. */
import { writeFile } from 'node:fs/promises';
import { inRoot } from './setup/paths.mjs';
import { runMain } from './setup/say.mjs';

/** Writes the types to `file`. */
export async function writeWebTypes(file = inRoot('web', 'api', 'schema.d.ts')) {
  const { runnerImport } = await import('vite');
  const { default: openapiTS, astToString } = await import('openapi-typescript');
  const { module } = /** @type {{ module: { apiDocument: () => object } }} */ (
    await runnerImport(inRoot('scripts', 'api-document.ts'), { configFile: false, logLevel: 'error' })
  );
  // A field with a default may be left out of a request, hence not non-nullable.
  const ast = await openapiTS(/** @type {any} */ (module.apiDocument()), { defaultNonNullable: false });
  await writeFile(file, astToString(ast));
}

if (process.argv[1] === inRoot('scripts', 'web-types.mjs')) await runMain(() => writeWebTypes());
