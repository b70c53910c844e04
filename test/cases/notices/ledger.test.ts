import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { noticeHealth } from '../../../cases/notices/health.ts';
import { listNotices, markRead, retryNotice, showNotice, type NoticeFilter } from '../../../cases/notices/ledger.ts';
import { inTransaction } from '../../../cases/transaction.ts';
import { noticeWorld, type NoticeWorld } from './notice-world.ts';

let world: NoticeWorld;
beforeAll(async () => {
  world = await noticeWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.forget();
  world.at('2026-11-24T10:00');
  await world.person('ann', { name: '安某' });
  await world.person('ben');
  await world.person('olga');
  await world.post('office', { holder: 'olga', role: 'district-office' });
  await world.post('cadre', { holder: 'ann', superior: 'office', title: '包保干部' });
});

const deliver = async () => {
  await world.activities.freezeNotices();
  return world.activities.sendMessages();
};
const list = (filter: NoticeFilter = {}) =>
  inTransaction(world.pool, (client) => listNotices(client, world.notices, filter));
const health = () => inTransaction(world.pool, (client) => noticeHealth(client, world.notices));

describe('reading', () => {
  test('turns sent into read, once, by whom it was sent to', async () => {
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    expect(await markRead(world.notices, id, 'ann')).toEqual({ ok: false, code: 'not-sent-yet' });
    await deliver();
    expect(await markRead(world.notices, id, 'ben')).toEqual({ ok: false, code: 'not-addressee' });
    const first = await markRead(world.notices, id, 'ann');
    expect(first).toEqual({ ok: true, readAt: world.clock.now });
    world.at('2026-11-24T11:00');
    expect(await markRead(world.notices, id, 'ann')).toEqual(first);
    expect(await world.state(id)).toBe('read');
  });

  test('by a deputy counts while the deputy reads for the post', async () => {
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    await deliver();
    await world.absent('ann', 'ben', '2026-11-24', '2026-11-25');
    expect(await markRead(world.notices, id, 'ben')).toMatchObject({ ok: true });
  });

  test('before the mail has left is kept, and the mail still leaves', async () => {
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    await world.activities.freezeNotices();
    expect(await markRead(world.notices, id, 'ann')).toMatchObject({ ok: true });
    expect(await world.state(id)).toBe('frozen');
    await world.activities.sendMessages();
    expect(await world.state(id)).toBe('read');
    expect(world.catcher.mails).toHaveLength(1);
  });

  test.each(['0', '-1', '1e3', '99999999999999999', '9999999999999999999999', "1'; DROP", ''])(
    'of %j is refused as unknown',
    async (id) => {
      expect(await markRead(world.notices, id, 'ann')).toEqual({ ok: false, code: 'unknown-notice' });
      expect(await retryNotice(world.notices, id)).toEqual({ ok: false, code: 'unknown-notice' });
      expect(await showNotice(world.pool, id)).toBeNull();
    },
  );
});

describe('the ledger', () => {
  test('lists newest first, page by page, by state, post, case and person', async () => {
    for (let n = 0; n < 5; n += 1)
      await world.queue({ post: n < 3 ? 'cadre' : 'office', urgency: 'at-once', caseId: `unit/${n}` });
    await deliver();
    const all = await list();
    expect(all.map(({ caseId }) => caseId)).toEqual(['unit/4', 'unit/3', 'unit/2', 'unit/1', 'unit/0']);
    expect(all[4]).toMatchObject({
      state: 'sent',
      personName: '安某',
      postTitle: '翠苑街道 包保干部',
      act: '撤销超期认定',
      attempts: 1,
    });
    const first = await list({ limit: 2 });
    expect((await list({ limit: 2, before: first[1]?.id ?? '' })).map(({ caseId }) => caseId)).toEqual([
      'unit/2',
      'unit/1',
    ]);
    expect(await list({ post: 'office' })).toHaveLength(2);
    expect(await list({ person: 'ann' })).toHaveLength(3);
    expect(await list({ caseId: 'unit/1' })).toHaveLength(1);
    expect(await list({ state: 'queued' })).toEqual([]);
  });

  test('shows a notice with the text as it was frozen', async () => {
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    expect(await showNotice(world.pool, id)).toMatchObject({ state: 'queued', message: null });
    await deliver();
    const shown = await showNotice(world.pool, id);
    expect(shown?.message?.text).toMatch(/^安某:您好。/);
  });

  test('lets an operator try a frozen message at once', async () => {
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    world.catcher.behave('busy');
    await deliver();
    world.catcher.behave('take');
    expect(await world.activities.sendMessages()).toMatchObject({ sent: 0 });
    expect(await retryNotice(world.notices, id)).toEqual({ ok: true, as: 'tried-at-once' });
    expect(await world.activities.sendMessages()).toMatchObject({ sent: 1 });
  });
});

