import { describe, expect, test } from 'vitest';
import { endOfDay } from '../../../domain/kernel/calendar.ts';
import type { Arming } from '../../../domain/kernel/alarms.ts';
import type { Ladder } from '../../../domain/kernel/ladder.ts';
import { compose, type Item } from '../../../domain/notices/digest.ts';
import { itemOf, type ItemCase, type ItemEnv } from '../../../domain/notices/item.ts';
import { calendar2026, clockFrom, office, ruleOf } from '../deadlines/deadline-fixtures.ts';

const at = (local: string): number => Date.parse(`${local}+08:00`);
const now = at('2026-11-24T10:20');
const ladders = new Map(office.ladders.map((ladder): [string, Ladder] => [ladder.name, ladder]));
const law = ruleOf({ id: 'CP-03', title: '投诉受理', basis: 'O121 §15', mark: 'V' });
const policyRule = ruleOf({ id: 'BB-02', title: '确定包保关系', basis: '广元办法', mark: 'S' });
const env: ItemEnv = {
  rules: { hash: 'test', rules: [law, policyRule], rule: (id) => (id === 'CP-03' ? law : policyRule) },
  calendar: calendar2026,
  ladders,
  sendingStartMs: 9 * 3_600_000,
  now,
  nameOf: (id) => ({ 'subject-1': '某某面馆', 'post-9': '翠苑街道 包保干部' })[id] ?? id,
};
const arming = (over: Partial<Arming>): Arming => ({
  number: 1,
  rule: 'CP-03',
  ladder: 'statutory',
  ladderHash: 'h',
  dueAt: endOfDay('2026-11-27'),
  dueOn: '2026-11-27',
  provisional: false,
  basis: '',
  settled: {},
  ...over,
});
const matter = (over: Partial<ItemCase> = {}): ItemCase => ({
  kind: 'binding-duty',
  key: 'subject-1/1',
  subject: '某某面馆',
  post: '包保干部',
  unit: '翠苑街道',
  cycle: null,
  figures: {},
  holderPost: 'post-1',
  clocks: [clockFrom(at('2026-11-18T10:00'), { id: 'bind', rule: 'CP-03' })],
  armings: { bind: arming({}) },
  ...over,
});
const reading = { through: null, ownDuty: true, link: 'https://z.example/cases/binding-duty/subject-1/1' };
const rung = (id: string, template: string) => ({ post: 'post-1', template, details: { clock: 'bind', rung: id } });

