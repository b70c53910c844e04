/** Tables as an .xlsx workbook, built in a thread of its own: 20,000 rows take seconds. Knows no sheet of the register. */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

export interface TableColumn {
  readonly header: string;
  /** Marked in the header. */
  readonly required: boolean;
  readonly date: boolean;
  readonly width: number;
}

export interface Table {
  /** The tab's name, at most 31 characters. */
  readonly name: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Text, so that it runs alike from the compiled program and from sources (see `read-xlsx.ts`). Codes stay text cells. */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const writer = require(workerData.writer);
const write = writer.default ?? writer;
const cell = (value, column) => {
  if (value === null) return null;
  if (column.date) return { value: new Date(value + 'T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' };
  return { value, type: String, wrap: column.width > 40 };
};
const sheets = workerData.tables.map(({ name, columns, rows }) => ({
  sheet: name,
  stickyRowsCount: 1,
  columns: columns.map(({ width }) => ({ width })),
  data: [
    columns.map(({ header, required }) => ({
      value: required ? header + '*' : header, type: String, fontWeight: 'bold', backgroundColor: '#E8EEF7',
    })),
    ...rows.map((row) => row.map((value, i) => cell(value, columns[i]))),
  ],
}));
write(sheets).toBuffer().then((bytes) => parentPort.postMessage(bytes));
`;

/** Throws what the thread throws; runs out of time after two minutes. */
export function writeXlsx(tables: readonly Table[]): Promise<Buffer> {
  const writer = createRequire(import.meta.url).resolve('write-excel-file/node');
  const worker = new Worker(PROGRAM, { eval: true, workerData: { writer, tables } });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error('writing a workbook took more than two minutes'));
      void worker.terminate();
    }, 120_000);
    worker.once('message', (bytes: Uint8Array) => {
      resolve(Buffer.from(bytes));
      void worker.terminate();
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      clearTimeout(timer);
      reject(new Error('the thread that writes workbooks ended without an answer'));
    });
  });
}