describe('a stuck notice', () => {
  test('is one that should have been frozen a quarter of an hour ago', async () => {
    world.at('2026-11-24T08:00');
    const digest = await world.queue({ post: 'cadre' });
    expect(await health()).toMatchObject({ queued: 1, stuck: 0, queuedAgeMs: 0 });
    world.at('2026-11-24T09:14');
    expect(await health()).toMatchObject({ stuck: 0, queuedAgeMs: 14 * 60_000 });
    world.at('2026-11-24T09:15');
    expect(await health()).toMatchObject({ stuck: 1, queuedAgeMs: 15 * 60_000 });
    expect((await list({ stuck: true })).map(({ id }) => id)).toEqual([digest]);
    await deliver();
    expect(await health()).toMatchObject({ queued: 0, stuck: 0, queuedAgeMs: 0 });
  });

  test('is one that cannot wait and has waited a quarter of an hour, also at night', async () => {
    world.at('2026-11-24T22:00');
    await world.queue({ post: 'cadre', urgency: 'at-once' });
    world.at('2026-11-24T22:15');
    expect(await health()).toMatchObject({ stuck: 1 });
  });

  test('is one frozen and not taken by the server for a quarter of an hour', async () => {
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    world.catcher.behave('busy');
    await deliver();
    world.at('2026-11-24T10:15');
    expect(await health()).toMatchObject({ frozen: 1, stuck: 1, frozenAgeMs: 15 * 60_000 });
    expect((await list({ stuck: true })).map(({ id: stuck }) => stuck)).toEqual([id]);
  });

  test('is one queued in an open window in which its reader has had no digest', async () => {
    await world.queue({ post: 'cadre' });
    world.at('2026-11-24T10:15');
    expect(await health()).toMatchObject({ stuck: 1 });
  });

  test('is none that waits for the next window because its reader has had today’s digest', async () => {
    await world.queue({ post: 'cadre' });
    world.at('2026-11-24T10:02');
    await deliver();
    await world.queue({ post: 'cadre' });
    world.at('2026-11-24T16:00');
    expect(await health()).toMatchObject({ queued: 1, stuck: 0, queuedAgeMs: 0 });
    world.at('2026-11-25T09:15');
    expect(await health()).toMatchObject({ stuck: 1 });
  });

  test('is none that was queued again just now', async () => {
    await world.pool.query("UPDATE persons SET email = NULL WHERE id = 'ann'");
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    await deliver();
    world.at('2026-11-24T18:00');
    await retryNotice(world.notices, id);
    expect(await health()).toMatchObject({ queued: 1, stuck: 0 });
  });

  test('is one that missed its slots on a stack that is only shown', async () => {
    await world.queue({ post: 'cadre' });
    world.at('2026-11-24T10:20');
    const shown = { ...world.notices, slotMs: 5 * 60_000 };
    expect(await inTransaction(world.pool, (client) => noticeHealth(client, shown))).toMatchObject({
      stuck: 1,
      queuedAgeMs: 20 * 60_000,
    });
  });
});
