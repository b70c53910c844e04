/** In which order subjects stand: by one's own, the rest by address; so that neighbours are neighbours. */
import type { SheetSubject } from './use-round.ts';

const chinese = new Intl.Collator('zh-CN', { numeric: true });

export function inOrder(subjects: readonly SheetSubject[], own: readonly string[] | null): readonly SheetSubject[] {
  const place = new Map((own ?? []).map((subject, nth) => [subject, nth]));
  const nth = ({ subject }: SheetSubject): number => place.get(subject) ?? place.size;
  return [...subjects].sort(
    (a, b) => nth(a) - nth(b) || chinese.compare(a.address, b.address) || chinese.compare(a.name, b.name),
  );
}

/** The ids after one of them moved by a step; the ends hold. */
export function moved(ids: readonly string[], id: string, step: -1 | 1): readonly string[] {
  const from = ids.indexOf(id);
  const to = from + step;
  const other = ids[to];
  if (from < 0 || other === undefined) return ids;
  return ids.map((one, nth) => (nth === from ? other : nth === to ? id : one));
}