describe('an item', () => {
  test('says what, when, why that day, and what follows', () => {
    expect(itemOf(rung('half', 'statutory-reminder'), matter(), reading, env)).toEqual({
      group: 'near',
      kind: 'binding-duty',
      act: '在法定时限内办理',
      matter: '包保关系 · 某某面馆 翠苑街道 包保干部',
      progress: null,
      due: '11月27日 周五 24:00(剩 3 个工作日)',
      why: '规则 CP-03 投诉受理(O121 §15);自 11月18日 周三 次日起计 7 个工作日,其间 2 天不计',
      next: '11月26日 周四 仍未完成的,将再次提醒您。',
      says: null,
      through: null,
      link: reading.link,
    });
  });

  test('names district policy as such', () => {
    const clocks = [clockFrom(at('2026-11-18T10:00'), { id: 'bind', rule: 'BB-02' })];
    const { why } = itemOf(rung('half', 'duty-reminder'), matter({ clocks }), reading, env);
    expect(why).toContain('规则 BB-02 确定包保关系(区政策,非法律;参照 广元办法)');
  });

  test('says where a fixed last day and a holiday roll come from', () => {
    const fixed = [clockFrom(at('2026-10-01T00:00'), { id: 'bind', dueOn: '2026-12-31' })];
    expect(itemOf(rung('half', 'supervision-reminder'), matter({ clocks: fixed }), reading, env).why).toContain(
      '自 10月1日 周四 起,末日定为 12月31日 周四',
    );
    const rolled = [clockFrom(at('2026-08-08T10:00'), { id: 'bind', budget: { unit: 'CD', amount: 60 } })];
    expect(itemOf(rung('half', 'statutory-reminder'), matter({ clocks: rolled }), reading, env).why).toContain(
      '末日遇放假,依 O121 §45 顺延至 10月8日 周四',
    );
  });

  test('says that a breach is kept, and to whom the next rung goes', () => {
    const before = matter({
      armings: { bind: arming({ settled: { half: { how: 'fired', at: 1 }, 'four-fifths': { how: 'fired', at: 1 } } }) },
    });
    expect(itemOf(rung('four-fifths', 'statutory-reminder'), before, reading, env).next).toBe(
      '到期仍未完成的,记为超期,长期保留,并通知您、您的上级岗位。',
    );
    const fired = (...rungs: string[]) => Object.fromEntries(rungs.map((id) => [id, { how: 'fired' as const, at: 1 }]));
    const date = { dueOn: '2026-11-23', dueAt: endOfDay('2026-11-23') };
    const over = arming({ ...date, settled: fired('half', 'four-fifths', 'due', 'unit-head') });
    const late = itemOf(
      rung('due', 'statutory-overdue'),
      matter({ armings: { bind: over } }),
      { ...reading, ownDuty: false },
      env,
    );
    expect(late.group).toBe('overdue');
    expect(late.next).toBe('11月26日 周四 仍未完成的,将通知区食药安办,拟发《督办单》。');
    // An escalation that waits its turn comes on the next sending day.
    const waiting = matter({ armings: { bind: arming({ ...date, settled: fired('half', 'four-fifths', 'due') }) } });
    expect(itemOf(rung('due', 'statutory-overdue'), waiting, reading, env).next).toBe(
      '11月25日 周三 仍未完成的,将通知您的上级岗位,拟发《催办单》。',
    );
  });

  test('says that nothing more follows after the last rung', () => {
    const settled = Object.fromEntries(
      (ladders.get('statutory')?.rungs ?? []).map(({ id }) => [id, { how: 'fired' as const, at: 1 }]),
    );
    const over = arming({ dueOn: '2026-10-08', dueAt: endOfDay('2026-10-08'), settled });
    expect(itemOf(rung('circular', 'statutory-circular'), matter({ armings: { bind: over } }), reading, env).next).toBe(
      '此后不再自动提醒;超期记录长期保留,办结后也不消除。',
    );
  });

  test('asks first for what is overdue, also where it is no rung', () => {
    const over = arming({ dueOn: '2026-11-23', dueAt: endOfDay('2026-11-23') });
    const item = itemOf(
      { post: 'post-1', template: 'subject-unbound', details: {} },
      matter({ armings: { bind: over } }),
      reading,
      env,
    );
    expect(item.group).toBe('overdue');
  });

  test('names what its details name', () => {
    const notice = {
      post: 'post-2',
      template: 'undeliverable',
      details: { post: 'post-9', about: 'round-urged', why: 'no-address' },
    };
    const item = itemOf(notice, matter(), reading, env);
    expect(item).toMatchObject({ group: 'for-information', due: null, why: null });
    expect(item.says).toBe('收件岗位:翠苑街道 包保干部;内容:按催办要求完成包保督导;原因:收件人没有登记电子邮箱');
  });
});

const plain = (over: Partial<Item> = {}): Item => ({
  group: 'near',
  kind: 'round',
  act: '完成本期包保督导',
  matter: '督导 2026-Q4',
  progress: null,
  due: null,
  why: null,
  next: null,
  says: null,
  through: null,
  link: 'https://z.example/cases/round/1',
  ...over,
});

describe('a digest', () => {
  test('puts what is most urgent first, and like with like', () => {
    const items = [
      plain({ group: 'for-information', act: 'E' }),
      plain({ act: 'C', kind: 'round' }),
      plain({ act: 'B', kind: 'correction' }),
      plain({ group: 'to-do', act: 'D' }),
      plain({ group: 'overdue', act: 'A' }),
    ];
    const { subject, text } = compose({ name: '张三' }, items, 'https://z.example/', now);
    expect([...text.matchAll(/^\d+\. (\w)/gm)].map(([, act]) => act).join('')).toBe('ABCDE');
    expect(subject).toBe('【照单】已超期 1 件,临期提醒 2 件,待办 1 件,知会 1 件');
  });

  test('of one item says the item in its subject', () => {
    expect(compose({ name: '张三' }, [plain()], 'https://z.example/', now).subject).toBe(
      '【照单】临期提醒:完成本期包保督导(督导 2026-Q4)',
    );
  });

  test('counts what it does not list', () => {
    const { text, html } = compose(
      { name: '张三' },
      Array.from({ length: 130 }, () => plain()),
      'https://z.example/',
      now,
    );
    expect(text).toContain('有 130 件事需要您知道');
    expect(text).toContain('另有 30 件未列出');
    expect(text.match(/^\d+\. /gm)).toHaveLength(100);
    expect(html).toContain('另有 30 件未列出');
  });

  test('keeps crafted names on one line and out of the markup', () => {
    const name = '李四\r\nBcc: evil@x.example\r\n\r\n<script>alert(1)</script>';
    const { text, html, subject } = compose(
      { name },
      [plain({ matter: `<img src=x onerror="a">${'长'.repeat(200)}` })],
      'https://z.example/',
      now,
    );
    expect(text.split('\n')[0]).toMatch(/^李四 Bcc: evil@x\.example/);
    expect(html).not.toMatch(/<script|<img/);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(Array.from(subject).length).toBeLessThanOrEqual(60);
  });
});
