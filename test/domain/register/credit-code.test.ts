import { describe, expect, test } from 'vitest';
import { creditCheckCharacter, creditCodeFault } from '../../../domain/register/credit-code.ts';

describe('a unified social credit code', () => {
  test.each(['91350100M000100Y43', '91110108551385082Q', '911100007109310534'])('%s is accepted', (code) => {
    expect(creditCodeFault(code)).toBeNull();
  });

  test('with one wrong digit is refused by its check character', () => {
    expect(creditCodeFault('91350100M000100Y44')).toBe('credit-code-check');
    expect(creditCodeFault('91350100M000200Y43')).toBe('credit-code-check');
  });

  test.each([
    '',
    '91350100M000100Y4',
    '91350100M000100Y433',
    '91350100m000100y43',
    '91350100I000100Y43',
    '91350100M000100Y4 ',
  ])('“%s” has not its shape', (code) => {
    expect(creditCodeFault(code)).toBe('credit-code-shape');
  });

  test('cannot be completed from anything but seventeen of its characters', () => {
    expect(() => creditCheckCharacter('9135')).toThrow(RangeError);
    expect(() => creditCheckCharacter('9135010OM000100Y4')).toThrow(RangeError);
  });
});
