import { describe, expect, test } from 'vitest';
import { isTextRef, sealTexts } from '../../../domain/kernel/text.ts';
import { round } from '../../../domain/supervision/round.ts';

const seal = (field: string, body: string) => ({ text: `${field}: ${body}`, digest: 'x' });

describe('texts of people in a command', () => {
  const command = {
    type: 'record-visit',
    visit: 'v1',
    items: [{ code: 'control-daily', met: false, note: '缺三天' }],
    findings: [{ finding: 'f1', item: 'control-daily', severity: 'general', text: '日管控记录不全' }],
    note: '老板在场',
  };

  test('are sealed at any depth, and nothing else is', () => {
    expect(sealTexts(command, round.texts ?? [], seal)).toEqual({
      ...command,
      items: [{ code: 'control-daily', met: false, note: seal('note', '缺三天') }],
      findings: [{ finding: 'f1', item: 'control-daily', severity: 'general', text: seal('text', '日管控记录不全') }],
      note: seal('note', '老板在场'),
    });
  });

  test('are sealed once', () => {
    const once = sealTexts(command, ['note', 'text'], seal);
    expect(sealTexts(once, ['note', 'text'], seal)).toEqual(once);
  });

  test('leave the command that came in as it was', () => {
    const before = structuredClone(command);
    sealTexts(command, ['note', 'text'], seal);
    expect(command).toEqual(before);
  });
});

test.each([
  [{ text: 'id', digest: 'd' }, true],
  [{ text: 'id' }, false],
  [{ text: 'id', digest: 'd', more: 1 }, false],
  [{ text: 1, digest: 'd' }, false],
  ['id', false],
  [null, false],
])('%j is a sealed text: %s', (value, answer) => {
  expect(isTextRef(value)).toBe(answer);
});
