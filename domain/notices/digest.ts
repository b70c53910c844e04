/** The mail itself: subject, plain text and HTML of one message to one person. Knows no database and no mail server. */
import { instantWords } from './date-words.ts';
import { escapeHtml, singleLine } from './single-line.ts';
import { GROUP_TITLES, type Group } from './templates.ts';

/** One notice as its reader sees it. All texts are already worded; `link` is an absolute address. */
export interface Item {
  readonly group: Group;
  readonly kind: string;
  readonly act: string;
  readonly matter: string;
  readonly progress: string | null;
  /** `12月31日 周四 24:00(剩 37 天)`. */
  readonly due: string | null;
  readonly why: string | null;
  readonly next: string | null;
  readonly says: string | null;
  /** Why it came to this reader, when not for the own post. */
  readonly through: string | null;
  readonly link: string;
}

export interface Composed {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const ORDER: readonly Group[] = ['overdue', 'due-today', 'near', 'to-do', 'for-information'];
/** More items than this in one mail help nobody: the rest is counted, and stands in the to-do list. */
const MOST_ITEMS = 100;
const LONGEST_SUBJECT = 60;

/** Items by urgency, then kind, as they stand in the mail. */
export function arranged(items: readonly Item[]): readonly Item[] {
  return [...items].sort((a, b) => ORDER.indexOf(a.group) - ORDER.indexOf(b.group) || compare(a.kind, b.kind));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Composes the mail as of `now` (epoch ms); `home` is where the to-do list stands. */
export function compose(
  reader: { readonly name: string },
  items: readonly Item[],
  home: string,
  now: number,
): Composed {
  const all = arranged(items);
  const shown = all.slice(0, MOST_ITEMS);
  const left = all.length - shown.length;
  const greeting = `${singleLine(reader.name, 40)}:您好。`;
  const lead = `截至 ${instantWords(now, now)},有 ${all.length} 件事需要您知道。`;
  const rest = left === 0 ? null : `另有 ${left} 件未列出,见待办:${home}`;
  const foot = `全部待办:${home}。本邮件由系统发出,请勿回复。标明“区政策,非法律”的期限由区里规定。`;
  return {
    subject: subjectOf(all),
    text: [greeting, '', lead, '', ...textOf(shown), ...(rest === null ? [] : [rest, '']), foot, ''].join('\n'),
    html: htmlOf({ greeting, lead, rest, foot }, shown),
  };
}

function subjectOf(items: readonly Item[]): string {
  const [first] = items;
  if (items.length === 1 && first !== undefined) {
    return singleLine(`【照单】${GROUP_TITLES[first.group]}:${first.act}(${first.matter})`, LONGEST_SUBJECT);
  }
  const counts = ORDER.map((group) => ({ group, count: items.filter((item) => item.group === group).length }));
  const parts = counts.filter(({ count }) => count > 0).map(({ group, count }) => `${GROUP_TITLES[group]} ${count} 件`);
  return singleLine(`【照单】${parts.join(',')}`, LONGEST_SUBJECT);
}

/** The lines under an item's heading, label and words. */
function linesOf({ progress, due, why, next, says, through }: Item): readonly (readonly [string, string])[] {
  const lines: readonly (readonly [string, string | null])[] = [
    ['进度', progress],
    ['期限', due],
    ['为何', why],
    ['说明', says],
    ['之后', next],
    ['收件', through],
  ];
  return lines.flatMap(([label, words]) => (words === null ? [] : [[label, words] as const]));
}

const headings = (items: readonly Item[]): ReadonlyMap<Group, readonly Item[]> =>
  new Map(
    ORDER.map((group) => [group, items.filter((item) => item.group === group)] as const).filter(
      ([, found]) => found.length > 0,
    ),
  );

function textOf(items: readonly Item[]): string[] {
  let number = 0;
  return [...headings(items)].flatMap(([group, found]) => [
    `【${GROUP_TITLES[group]}】${found.length} 件`,
    '',
    ...found.flatMap((item) => [
      `${(number += 1)}. ${item.act} — ${item.matter}`,
      ...linesOf(item).map(([label, words]) => `   ${label}:${words}`),
      `   查看:${item.link}`,
      '',
    ]),
  ]);
}

function htmlOf(
  { greeting, lead, rest, foot }: { greeting: string; lead: string; rest: string | null; foot: string },
  items: readonly Item[],
): string {
  const paragraph = (words: string): string => `<p>${escapeHtml(words)}</p>`;
  const itemHtml = (item: Item): string =>
    [
      `<li><p><strong>${escapeHtml(item.act)}</strong> — ${escapeHtml(item.matter)}<br>`,
      linesOf(item)
        .map(([label, words]) => `${label}:${escapeHtml(words)}<br>`)
        .join('\n'),
      `<a href="${escapeHtml(item.link)}">查看</a></p></li>`,
    ].join('\n');
  const groups = [...headings(items)].map(
    ([group, found]) =>
      `<h2>${GROUP_TITLES[group]}(${found.length} 件)</h2>\n<ol>\n${found.map(itemHtml).join('\n')}\n</ol>`,
  );
  return [
    '<!doctype html>',
    '<html lang="zh-CN"><head><meta charset="utf-8"><title>照单</title></head><body>',
    paragraph(greeting),
    paragraph(lead),
    ...groups,
    ...(rest === null ? [] : [paragraph(rest)]),
    paragraph(foot),
    '</body></html>',
    '',
  ].join('\n');
}
