/** How sentences, articles and the axis of time read; nothing of it needs a browser. */
import { describe, expect, test } from 'vitest';
import { atOf, bandsOf, dayStart, ticksOf, xOf } from '../../web/pages/cases/axis-scale.ts';
import { fullWidth } from '../../web/words/punctuation.ts';
import { inFull } from '../../web/words/statutes.ts';

describe('punctuation', () => {
  test.each([
    ['认领,开始处置', '认领，开始处置'],
    ['须签订承诺书(版本 2026)', '须签订承诺书（版本 2026）'],
    ['责令改正,最后一日 2026-12-04,要求「更换温控」', '责令改正，最后一日 2026-12-04，要求「更换温控」'],
    ['收到于 2026-11-24 19:26:50', '收到于 2026-11-24 19:26:50'],
    ['round/2026-Q4/p-1 (a, b)', 'round/2026-Q4/p-1 (a, b)'],
    ['规则 BB-03(区政策,非法律:无期限)', '规则 BB-03（区政策，非法律：无期限）'],
    ['「已有」：不变', '「已有」：不变'],
    ['', ''],
  ])('%s', (api, page) => {
    expect(fullWidth(api)).toBe(page);
  });
});

describe('articles', () => {
  test.each([
    ['INS §33', '食品生产经营监督检查管理办法第33条'],
    ['INS §32、§33;FSL §114', '食品生产经营监督检查管理办法第32条、§33;食品安全法第114条'],
    ['PUB §12-14', '市场监督管理行政处罚信息公示规定第12-14条'],
    ['杭西食药安办〔2023〕5号第2点', '杭西食药安办〔2023〕5号第2点'],
    ['XX §1', 'XX §1'],
  ])('%s', (short, full) => {
    expect(inFull(short)).toBe(full);
  });
});

describe('the axis', () => {
  const at = (local: string): number => Date.parse(`${local}:00+08:00`);
  const scale = { from: at('2026-11-20T00:00'), to: at('2027-02-20T00:00'), width: 920 };

  test('puts an instant where it is read back from', () => {
    for (const instant of [at('2026-11-24T10:20'), at('2027-01-01T00:00')]) {
      expect(atOf(scale, xOf(scale, instant))).toBeCloseTo(instant, -1);
    }
    expect(xOf(scale, at('2020-01-01T00:00'))).toBe(0);
    expect(xOf(scale, at('2030-01-01T00:00'))).toBe(920);
  });

  test('names months, the year where it changes, and days where the stretch is short', () => {
    expect(ticksOf(scale).map(({ words }) => words)).toEqual(['12月', '2027年1月', '2月']);
    expect(ticksOf(scale).map(({ at: tick }) => tick)[0]).toBe(at('2026-12-01T00:00'));
    const week = { from: at('2026-11-28T12:00'), to: at('2026-12-02T12:00'), width: 600 };
    expect(ticksOf(week).map(({ words }) => words)).toEqual(['11月29日', '11月30日', '12月1日', '12月2日']);
    const years = { from: at('2020-01-15T00:00'), to: at('2030-01-15T00:00'), width: 700 };
    expect(ticksOf(years).length).toBeLessThanOrEqual(10);
  });

  test('draws neighbouring days off as one band', () => {
    expect(bandsOf(['2026-11-28', '2026-11-29', '2026-12-05'])).toEqual([
      { from: dayStart('2026-11-28'), to: dayStart('2026-11-30') },
      { from: dayStart('2026-12-05'), to: dayStart('2026-12-06') },
    ]);
  });
});
