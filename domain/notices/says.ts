/** What a notice's own details say, in Chinese. Free text of people is never repeated: it stays in the case, where it can be erased. */
import type { Json } from '../kernel/process.ts';

export type Details = { readonly [key: string]: Json };

/** What wording needs from outside: names by id (the id itself where there is none). */
export type NameOf = (id: string) => string;

/** A sentence, or `null` when the details say nothing a reader needs. */
export type Says = (details: Details, nameOf: NameOf) => string | null;

export const textOf = (value: Json | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;

/** Several sentences as one; those with nothing to say fall out. */
export const joined =
  (...parts: readonly Says[]): Says =>
  (details, nameOf) => {
    const said = parts.flatMap((part) => part(details, nameOf) ?? []);
    return said.length === 0 ? null : said.join(';');
  };

/** `label:value`, the value as it stands, or through `words`. */
export const value =
  (key: string, label: string, words: Readonly<Record<string, string>> = {}): Says =>
  (details) => {
    const said = textOf(details[key]);
    return said === null ? null : `${label}:${words[said] ?? said}`;
  };

/** A number with its measure word: `应督导 10 家`. */
export const count =
  (key: string, before: string, measure: string): Says =>
  (details) => {
    const said = textOf(details[key]);
    return said === null ? null : `${before} ${said} ${measure}`;
  };

/** The name behind an id. */
export const name =
  (key: string, label: string): Says =>
  (details, nameOf) => {
    const id = textOf(details[key]);
    return id === null ? null : `${label}:${nameOf(id)}`;
  };

/** A civil date as `2026年12月31日`. */
export const day =
  (key: string, label: string): Says =>
  (details) => {
    const [year, month, date] = (textOf(details[key]) ?? '').split('-');
    if (year === undefined || month === undefined || date === undefined) return null;
    return `${label} ${year}年${Number(month)}月${Number(date)}日`;
  };

/** A fixed sentence. */
export const words =
  (sentence: string): Says =>
  () =>
    sentence;

/** Paper a rung proposes; proposing is not issuing. */
export const paper: Says = (details) => {
  const document = textOf(details['document']);
  return document === null ? null : `拟发《${document}》,是否发出由有权岗位决定`;
};

const RATES: Readonly<Record<string, string>> = {
  binding: '包保关系建立率',
  pledge: '承诺书签订率',
  completion: '督导完成率',
};

/** `包保关系建立率 198 / 200` for each rate the details hold. */
export const rates: Says = (details) => {
  const said = Object.entries(RATES).flatMap(([key, title]) => {
    const { numerator, denominator } = (details[key] ?? {}) as { numerator?: Json; denominator?: Json };
    return typeof numerator === 'number' && typeof denominator === 'number'
      ? [`${title} ${numerator} / ${denominator}`]
      : [];
  });
  return said.length === 0 ? null : said.join(',');
};

/** The names of the rates listed under `rates`. */
export const rateNames: Says = ({ rates: listed }) =>
  Array.isArray(listed) && listed.length > 0
    ? `未达 100%:${listed.map((rate: Json) => RATES[textOf(rate) ?? ''] ?? '').join('、')}`
    : null;
