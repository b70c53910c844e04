import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apply } from '../../../cases/apply.ts';
import { fire } from '../../../cases/fire.ts';
import { openCase } from '../../../cases/open.ts';
import { freezeNotices } from '../../../cases/notices/freeze.ts';
import { CADRE } from '../../support/case-world.ts';
import { noticeWorld, received, type NoticeWorld } from './notice-world.ts';

let world: NoticeWorld;
beforeAll(async () => {
  world = await noticeWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.forget();
  world.at('2026-11-24T08:00');
  await world.person('ann');
  await world.person('ben');
  await world.person('olga');
  await world.post('office', { holder: 'olga', role: 'district-office' });
  await world.post('head', { holder: 'ben', superior: 'office' });
  await world.post('cadre', { holder: 'ann', superior: 'head', title: '社区包保干部' });
});

const deliver = async () => {
  const frozen = await world.activities.freezeNotices();
  await world.activities.sendMessages();
  return frozen;
};

describe('a digest', () => {
  test('waits for sending hours and holds everything for one person, whatever the post', async () => {
    await world.post('second', { holder: 'ann' });
    for (const post of ['cadre', 'second', 'cadre', 'head']) await world.queue({ post });
    expect(await deliver()).toMatchObject({ messages: 0, waitMs: 61 * 60_000 });
    world.at('2026-11-24T09:00:59');
    expect(await deliver()).toMatchObject({ messages: 0, waitMs: 1_000 });
    world.at('2026-11-24T09:01');
    expect(await deliver()).toMatchObject({ messages: 2, waitMs: null });
    expect(received(world).sort()).toEqual(['ann@z.example: 3', 'ben@z.example: 1']);
  });

  test('is the only one of its window: what comes later waits for the next', async () => {
    await world.queue({ post: 'cadre' });
    world.at('2026-11-24T09:01');
    await deliver();
    await world.queue({ post: 'cadre' });
    world.at('2026-11-24T17:29');
    expect(await deliver()).toMatchObject({ messages: 0, waitMs: (15 * 60 + 32) * 60_000 });
    world.at('2026-11-25T09:01');
    expect(await deliver()).toMatchObject({ messages: 1 });
  });

  test('keeps quiet from National Day until work begins again', async () => {
    world.at('2026-09-30T18:00');
    await world.queue({ post: 'cadre' });
    for (const on of ['10-01', '10-04', '10-07']) {
      world.at(`2026-${on}T10:00`);
      expect(await deliver()).toMatchObject({ messages: 0 });
    }
    world.at('2026-10-08T09:02');
    expect(await deliver()).toMatchObject({ messages: 1 });
  });

  test('goes out in minutes, at any hour, on a stack that is only shown', async () => {
    const shown = { ...world.notices, slotMs: 5 * 60_000 };
    world.at('2026-10-01T03:01');
    await world.queue({ post: 'cadre' });
    world.at('2026-10-01T03:02');
    expect(await freezeNotices(shown)).toMatchObject({ messages: 1 });
    await world.queue({ post: 'cadre' });
    world.at('2026-10-01T03:04');
    expect(await freezeNotices(shown)).toMatchObject({ messages: 0, waitMs: 2 * 60_000 });
    world.at('2026-10-01T03:06');
    expect(await freezeNotices(shown)).toMatchObject({ messages: 1 });
  });

  test('goes out on a Saturday that was made a working day', async () => {
    world.at('2026-10-09T20:00');
    await world.queue({ post: 'cadre' });
    world.at('2026-10-10T09:02');
    expect(await deliver()).toMatchObject({ messages: 1 });
  });

  test('is frozen once when two workers freeze at the same time', async () => {
    for (let n = 0; n < 300; n += 1) await world.queue({ post: n % 2 === 0 ? 'cadre' : 'head' });
    world.at('2026-11-24T09:05');
    await Promise.all(Array.from({ length: 4 }, () => freezeNotices(world.notices)));
    const { rows } = await world.pool.query(
      'SELECT person_id, count(*)::int FROM messages GROUP BY person_id ORDER BY 1',
    );
    expect(rows).toEqual([
      { person_id: 'ann', count: 1 },
      { person_id: 'ben', count: 1 },
    ]);
  });

  test('reaches six hundred people of one window in several transactions', async () => {
    for (let n = 0; n < 600; n += 1) {
      await world.person(`p${n}`);
      await world.post(`post-${n}`, { holder: `p${n}` });
      await world.queue({ post: `post-${n}` });
    }
    world.at('2026-11-24T09:05');
    expect(await world.activities.freezeNotices()).toMatchObject({ messages: 600, waitMs: null });
  });
});

