/** Evidence as it is named on the command line: a file here, stored by its digest, or the digest of one stored before. */
import { readFile } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import { digestOf, EVIDENCE_TYPES, evidenceOnDisk, keepEvidence, sniff } from '../cases/evidence-store.ts';
import type { Call } from './context.ts';
import { civilDay } from './input.ts';
import { CliProblem } from './problem.ts';

export interface Evidence {
  readonly digest: string;
  readonly takenOn: string;
}

/** What was typed: a digest or a path, and the day it was taken where that was said. */
export interface NamedEvidence {
  readonly what: string;
  readonly takenOn: string | null;
}

export const EVIDENCE_OPTION = [
  '--evidence <file[@day]>',
  '佐证:文件路径或已存文件的 SHA-256,@ 后为拍摄日期(默认当日);可多次',
] as const;

/** Collects `photo.jpg`, `photo.jpg@2026-11-24`, `<SHA-256>@2026-11-24`, one option at a time. */
export function evidenceOf(text: string, before: readonly NamedEvidence[]): readonly NamedEvidence[] {
  const at = text.lastIndexOf('@');
  const [what, day] = at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
  if (what === '') throw new InvalidArgumentError('应为文件路径或 SHA-256,可加 @YYYY-MM-DD');
  return [...before, { what, takenOn: day === null ? null : civilDay(day) }];
}

const DIGEST = /^[0-9a-f]{64}$/;

/** Stores the files and answers their digests; `today` dates what no day was given for. Throws `unsupported-media-type`. */
export async function keptEvidence(
  call: Call,
  named: readonly NamedEvidence[],
  today: string,
): Promise<readonly Evidence[]> {
  const kept: Evidence[] = [];
  for (const { what, takenOn } of named) {
    const digest = DIGEST.test(what) ? what : await stored(call, what);
    kept.push({ digest, takenOn: takenOn ?? today });
  }
  return kept;
}

async function stored(call: Call, file: string): Promise<string> {
  const bytes = await readFile(file);
  const mediaType = sniff(bytes);
  if (mediaType === undefined)
    throw new CliProblem('unsupported-media-type', `${file} 不是可作佐证的文件,可用:${EVIDENCE_TYPES.join('、')}`);
  const digest = digestOf(bytes);
  const { person } = await call.actor();
  const store = evidenceOnDisk(call.config.EVIDENCE_DIR);
  await keepEvidence({ pool: call.cases.pool, store }, { digest, bytes, mediaType, person });
  return digest;
}
