import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UnknownCase } from '../../../cases/deps.ts';
import { NotYetOpened, replayCase } from '../../../cases/replay.ts';
import { replayText } from '../../../cases/replay/text.ts';
import { verify } from '../../../cases/verify.ts';
import { shanghai } from '../../support/case-world.ts';
import { toldStory, type Story } from './story.ts';

let story: Story;
beforeAll(async () => {
  story = await toldStory();
}, 120_000);
afterAll(() => story.world.close());

/** Hashes hold random salts, notices are numbered by the database: neither is what is compared. */
const comparable = (text: string): string =>
  text.replaceAll(/\b[0-9a-f]{12,64}\b/g, '<哈希>').replaceAll(/通知 \d+/g, '通知 <编号>');

/** The expected text is a file for people to read; `UPDATE_REPLAYS=1` writes it anew. */
async function expectFile(name: string, text: string): Promise<void> {
  const file = path.join(import.meta.dirname, `${name}.txt`);
  if (process.env['UPDATE_REPLAYS'] === '1') await writeFile(file, `${comparable(text)}\n`);
  expect(`${comparable(text)}\n`).toBe(await readFile(file, 'utf8'));
}

const roundAt = (local: string) => replayCase(story.world.deps, story.round, shanghai(local));

describe('a round, replayed', () => {
  test.each([
    ['round-as-it-opened', '2026-10-12T09:00'],
    ['round-after-a-visit', '2026-10-14T23:59'],
    ['round-before-the-hand-over', '2026-11-01T23:59'],
    ['round-after-the-hand-over', '2026-11-02T09:00'],
    ['round-after-its-default', '2027-01-05T10:00'],
  ])('%s reads as the file says', async (name, local) => {
    await expectFile(name, replayText(await roundAt(local)));
  });

  test('names who held the post that day, whoever holds it now', async () => {
    expect((await roundAt('2026-11-01T23:59')).holder?.person).toBe(story.cadre);
    expect((await roundAt('2026-11-02T09:00')).holder?.person).toBe('p-new');
  });

  test('knows nothing of what came later', async () => {
    const { told, entries, refusals, stage } = await roundAt('2026-10-13T12:00');
    expect(stage).toBe('running');
    expect([entries.length, refusals.length]).toEqual([1, 0]);
    expect(told.every(({ at }) => at <= shanghai('2026-10-13T12:00'))).toBe(true);
    expect(told.map(({ state }) => state)).toContain('sent');
    expect((await roundAt('2026-10-12T10:00')).told.map(({ state }) => state)).not.toContain('sent');
  });

  test('reads the journal, never the row', async () => {
    const { pool, deps } = story.world;
    await pool.query("UPDATE cases SET state = '{}', stage = 'nonsense' WHERE id = $1", [story.round]);
    expect((await replayCase(deps, story.round)).stage).toBe('overdue');
    const { differences } = await verify(deps, { chain: story.round });
    expect(differences).toEqual([expect.objectContaining({ about: 'folds', code: 'row-differs' })]);
  });
});

describe('a correction, replayed', () => {
  const correctionAt = (local: string) => replayCase(story.world.deps, story.correction, shanghai(local));

  test.each([
    ['correction-before-the-calendar', '2026-10-15T08:00'],
    ['correction-after-the-calendar', '2026-10-15T09:00'],
    ['correction-struck-off', '2026-10-21T10:00'],
  ])('%s reads as the file says', async (name, local) => {
    await expectFile(name, replayText(await correctionAt(local)));
  });

  test('counts by the calendar its entries name', async () => {
    const [before, after] = [await correctionAt('2026-10-15T08:00'), await correctionAt('2026-10-15T09:00')];
    expect([before.clocks[0]?.dueOn, after.clocks[0]?.dueOn]).toEqual(['2026-10-16', '2026-10-19']);
    expect([before.versions.calendar.version, after.versions.calendar.version]).toEqual(['cn-2026', 'cn-2026-b']);
  });

  test('says so where a text was erased', async () => {
    await story.world.pool.query("UPDATE texts SET body = NULL, erased_at = 0 WHERE body = '补办健康证明'");
    const text = replayText(await correctionAt('2026-10-21T10:00'));
    expect(text).toContain('要求「已删除」');
    expect(text).not.toContain('补办健康证明');
  });
});

describe('a cycle and the duties of the register, replayed', () => {
  test.each([
    ['cycle', 'cycle/2026-Q4'],
    ['binding-duty', 'binding-duty/s00387/1'],
    ['pledge-duty', 'pledge-duty/gudang-08-d-01/p00320/1'],
  ])('%s reads as the file says', async (name, caseId) => {
    await expectFile(name, replayText(await replayCase(story.world.deps, caseId, shanghai('2026-11-02T12:00'))));
  });
});

describe('what cannot be replayed', () => {
  test('a case nobody opened, a chain of the register, and a moment before the opening', async () => {
    const { deps } = story.world;
    await expect(replayCase(deps, 'round/2026-Q4/nobody')).rejects.toBeInstanceOf(UnknownCase);
    await expect(replayCase(deps, 'post/fso-1')).rejects.toBeInstanceOf(UnknownCase);
    await expect(roundAt('2026-10-12T08:59')).rejects.toMatchObject({
      name: NotYetOpened.name,
      openedAt: shanghai('2026-10-12T09:00'),
    });
  });
});
