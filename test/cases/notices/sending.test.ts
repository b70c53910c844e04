import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMailer } from '../../../activities/mailer.ts';
import { LEASE_MS } from '../../../cases/notices/outgoing.ts';
import { retryNotice } from '../../../cases/notices/ledger.ts';
import { noticeWorld, received, type NoticeWorld } from './notice-world.ts';

let world: NoticeWorld;
beforeAll(async () => {
  world = await noticeWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.forget();
  world.at('2026-11-24T10:00');
  await world.person('ann');
  await world.person('olga');
  await world.post('office', { holder: 'olga', role: 'district-office' });
  await world.post('cadre', { holder: 'ann', superior: 'office' });
});

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const later = (ms: number): void => {
  world.at(world.clock.now + ms);
};
const deliver = async () => {
  await world.activities.freezeNotices();
  return world.activities.sendMessages();
};
const messages = async () =>
  (
    await world.pool.query<{ id: string; state: string; attempts: number; reply: string | null; body: string }>(
      'SELECT id, state, attempts, reply, body FROM messages ORDER BY frozen_at, id',
    )
  ).rows;

describe('a message the server takes', () => {
  test('is sent once, under its own Message-ID, to one address, marked as automatic', async () => {
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    expect(await deliver()).toMatchObject({ sent: 1, waitMs: null });
    expect(await deliver()).toMatchObject({ sent: 0 });
    expect(await world.state(id)).toBe('sent');
    const [mail] = world.catcher.mails;
    const [message] = await messages();
    expect(mail?.messageId).toBe(`<${message?.id ?? ''}>`);
    expect(message?.id).toMatch(/^[0-9a-f-]{36}@zhaodan\.z\.example$/);
    expect(mail?.from?.text).toBe('"照单" <noreply@z.example>');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(message).toMatchObject({ state: 'sent', attempts: 1 });
    expect(message?.reply).toMatch(/^250/);
  });
});

describe('a busy mailbox', () => {
  test('is tried again after half a minute, with the text as frozen', async () => {
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    world.catcher.behave('busy');
    expect(await deliver()).toMatchObject({ retry: 1, waitMs: 30 * SECOND });
    const [before] = await messages();
    world.catcher.behave('take');
    await world.pool.query("UPDATE persons SET name = 'someone else' WHERE id = 'ann'");
    later(30 * SECOND - 1);
    expect(await deliver()).toMatchObject({ sent: 0, waitMs: 1 });
    later(1);
    expect(await deliver()).toMatchObject({ sent: 1 });
    expect(world.catcher.mails[0]?.text?.trim()).toBe(before?.body.trim());
    expect(world.catcher.mails[0]?.messageId).toBe(`<${before?.id ?? ''}>`);
    expect(await world.state(id)).toBe('sent');
  });

  test('does not hold back other people', async () => {
    await world.queue({ post: 'cadre', urgency: 'at-once' });
    await world.queue({ post: 'office', urgency: 'at-once' });
    world.catcher.behave('busy', 'ann@z.example');
    expect(await deliver()).toMatchObject({ sent: 1, retry: 1 });
    expect(received(world)).toEqual(['olga@z.example: 1']);
  });
});

describe('a refusal for good', () => {
  test.each(['refuse', 'refuse-data'] as const)('%s ends the message and alerts the office', async (mood) => {
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    world.catcher.behave(mood, 'ann@z.example');
    expect(await deliver()).toMatchObject({ refused: 1 });
    expect(await world.state(id)).toBe('refused refused');
    expect(await deliver()).toMatchObject({ sent: 1, refused: 0 });
    expect(received(world)).toEqual(['olga@z.example: 1']);
    expect(world.catcher.mails[0]?.text).toContain('收件人的邮件服务器拒收');
    expect((await messages()).find(({ state }) => state === 'refused')?.reply).toMatch(/55[04]/);
  });

  test('of an alert ends there', async () => {
    world.catcher.behave('refuse');
    await world.queue({ post: 'cadre', urgency: 'at-once' });
    await deliver();
    await deliver();
    expect(await deliver()).toMatchObject({ sent: 0, refused: 0, waitMs: null });
    const { rows } = await world.pool.query('SELECT template, state FROM notices ORDER BY id');
    expect(rows).toEqual([
      { template: 'breach-annulled', state: 'refused' },
      { template: 'undeliverable', state: 'refused' },
    ]);
  });

  test('queued again by an operator goes out as a new message', async () => {
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    world.catcher.behave('refuse');
    await deliver();
    world.catcher.behave('take');
    await world.pool.query("UPDATE persons SET email = 'ann@new.example' WHERE id = 'ann'");
    expect(await retryNotice(world.notices, id)).toEqual({ ok: true, as: 'queued-again' });
    await deliver();
    expect(received(world)).toContain('ann@new.example: 1');
    expect(await world.state(id)).toBe('sent');
    expect(await retryNotice(world.notices, id)).toEqual({ ok: false, code: 'nothing-to-retry' });
  });
});

