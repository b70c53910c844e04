/** How the days of a limit are counted, by the law that says so: data with its article. Knows no rule and no date. */
import type { RegimeId } from './rule.ts';

/** On which days a limit in calendar days, months or years may not end. */
export type Roll = 'none' | 'notice-holiday' | 'non-working-day';

export interface Regime {
  readonly id: RegimeId;
  /** Regulation and article that fixes the counting. */
  readonly article: string;
  /** Chinese, as the explanation shows it. */
  readonly title: string;
  /** 法定节假日 read narrowly: only days of the holiday notice move the last day. Reminders and rates use it. */
  readonly strict: Roll;
  /** Read widely: any non-working day moves it. */
  readonly lenient: Roll;
  /** Whether time in transit is left out. */
  readonly travelExcluded: boolean;
  /** What the text says about counting, in Chinese. */
  readonly says: string;
}

/** In every regime the day of the starting event is not counted, and hours run through nights and holidays. */
export const REGIMES: Readonly<Record<RegimeId, Regime>> = {
  O121: {
    id: 'O121',
    article: 'O121 §45',
    title: '市场监督管理投诉举报处理办法第四十五条',
    strict: 'notice-holiday',
    lenient: 'non-working-day',
    travelExcluded: false,
    says: '期间开始之日不计算在内,自下一工作日或者下一日起算;届满日为法定节假日的,以其后第一日为届满日',
  },
  APR: {
    id: 'APR',
    article: 'APR §80',
    title: '市场监督管理行政处罚程序规定第八十条',
    strict: 'notice-holiday',
    lenient: 'non-working-day',
    travelExcluded: true,
    says: '期间开始的时或者日不计算在内;届满日为法定节假日的,以其后第一日为届满日;不包括在途时间',
  },
  APL: {
    id: 'APL',
    article: 'APL §85',
    title: '行政处罚法第八十五条',
    strict: 'none',
    lenient: 'non-working-day',
    travelExcluded: false,
    says: '二日、三日、五日、七日指工作日,不含法定节假日;未规定其他期间的顺延',
  },
  CPL: {
    id: 'CPL',
    article: 'CPL §105',
    title: '刑事诉讼法第一百零五条',
    strict: 'notice-holiday',
    lenient: 'non-working-day',
    travelExcluded: true,
    says: '期间开始的时和日不算在期间以内;届满日为节假日的,以节假日后的第一日为届满日;不包括路途时间',
  },
  R310: {
    id: 'R310',
    article: 'R310',
    title: '行政执法机关移送涉嫌犯罪案件的规定(未规定顺延,从严按自然日)',
    strict: 'none',
    lenient: 'non-working-day',
    travelExcluded: false,
    says: '规定未写明工作日,也未写明顺延;从严按自然日计算,不顺延,顺延后的日期仅作提示',
  },
  SILENT: {
    id: 'SILENT',
    article: '—',
    title: '法规未规定期间计算方法(从严不顺延)',
    strict: 'none',
    lenient: 'non-working-day',
    travelExcluded: false,
    says: '法规未规定届满日遇节假日如何处理;从严不顺延,顺延后的日期仅作提示',
  },
  POLICY: {
    id: 'POLICY',
    article: '区政策',
    title: '区政策(参照 O121 §45)',
    strict: 'notice-holiday',
    lenient: 'non-working-day',
    travelExcluded: false,
    says: '期间开始之日不计算在内;届满日为放假日的,以其后第一日为届满日',
  },
};
