/**
 * The tabs of an .xlsx workbook as grids. The reader runs in a thread of its own with bounded memory and time: whatever a
 * file does to it, the office's process lives.
 */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Cell, Grid } from './grid.ts';
import { inspectWorkbook } from './inspect.ts';
import { fileProblem, type FileProblem } from './problems.ts';

const TIME_LIMIT_MS = 20_000;
const MEMORY_LIMIT_MB = 512;

export interface ReadLimits {
  readonly timeMs?: number;
  readonly memoryMb?: number;
}

export type ReadGrids = { readonly grids: readonly Grid[] } | { readonly problem: FileProblem };

/**
 * The thread's whole program. It is text, so that it runs alike from the compiled program and from sources, which a
 * worker cannot load; the reader's path is found by the parent.
 */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const reader = require(workerData.reader);
const read = reader.default ?? reader;
read(Buffer.from(workerData.bytes)).then(
  (sheets) => parentPort.postMessage({ sheets }),
  () => parentPort.postMessage({ unreadable: true }),
);
`;

interface Message {
  readonly sheets?: readonly { readonly sheet: string; readonly data: readonly (readonly Cell[])[] }[];
  readonly unreadable?: true;
}

export async function readXlsx(bytes: Buffer, limits: ReadLimits = {}): Promise<ReadGrids> {
  const inspected = await inspectWorkbook(bytes);
  if ('problem' in inspected) return inspected;
  const message = await readInThread(bytes, limits);
  if ('problem' in message) return message;
  if (message.sheets === undefined) return { problem: fileProblem('file-unreadable') };
  return {
    grids: message.sheets.map(({ sheet, data }) => ({
      name: sheet,
      rows: data,
      formulas: inspected.formulas.get(sheet) ?? new Set(),
    })),
  };
}

function readInThread(
  bytes: Buffer,
  { timeMs = TIME_LIMIT_MS, memoryMb = MEMORY_LIMIT_MB }: ReadLimits,
): Promise<Message | { readonly problem: FileProblem }> {
  const reader = createRequire(import.meta.url).resolve('read-excel-file/node');
  const worker = new Worker(PROGRAM, {
    eval: true,
    workerData: { reader, bytes },
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      resolve({ problem: fileProblem('reading-took-too-long') });
      void worker.terminate();
    }, timeMs);
    worker.once('message', (message: Message) => {
      resolve(message);
      void worker.terminate();
    });
    worker.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve({ problem: fileProblem('reading-ran-out-of-memory') });
      else reject(error);
    });
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve({ problem: fileProblem('file-unreadable') });
    });
  });
}