describe('a mail server that is away', () => {
  test('for an hour and a half loses nothing, is knocked at by few, and repeats nobody’s mail', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1)
      ids.push(await world.queue({ post: n % 2 === 0 ? 'cadre' : 'office', urgency: 'at-once' }));
    await world.catcher.stop();
    const until = world.clock.now + 90 * MINUTE;
    let knocks = 0;
    while (world.clock.now < until) {
      const { retry, refused, sent, waitMs } = await deliver();
      expect({ refused, sent }).toEqual({ refused: 0, sent: 0 });
      knocks += retry;
      expect(waitMs).toBeGreaterThan(0);
      expect(waitMs).toBeLessThanOrEqual(10 * MINUTE);
      later(waitMs ?? 0);
    }
    expect(knocks).toBeLessThanOrEqual(13 * 4);
    await world.catcher.start();
    expect((await deliver()).sent).toBe(12);
    expect(new Set(world.catcher.mails.map(({ messageId }) => messageId)).size).toBe(12);
    for (const id of ids) expect(await world.state(id)).toBe('sent');
  });

  test('is given up after three days, and the office is told', async () => {
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    world.catcher.behave('busy', 'ann@z.example');
    await deliver();
    later(72 * 60 * MINUTE - MINUTE);
    expect(await deliver()).toMatchObject({ retry: 1 });
    later(10 * MINUTE);
    expect(await deliver()).toMatchObject({ 'gave-up': 1 });
    expect(await world.state(id)).toBe('refused gave-up');
    await deliver();
    expect(received(world)).toEqual(['olga@z.example: 1']);
  });

  test('keeps a digest until sending hours when it comes back at night', async () => {
    world.at('2026-11-24T16:00');
    await world.queue({ post: 'cadre' });
    later(MINUTE);
    await world.catcher.stop();
    await deliver();
    world.at('2026-11-24T21:00');
    await world.catcher.start();
    expect(await deliver()).toMatchObject({ sent: 0, waitMs: 12 * 60 * MINUTE });
    world.at('2026-11-25T09:00');
    expect(await deliver()).toMatchObject({ sent: 1 });
  });
});

describe('a server that offers no encryption', () => {
  test.each(['starttls', 'tls'] as const)('gets nothing in clear text where %s is asked for', async (tls) => {
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    const strict = world.worker(createMailer({ url: world.catcher.url, tls, from: 'noreply@z.example' }));
    await strict.freezeNotices();
    expect(await strict.sendMessages()).toMatchObject({ sent: 0, retry: 1 });
    expect(world.catcher.mails).toEqual([]);
    expect(await world.state(id)).toBe('frozen');
  });
});

