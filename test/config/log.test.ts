import { expect, test } from 'vitest';
import { createLog, forCase } from '../../config/log.ts';

/** What the log wrote, one parsed object a line. */
function recorded(): { log: ReturnType<typeof createLog>; lines: () => Record<string, unknown>[]; raw: () => string } {
  let text = '';
  const log = createLog('worker', { LOG_LEVEL: 'info', BUILD_ID: 'b1' }, { write: (line) => (text += line) });
  const lines = () =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, lines, raw: () => text };
}

test('a line names its process, its build and its case', () => {
  const { log, lines } = recorded();
  forCase(log, 'round/2026Q4/c-1').info({ rung: 'due' }, 'alarm fired');
  expect(lines()).toEqual([
    expect.objectContaining({
      level: 'info',
      process: 'worker',
      build: 'b1',
      case: 'round/2026Q4/c-1',
      rung: 'due',
      message: 'alarm fired',
    }),
  ]);
});

test.each([
  ['at the top', { name: '张三', phone: '13800000000' }],
  ['in an object', { cadre: { name: '张三', phone: '13800000000' } }],
  ['two levels down', { request: { cadre: { name: '张三', phone: '13800000000' } } }],
  ['three levels down', { a: { b: { c: { name: '张三', phone: '13800000000' } } } }],
])('personal data %s is removed', (_where, fields) => {
  const { log, raw } = recorded();
  log.info(fields, 'seen');
  expect(raw()).toContain('[removed]');
  expect(raw()).not.toMatch(/张三|13800000000/);
});

test('an error keeps its code and stack, and loses the row that PostgreSQL quotes', () => {
  const { log, lines, raw } = recorded();
  const error = Object.assign(new Error('duplicate key for zhang@example.cn'), {
    code: '23505',
    constraint: 'persons_mail_key',
    detail: 'Key (mail)=(zhang@example.cn) already exists.',
  });
  log.error({ err: error }, 'write failed');
  expect(lines()[0]).toMatchObject({ err: { code: '23505', constraint: 'persons_mail_key' } });
  expect(raw()).not.toContain('zhang@example.cn');
  expect(raw()).toContain('log.test.ts');
});
