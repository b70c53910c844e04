/** `zhaodan deadline` as a person and a program use it. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { deadlineCommand } from '../../../cli/deadline.ts';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(...args: string[]): Promise<Run> {
  const written = { out: '', err: '' };
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((written.out += String(text)), true));
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((written.err += String(text)), true));
  process.exitCode = 0;
  try {
    await deadlineCommand().parseAsync(args, { from: 'user' });
    return { ...written, code: Number(process.exitCode) };
  } finally {
    out.mockRestore();
    err.mockRestore();
    process.exitCode = 0;
  }
}

const answer = async (...args: string[]): Promise<Record<string, unknown>> =>
  JSON.parse((await run(...args, '--json')).out) as Record<string, unknown>;

afterEach(() => {
  vi.restoreAllMocks();
});

describe('zhaodan deadline', () => {
  test('answers in JSON with the last day, its end as an instant, and every day of the count', async () => {
    const { days, ...rest } = await answer('CP-03', '--from', '2026-09-30');
    expect(rest).toMatchObject({
      rule: 'CP-03',
      basis: 'O121 §15',
      version: 'O121',
      unit: 'WD',
      amount: 7,
      dueOn: '2026-10-15',
      dueOnLenient: '2026-10-15',
      dueAt: '2026-10-16T00:00:00+08:00',
      provisional: false,
    });
    expect(days).toHaveLength(16);
    expect(days).toContainEqual({ date: '2026-10-10', counted: true, reason: '调休上班,第3个工作日' });
  });

  test('takes the version of the day of receipt', async () => {
    const received = ['--received', '2026-04-14'];
    expect(await answer('CP-05', '--from', '2026-09-30', ...received)).toMatchObject({
      version: 'O20',
      amount: 45,
      unit: 'WD',
    });
    expect(await answer('CP-05', '--from', '2026-09-30')).toMatchObject({ version: 'O121', amount: 60, unit: 'CD' });
  });

  test('shows both readings where they differ', async () => {
    expect(await answer('CJ-02', '--from', '2026-09-24')).toMatchObject({
      dueOn: '2026-09-27',
      dueOnLenient: '2026-09-28',
    });
    expect((await run('CJ-02', '--from', '2026-09-24')).out).toContain('宽松口径');
  });

  test('marks a date past the last notice as provisional', async () => {
    expect(await answer('CP-03', '--from', '2026-12-25')).toMatchObject({ dueOn: '2027-01-06', provisional: true });
    expect((await run('CP-03', '--from', '2026-12-25')).out).toContain('暂定:放假安排只公布到 2026-12-31');
  });

  test.each([
    ['2026-09-30T10:00', '2026-10-01T10:00:00+08:00'],
    ['2026-09-30T10:00:30', '2026-10-01T10:00:30+08:00'],
    ['2026-09-30T02:00Z', '2026-10-01T10:00:00+08:00'],
    ['2026-09-30', '2026-10-01T00:00:00+08:00'],
  ])('counts hours from %s to %s', async (from, dueAt) => {
    expect(await answer('CJ-03', '--from', from)).toMatchObject({ unit: 'h', amount: 24, dueAt });
  });

  test('prints a person’s answer: the limit, the day, the reason', async () => {
    const { out, code } = await run('CP-03', '--from', '2026-09-30');
    expect(code).toBe(0);
    expect(out.split('\n').slice(0, 4)).toEqual([
      'CP-03 投诉受理与否的决定并告知',
      '期限:7个工作日(O121 §15;法定;版本 O121)',
      '起算:有处理权限的机关收到投诉;2026年9月30日 周三,当日不计',
      '到期:2026年10月15日 周四 24时',
    ]);
    expect(out).toContain('2026-10-01 至 2026-10-07 国庆节放假,非工作日,不计入');
  });

  test('says that a district figure is not law', async () => {
    expect((await run('BB-02', '--from', '2026-09-30')).out).toContain('区政策,非法律');
  });

  test.each([
    ['an unknown rule', ['XX-01', '--from', '2026-09-30'], 'unknown-rule', '没有编号为“XX-01”的规则'],
    ['a row of several limits', ['CJ-11', '--from', '2026-09-30'], 'rule-ambiguous', 'CJ-11a'],
    ['a rule not yet in force', ['RC-01a', '--from', '2026-09-30'], 'rule-not-in-force', 'RCL-2026(2026-12-01起)'],
    ['a rule without an amount', ['BB-04', '--from', '2026-09-30'], 'no-budget', '没有固定期限'],
    ['a figure nobody entered', ['EM-04', '--from', '2026-09-30'], 'value-missing', '未设定'],
    ['a day that does not exist', ['CP-03', '--from', '2026-02-30'], 'bad-date', '2026-02-30'],
    ['an hour that does not exist', ['CJ-03', '--from', '2026-02-20T24:00'], 'bad-date', '2026-02-20T24:00'],
    ['no day', ['CP-03'], 'bad-date', '--from'],
    ['a bad day of receipt', ['CP-03', '--from', '2026-09-30', '--received', '昨天'], 'bad-date', '--received'],
    [
      'a day before the calendar',
      ['BB-08', '--from', '2018-09-30', '--received', '2026-09-30'],
      'date-outside-calendar',
      '2019-01-01',
    ],
  ])('refuses %s with a sentence and exit code 2', async (_what, args, code, sentence) => {
    const { out, err, code: exit } = await run(...args, '--json');
    expect(exit).toBe(2);
    expect(err).toContain(sentence);
    expect(JSON.parse(out)).toMatchObject({ error: { code } });
    expect((await run(...args)).out).toBe('');
  });
});
