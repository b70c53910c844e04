import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { keptFor } from '../../cases/kept-for.ts';

const counter = () => {
  let nth = 0;
  return (of: string): Promise<string> => {
    nth += 1;
    return of === 'broken' ? Promise.reject(new Error(of)) : Promise.resolve(`${of} ${String(nth)}`);
  };
};
const itself = (of: string): string => of;

test('an answer is given again until it is too old; another question has another one', async () => {
  const ask = keptFor(40, itself, counter());
  expect([await ask('a'), await ask('a'), await ask('b')]).toEqual(['a 1', 'a 1', 'b 2']);
  await sleep(50);
  expect(await ask('a')).toBe('a 3');
});

test('a failure is not kept', async () => {
  const ask = keptFor(60_000, itself, counter());
  const first = ask('broken');
  await expect(first).rejects.toThrow('broken');
  const again = ask('broken');
  expect(again).not.toBe(first);
  await expect(again).rejects.toThrow('broken');
});

test('kept for no time, it is counted each time', async () => {
  const ask = keptFor(0, itself, counter());
  expect([await ask('a'), await ask('a')]).toEqual(['a 1', 'a 2']);
});