describe('several workers', () => {
  test('hand over each message once', async () => {
    for (let n = 0; n < 60; n += 1) await world.queue({ post: n % 2 === 0 ? 'cadre' : 'office', urgency: 'at-once' });
    const workers = [world.worker(), world.worker(), world.worker()];
    await Promise.all(workers.map((worker) => worker.freezeNotices()));
    const sent = await Promise.all(workers.map((worker) => worker.sendMessages()));
    expect(sent.reduce((sum, one) => sum + one.sent, 0)).toBe(60);
    expect(world.catcher.mails).toHaveLength(60);
    expect(new Set(world.catcher.mails.map(({ messageId }) => messageId)).size).toBe(60);
  });

  test('of which one is killed between sending and settling send the same message again, recognisably', async () => {
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    await world.activities.freezeNotices();
    const real = createMailer({ url: world.catcher.url, tls: 'off', from: 'noreply@z.example' });
    const killed = world.worker({
      async send(message) {
        await real.send(message);
        throw new Error('killed');
      },
      close: () => {
        real.close();
      },
    });
    await expect(killed.sendMessages()).rejects.toThrow('killed');
    expect(await world.state(id)).toBe('frozen');
    expect(await world.activities.sendMessages()).toMatchObject({ sent: 0, waitMs: LEASE_MS });
    later(LEASE_MS);
    expect(await world.activities.sendMessages()).toMatchObject({ sent: 1 });
    expect(world.catcher.mails).toHaveLength(2);
    expect(world.catcher.mails[0]?.messageId).toBe(world.catcher.mails[1]?.messageId);
    expect(await world.state(id)).toBe('sent');
  });

  test('believe a late worker that the server took the message, and ignore its late failure', async () => {
    await world.queue({ post: 'cadre', urgency: 'at-once' });
    await world.activities.freezeNotices();
    let release: () => void = () => undefined;
    const slow = world.worker({
      send: () => new Promise((resolve) => (release = () => resolve({ outcome: 'retry', reply: 'late' }))),
      close: () => undefined,
    });
    const slowly = slow.sendMessages();
    await expect.poll(async () => (await messages())[0]?.attempts).toBe(1);
    later(LEASE_MS);
    expect(await world.activities.sendMessages()).toMatchObject({ sent: 1 });
    release();
    expect(await slowly).toMatchObject({ superseded: 1 });
    expect((await messages())[0]).toMatchObject({ state: 'sent', attempts: 2 });
  });
});

describe('what people typed into names and titles', () => {
  const CORPUS = [
    'a\r\nBcc: evil@x.example',
    'a\nRCPT TO:<evil@x.example>',
    'a\r\n\r\nbody of a stranger',
    'a\r\n.\r\nMAIL FROM:<evil@x.example>',
    '"><script>alert(1)</script>',
    'a\u2028Subject: other',
    'a\u0085Cc: evil@x.example',
    '\u202Eevil',
    '=?utf-8?Q?Bcc=3A_evil=40x.example?=',
    'x'.repeat(5_000),
    'evil@x.example, "b" <c@x.example>',
  ];

  test.each(CORPUS)('%j reaches nobody else and forges no header', async (typed) => {
    await world.pool.query('UPDATE persons SET name = $1 WHERE id = $2', [typed, 'ann']);
    await world.pool.query('UPDATE posts SET title = $1 WHERE id = $2', [typed, 'office']);
    await world.queue({
      post: 'cadre',
      urgency: 'at-once',
      template: 'round-vacant',
      caseId: 'post/office',
      details: { post: 'office' },
    });
    expect(await deliver()).toMatchObject({ sent: 1 });
    const [mail] = world.catcher.mails;
    expect(received(world)).toEqual(['ann@z.example: 1']);
    expect([mail?.cc, mail?.bcc]).toEqual([undefined, undefined]);
    expect([...(mail?.headers.keys() ?? [])].sort()).toEqual(
      [
        'auto-submitted',
        'content-type',
        'date',
        'from',
        'message-id',
        'mime-version',
        'subject',
        'to',
        'x-auto-response-suppress',
      ].sort(),
    );
    expect(mail?.subject).toMatch(/^【照单】/);
    expect(mail?.subject?.length).toBeLessThanOrEqual(60);
    expect(mail?.text?.split('\n').some((line) => /^(bcc|cc|subject|rcpt|mail from|body of)/i.test(line))).toBe(false);
    expect(mail?.html).not.toContain('<script');
  });

  test.each([
    'a@z.example\r\nRCPT TO:<evil@x.example>',
    'a@z.example, evil@x.example',
    'a@z.example>\r\nDATA',
    'no address',
  ])('an address of %j reaches no stranger', async (address) => {
    await world.pool.query('UPDATE persons SET email = $1 WHERE id = $2', [address, 'ann']);
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    await deliver();
    const strangers = world.catcher.mails.filter(({ to }) => JSON.stringify(to).includes('evil'));
    expect(strangers).toEqual([]);
    expect(await world.state(id)).toBe('refused refused');
  });
});
