import { describe, expect, test } from 'vitest';
import { atOnce } from '../../cases/at-once.ts';

/** Answers when told to, and counts how often it was asked. */
function slow() {
  const asked: string[] = [];
  const waiting: ((failure?: Error) => void)[] = [];
  const count = (of: string): Promise<number> => {
    asked.push(of);
    const nth = asked.length;
    return new Promise((resolve, reject) => {
      waiting.push((failure) => {
        if (failure === undefined) resolve(nth);
        else reject(failure);
      });
    });
  };
  return { asked, count, answer: (failure?: Error) => waiting.shift()?.(failure) };
}

describe('one answer for all who ask at once', () => {
  test('is counted once, and again for the next one who asks', async () => {
    const { asked, count, answer } = slow();
    const ask = atOnce((of: string) => of, count);
    const both = [ask('a'), ask('a')];
    answer();
    expect(await Promise.all(both)).toEqual([1, 1]);
    const later = ask('a');
    answer();
    expect(await later).toBe(2);
    expect(asked).toEqual(['a', 'a']);
  });

  test('is another one for another question', async () => {
    const { count, answer } = slow();
    const ask = atOnce((of: string) => of, count);
    const both = [ask('a'), ask('b')];
    answer();
    answer();
    expect(await Promise.all(both)).toEqual([1, 2]);
  });

  test('fails for all who wait, and is tried again afterwards', async () => {
    const { count, answer } = slow();
    const ask = atOnce((of: string) => of, count);
    const both = [ask('a'), ask('a')];
    answer(new Error('broken'));
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const again = ask('a');
    answer();
    expect(await again).toBe(2);
  });
});
