import { describe, expect, test } from 'vitest';
import { atOnce } from '../../cases/at-once.ts';

/** Answers when told to, with how often it was asked. */
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
  const answer = async (failure?: Error): Promise<void> => {
    waiting.shift()?.(failure);
    await new Promise(setImmediate);
  };
  return { asked, ask: atOnce((of: string) => of, count), answer };
}

describe('one answer for all who ask at once', () => {
  test('is never older than a question: who asks while it is counted gets the next, with the others who came meanwhile', async () => {
    const { asked, ask, answer } = slow();
    const all = [ask('a'), ask('a'), ask('a')];
    await answer();
    await answer();
    expect(await Promise.all(all)).toEqual([1, 2, 2]);
    expect(asked).toEqual(['a', 'a']);
    const later = ask('a');
    await answer();
    expect(await later).toBe(3);
  });

  test('is another one for another question', async () => {
    const { ask, answer } = slow();
    const both = [ask('a'), ask('b')];
    await answer();
    await answer();
    expect(await Promise.all(both)).toEqual([1, 2]);
  });

  test('fails for those who wait for it, and for no others', async () => {
    const { ask, answer } = slow();
    const all = Promise.allSettled([ask('a'), ask('a')]);
    await answer(new Error('broken'));
    await answer();
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    const again = ask('a');
    await answer();
    expect(await again).toBe(3);
  });
});