describe('a notice that cannot wait', () => {
  test('leaves at once, also on National Day, one message each', async () => {
    world.at('2026-10-01T22:00');
    await world.queue({ post: 'cadre', urgency: 'at-once' });
    await world.queue({ post: 'cadre', urgency: 'at-once' });
    expect(await deliver()).toMatchObject({ messages: 2 });
    expect(received(world)).toEqual(['ann@z.example: 1', 'ann@z.example: 1']);
  });
});

describe('the reader', () => {
  test('is the deputy while the holder is absent, and is told for whom', async () => {
    await world.absent('ann', 'ben', '2026-11-20', '2026-11-24');
    await world.queue({ post: 'cadre', urgency: 'at-once' });
    await deliver();
    expect(received(world)).toEqual(['ben@z.example: 1']);
    expect(world.catcher.mails[0]?.text).toContain('收件:您代理:翠苑街道 社区包保干部');
  });

  test('is the holder again on the day after the absence', async () => {
    await world.absent('ann', 'ben', '2026-11-20', '2026-11-23');
    await world.queue({ post: 'cadre', urgency: 'at-once' });
    await deliver();
    expect(received(world)).toEqual(['ann@z.example: 1']);
  });

  test('is whoever holds the post when the message is frozen, not when the notice was written', async () => {
    await world.queue({ post: 'cadre' });
    await world.person('successor');
    await world.pool.query("UPDATE tenures SET to_on = '2026-11-23' WHERE id = 'cadre'");
    await world.pool.query(
      "INSERT INTO tenures (id, person_id, post_id, from_on) VALUES ('t2', 'successor', 'cadre', '2026-11-24')",
    );
    world.at('2026-11-24T09:05');
    await deliver();
    expect(received(world)).toEqual(['successor@z.example: 1']);
  });

  test('stands above a vacancy, however high, and is told why', async () => {
    await world.pool.query("DELETE FROM tenures WHERE id IN ('cadre', 'head')");
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    await deliver();
    expect(received(world)).toEqual(['olga@z.example: 1']);
    expect(world.catcher.mails[0]?.text).toContain('无人在岗也无人代理,由您作为上级岗位收件');
    expect(await world.state(id)).toBe('sent');
  });
});

describe('a notice nobody can be reached for', () => {
  test('is visible and alerts the office, naming the post and the reason', async () => {
    await world.post('island', { title: '孤岗' });
    const id = await world.queue({ post: 'island', urgency: 'at-once', template: 'round-urged' });
    expect(await deliver()).toMatchObject({ undeliverable: 1, messages: 1 });
    expect(await world.state(id)).toBe('no-addressee no-addressee');
    expect(received(world)).toEqual(['olga@z.example: 1']);
    expect(world.catcher.mails[0]?.text).toContain('收件岗位:翠苑街道 孤岗;内容:按催办要求完成包保督导;原因:岗位空缺');
  });

  test('alerts the office for an addressee no post answers to', async () => {
    const id = await world.queue({ post: '-', urgency: 'at-once' });
    await deliver();
    expect(await world.state(id)).toBe('no-addressee no-addressee');
    expect(received(world)).toEqual(['olga@z.example: 1']);
  });

  test('is refused for a person without an address, and alerts the office', async () => {
    await world.pool.query("UPDATE persons SET email = NULL WHERE id = 'ann'");
    const id = await world.queue({ post: 'cadre', urgency: 'at-once' });
    await deliver();
    expect(await world.state(id)).toBe('refused no-address');
    expect(world.catcher.mails[0]?.text).toContain('收件人没有登记电子邮箱');
  });

  test('stays visible when the office itself has nobody, and alerts do not breed alerts', async () => {
    await world.pool.query("DELETE FROM tenures WHERE id = 'office'");
    const id = await world.queue({ post: '-', urgency: 'at-once' });
    expect(await deliver()).toMatchObject({ undeliverable: 2, messages: 0 });
    expect(await world.state(id)).toBe('no-addressee no-addressee');
    const { rows } = await world.pool.query('SELECT state, count(*)::int FROM notices GROUP BY state');
    expect(rows).toEqual([{ state: 'no-addressee', count: 2 }]);
  });
});

