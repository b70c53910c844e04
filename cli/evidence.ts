/** Evidence as it is named on the command line: a file stored before, and the day it was taken. */
import { InvalidArgumentError } from 'commander';
import { civilDay } from './input.ts';

export interface Evidence {
  readonly digest: string;
  readonly takenOn: string;
}

/** Collects `SHA-256@YYYY-MM-DD`, one option at a time. */
export function evidenceOf(text: string, before: readonly Evidence[]): readonly Evidence[] {
  const [digest = '', day = ''] = text.split('@');
  if (!/^[0-9a-f]{64}$/.test(digest)) throw new InvalidArgumentError('应为「64 位十六进制 SHA-256@YYYY-MM-DD」');
  return [...before, { digest, takenOn: civilDay(day) }];
}
