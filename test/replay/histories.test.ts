/**
 * Histories of every workflow, recorded on the real code, replayed on the present one: an execution that runs today must
 * go on after the next release. `UPDATE_EXPECTED=1 npx vitest run --project replay test/replay/histories.test.ts` records
 * what is missing and overwrites nothing: a history is a promise to executions of that build.
 */
import { DeterminismViolationError } from '@temporalio/workflow';
import { bundleWorkflowCode, ReplayError, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import * as workflows from '../../workflows/index.ts';
import { hasHistory, historyNames, readHistory, type RecordedHistory } from './history-files.ts';
import { recordCycle, recordManySignals, recordRounds } from './record-drivers.ts';
import { recordOffice } from './record-office.ts';

const RECORDINGS = [
  { record: recordRounds, names: ['round/reminded-due-escalated-closed', 'round/stuck-then-healed'] },
  {
    record: recordCycle,
    names: [
      'cycle/opened-paused-counted-closed',
      'correction/unclaimed-escalated-subject-closed',
      'pledge-duty/overdue-then-signed',
      'binding-duty/overdue-subject-closed',
    ],
  },
  { record: recordManySignals, names: ['round/told-often-continued-as-new', 'round/continued-from-an-earlier-run'] },
  { record: recordOffice, names: ['deliverNotices/sent-woken-retried', 'proposeQuarter/proposed'] },
] as const;

if (process.env['UPDATE_EXPECTED'] === '1') {
  for (const { record, names } of RECORDINGS) if (!names.every(hasHistory)) await record();
}

let workflowBundle: WorkflowBundleWithSourceMap;
beforeAll(async () => {
  const workflowsPath = fileURLToPath(new URL('../../workflows/index.ts', import.meta.url));
  workflowBundle = await bundleWorkflowCode({ workflowsPath });
});

const replay = (history: RecordedHistory): Promise<void> =>
  Worker.runReplayHistory({ workflowBundle }, history, 'replayed');

test.each(historyNames())('%s replays on this build', async (name) => {
  await replay(readHistory(name));
});

test('there is a history of every workflow, and of everything that was to be recorded', () => {
  expect(historyNames()).toEqual(expect.arrayContaining(RECORDINGS.flatMap(({ names }) => names)));
  const recorded = new Set(historyNames().map((name) => name.split('/')[0]));
  expect([...recorded].sort()).toEqual(Object.keys(workflows).sort());
});

test('no history names a machine, a folder or a process', () => {
  for (const name of historyNames()) {
    const text = readFileSync(new URL(`histories/${name}.json`, import.meta.url), 'utf8');
    const payloads = [...text.matchAll(/"data": "([A-Za-z0-9+/=]+)"/g)].map(([, data = '']) =>
      Buffer.from(data, 'base64').toString(),
    );
    for (const part of [text, ...payloads])
      expect(part).not.toMatch(/\d@\w|node_modules|file:\/\/|"\/(home|root|tmp|work)/);
  }
});

describe('a history that this build would not have made', () => {
  /** The recorded history with one text replaced wherever it stands. */
  const altered = (name: string, from: string, to: string): RecordedHistory => {
    const text = JSON.stringify(readHistory(name));
    expect(text).toContain(from);
    return JSON.parse(text.replaceAll(from, to)) as RecordedHistory;
  };

  test('because another activity was scheduled is refused', async () => {
    const wrong = altered(
      'cycle/opened-paused-counted-closed',
      '"activityType":{"name":"work"}',
      '"activityType":{"name":"labour"}',
    );
    await expect(replay(wrong)).rejects.toThrow(DeterminismViolationError);
  });

  test('because another local activity ran is refused', async () => {
    const marked = readHistory('round/reminded-due-escalated-closed');
    const rename = (_key: string, value: unknown): unknown => {
      if (typeof value !== 'string' || !/^[A-Za-z0-9+/]+=*$/.test(value)) return value;
      const plain = Buffer.from(value, 'base64').toString();
      return plain.includes('"activity_type":"fire"')
        ? Buffer.from(plain.replace('"fire"', '"burn"')).toString('base64')
        : value;
    };
    const wrong = JSON.parse(JSON.stringify(marked), rename) as RecordedHistory;
    expect(wrong).not.toEqual(marked);
    await expect(replay(wrong)).rejects.toThrow(DeterminismViolationError);
  });

  test('of a workflow that this build does not know is refused', async () => {
    const unknown = altered('proposeQuarter/proposed', '"name":"proposeQuarter"', '"name":"proposeYear"');
    await expect(replay(unknown)).rejects.toThrow(ReplayError);
  });
});
