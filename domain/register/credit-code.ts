/** Is this a well-formed 统一社会信用代码 (GB 32100-2015)? Knows no business. */

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

/** The 18th character for the first 17. Throws a RangeError for anything but 17 characters of the code's alphabet. */
export function creditCheckCharacter(first17: string): string {
  if (first17.length !== 17) throw new RangeError('a credit code has 17 characters before its check character');
  const sum = WEIGHTS.reduce((total, weight, i) => {
    const value = ALPHABET.indexOf(first17.charAt(i));
    if (value < 0) throw new RangeError(`not a character of a credit code: ${first17.charAt(i)}`);
    return total + value * weight;
  }, 0);
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** `null` when the code is right, else what is wrong with it. */
export function creditCodeFault(code: string): 'credit-code-shape' | 'credit-code-check' | null {
  if (!SHAPE.test(code)) return 'credit-code-shape';
  return creditCheckCharacter(code.slice(0, 17)) === code.charAt(17) ? null : 'credit-code-check';
}
