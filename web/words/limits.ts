/** How a limit reads as the law or the district set it; what is left of one is in `dates.ts`. */

const UNITS: Readonly<Record<string, string>> = { h: '小时', WD: '个工作日', CD: '日', month: '个月', year: '年' };

export const unitWords = (unit: string): string => UNITS[unit] ?? unit;

/** `20 个工作日`, `15 日`, `3 个月`. */
export const limitWords = ({ amount, unit }: { readonly amount: number; readonly unit: string }): string =>
  `${amount} ${unitWords(unit)}`;
