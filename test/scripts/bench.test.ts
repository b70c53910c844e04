/** What `npm run bench` says about its repetitions, and the block it writes for docs/OPERATIONS.md. Times nothing. */
import { describe, expect, test } from 'vitest';
import { abreast, measure, measurePair, spreadOf } from '../../bench/measure.ts';
import { asJson, asMarkdown, asTable, short, type Report } from '../../bench/report.ts';

const NAMED = { id: 'visits', title: '走访', unit: '次走访', how: '怎样' };

describe('repetitions', () => {
  test('the warm-up is thrown away and the spread is of three', async () => {
    const seen: number[] = [];
    const figure = await measure(NAMED, async (nth) => {
      seen.push(nth);
      return { count: 10, seconds: nth === 0 ? 1_000 : nth };
    });
    expect(seen).toEqual([0, 1, 2, 3]);
    expect(figure.seconds).toEqual({ min: 1, median: 2, max: 3 });
    expect(figure.aSecond).toEqual({ min: 10 / 3, median: 5, max: 10 });
  });

  test('a ratio is taken within each repetition', async () => {
    const { ratio } = await measurePair([NAMED, NAMED], async (nth) => [
      { count: 10, seconds: nth * 2 },
      { count: 10, seconds: nth },
    ]);
    expect(ratio).toEqual({ min: 0.5, median: 0.5, max: 0.5 });
  });

  test('a repetition that counted nothing is a fault, not a figure', async () => {
    await expect(measure(NAMED, async () => ({ count: 0, seconds: 1 }))).rejects.toThrow('counted nothing');
    expect(() => spreadOf([])).toThrow(RangeError);
  });

  test('everything is done once, so many at a time, and a failure passes on', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await abreast([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      done.push(item);
    });
    expect(done.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
    await expect(abreast([1], 3, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  });
});

const report: Report = {
  on: '2026-11-24',
  build: 'abc',
  scale: 0.05,
  subjects: 1_000,
  cadres: 106,
  machine: {
    cores: 2,
    memoryGiB: 8,
    loadBefore: 3,
    platform: 'linux-x64',
    node: '20.20.2',
    postgres: '18.4',
    durable: { fsync: 'on' },
  },
  figures: [
    {
      ...NAMED,
      count: 984,
      seconds: { min: 1, median: 2, max: 3 },
      aSecond: { min: 328, median: 492, max: 984 },
    },
  ],
  ratios: [{ id: 'visits', title: 'HTTP 比 直接写', ratio: { min: 0.3, median: 0.345, max: 0.4 } }],
  tookSeconds: 12,
};

describe('the report', () => {
  test('writes three digits and no exponent', () => {
    expect([0, 0.01234, 1.2, 66.43, 264_717, 1e9].map(short)).toEqual([
      '0',
      '0.0123',
      '1.20',
      '66.4',
      '264717',
      '1000000000',
    ]);
  });

  test('stands between the marks that OPERATIONS has for it, with the conditions it was measured under', () => {
    const block = asMarkdown(report);
    expect(block).toMatch(/^<!-- bench:start -->\n[\s\S]+\n<!-- bench:end -->\n$/);
    expect(block).toContain('| 走访 | 984 次走访 | 2.00(1.00 – 3.00) | 492(328 – 984) | 怎样 |');
    expect(block).toContain('fsync=on');
    expect(block).toContain('机器上另有别的工作');
    expect(block).toContain('HTTP 比 直接写 = 0.345(0.300 – 0.400)');
  });

  test('says nothing of other work on a quiet machine', () => {
    const quiet = { ...report, machine: { ...report.machine, loadBefore: 0.2 } };
    expect(asTable(quiet)).not.toContain('另有别的工作');
  });

  test('is the same for a program', () => {
    expect(JSON.parse(asJson(report))).toEqual(report);
  });
});
