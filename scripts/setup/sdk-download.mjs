/**
 * Lets the Temporal SDK download its own server and prints nothing else than what went wrong. A program of its own,
 * because the download happens in native code and can only be given up by ending the process.
 * Usage: node sdk-download.mjs cli|test-server DIRECTORY
 */
import { mkdir } from 'node:fs/promises';
import { TestWorkflowEnvironment } from '@temporalio/testing';

const [what, downloadDir = ''] = process.argv.slice(2);
await mkdir(downloadDir, { recursive: true });
const server = { executable: /** @type {const} */ ({ type: 'cached-download', downloadDir }) };
const environment =
  what === 'cli'
    ? await TestWorkflowEnvironment.createLocal({ server })
    : await TestWorkflowEnvironment.createTimeSkipping({ server });
await environment.teardown();
process.exit(0);
