/** Which kind of file is this, by its first bytes, never by its name; and its grids. */
import { MOST_BYTES } from './inspect.ts';
import { fileProblem } from './problems.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx, type ReadGrids, type ReadLimits } from './read-xlsx.ts';

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const OLD_OFFICE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

export function readFileGrids(bytes: Buffer, limits: ReadLimits = {}): Promise<ReadGrids> {
  const startsWith = (mark: Buffer): boolean => bytes.subarray(0, mark.length).equals(mark);
  const refuse = (code: Parameters<typeof fileProblem>[0]): Promise<ReadGrids> =>
    Promise.resolve({ problem: fileProblem(code) });
  if (bytes.length === 0) return refuse('file-empty');
  if (bytes.length > MOST_BYTES) return refuse('file-too-large');
  if (startsWith(OLD_OFFICE)) return refuse('file-is-xls');
  if (startsWith(ZIP)) return readXlsx(bytes, limits);
  if (bytes.includes(0)) return refuse('file-unreadable');
  return Promise.resolve(readCsv(bytes));
}
