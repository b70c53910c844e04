import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { noticesCommand } from '../../../cli/notices.ts';
import { noticeWorld, type NoticeWorld } from './notice-world.ts';

let world: NoticeWorld;
let closed = 0;
let id = '';
beforeAll(async () => {
  world = await noticeWorld('2026-11-24T10:00');
  await world.person('ann', { name: '安某' });
  await world.post('cadre', { holder: 'ann', title: '包保干部' });
  id = await world.queue({ post: 'cadre', urgency: 'at-once' });
});
afterAll(() => world.close());
beforeEach(() => {
  closed = 0;
});
afterEach(() => {
  process.exitCode = undefined;
});

async function run(...args: string[]): Promise<{ readonly out: string; readonly err: string; readonly code: unknown }> {
  const lines: string[] = [];
  const stderr: string[] = [];
  const silence = vi.spyOn(process.stderr, 'write').mockImplementation((text) => stderr.push(String(text)) > 0);
  const open = () => Promise.resolve({ notices: world.notices, close: () => Promise.resolve(void (closed += 1)) });
  await noticesCommand(open, (line) => lines.push(line)).parseAsync(args, { from: 'user' });
  silence.mockRestore();
  return { out: lines.join('\n'), err: stderr.join(''), code: process.exitCode };
}

describe('zhaodan notices', () => {
  test('lists what waits, and what was sent with its text', async () => {
    expect((await run('list', '--state', 'queued')).out).toContain(
      '排队  翠苑街道 包保干部  撤销超期认定  unit/unit-1',
    );
    await world.activities.freezeNotices();
    await world.activities.sendMessages();
    const { out } = await run('show', id);
    expect(out).toContain('状态:已送达');
    expect(out).toContain('收件人:安某');
    expect(out).toContain('安某:您好。');
    expect(closed).toBe(2);
  });

  test('answers JSON when asked to', async () => {
    const { out } = await run('list', '--json', '--post', 'cadre');
    expect(JSON.parse(out)).toMatchObject([{ id, state: 'sent', post: 'cadre' }]);
    expect(JSON.parse((await run('show', id, '--json')).out)).toMatchObject({
      id,
      message: { subject: expect.stringMatching(/^【照单】/) },
    });
  });

  test('refuses with a sentence and exit code 2', async () => {
    expect(await run('show', '999999')).toMatchObject({
      out: '',
      err: expect.stringContaining('没有这条通知'),
      code: 2,
    });
    expect(await run('read', id, '--person', 'stranger')).toMatchObject({
      err: expect.stringContaining('not-addressee'),
      code: 2,
    });
    expect(await run('retry', id)).toMatchObject({ err: expect.stringContaining('nothing-to-retry'), code: 2 });
  });

  test('marks as read', async () => {
    expect((await run('read', id, '--person', 'ann')).out).toBe(`通知 ${id} 已读`);
    expect((await run('list', '--state', 'read')).out).toContain('共 1 条');
  });
});