describe('a rung of a real ladder', () => {
  let caseId = '';
  let number = 0;
  const open = async (dueOn: string) => {
    number += 1;
    caseId = `toy/notice-${number}`;
    const command = { type: 'open', dueOn, holder: 'cadre' };
    const answer = await openCase(world.deps, {
      kind: 'toy',
      key: `notice-${number}`,
      command,
      idempotencyKey: caseId,
      actor: CADRE,
    });
    expect(answer).toMatchObject({ ok: true });
  };
  const ledger = async () =>
    (
      await world.pool.query<{ line: string }>(
        "SELECT concat_ws(' ', details->>'rung', post, state, why) AS line FROM notices WHERE case_id = $1 ORDER BY id",
        [caseId],
      )
    ).rows.map(({ line }) => line);
  const fireAll = async () => {
    for (let n = 0; n < 10; n += 1) {
      const wake = await fire(world.deps, caseId);
      if (wake.closed || wake.waitMs === null || wake.waitMs > 0) return;
    }
  };

  test('says what is due, when, why, what follows, and where', async () => {
    world.at('2026-10-01T00:00');
    await open('2026-12-31');
    world.at('2026-11-16T09:00');
    await fireAll();
    world.at('2026-11-16T09:05');
    await deliver();
    expect(await ledger()).toEqual(['half cadre sent']);
    const [mail] = world.catcher.mails;
    expect(mail?.subject).toMatch(/^【照单】临期提醒:完成本期包保督导/);
    expect(mail?.text).toContain('期限:12月31日 周四 24:00(剩 45 天)');
    expect(mail?.text).toMatch(/为何:规则 BB-04 .*区政策,非法律.*自 10月1日 周四 起,末日定为 12月31日 周四/);
    expect(mail?.text).toContain('之后:12月13日 周日 仍未完成的,将再次提醒您。');
    expect(mail?.text).toContain(`查看:https://z.example/cases/toy/notice-${number}`);
    expect(mail?.html).toContain(`href="https://z.example/cases/toy/notice-${number}"`);
    expect(world.faults).toEqual([]);
  });

  test('is overtaken when the case closes before the window opens', async () => {
    world.at('2026-10-01T00:00');
    await open('2026-12-31');
    world.at('2026-11-16T00:05');
    await fireAll();
    await apply(world.deps, { type: 'finish' }, { caseId, key: 'f', actor: CADRE });
    world.at('2026-11-16T09:05');
    expect(await deliver()).toMatchObject({ overtaken: 1, messages: 0 });
    expect(await ledger()).toEqual(['half cadre overtaken case-closed']);
  });

  test('is overtaken by a later rung to the same post, of which only the later is sent', async () => {
    world.at('2026-11-02T00:00');
    await open('2026-11-20');
    world.at('2026-11-13T18:00');
    await fireAll();
    world.at('2026-11-21T09:00');
    await fireAll();
    await deliver();
    expect(await ledger()).toEqual(['five-days-before cadre queued', 'due cadre sent']);
    world.at('2026-11-23T09:05');
    await fireAll();
    await deliver();
    expect((await ledger()).slice(0, 2)).toEqual(['five-days-before cadre overtaken later-rung', 'due cadre sent']);
  });

  test('goes without its date when its rule cannot be read, and the operator is told', async () => {
    world.at('2026-10-01T00:00');
    await open('2026-12-31');
    world.at('2026-11-16T09:00');
    await fireAll();
    await world.pool.query(`UPDATE cases SET state = jsonb_set(state, '{dueOn}', '"2026-02-30"') WHERE id = $1`, [
      caseId,
    ]);
    world.at('2026-11-16T09:05');
    await deliver();
    expect(await ledger()).toEqual(['half cadre sent']);
    expect(world.catcher.mails[0]?.text).not.toContain('为何');
    expect(world.faults[0]).toMatchObject({ caseId });
  });
});
