/** What moved between two previews of the same cycle, in words. */
import type { Schemas } from '../../api/client.ts';

type Preview = Schemas['CyclePreview'];

/** `轮次 12 个 → 11 个`; empty where only rows changed places. */
export function whatChanged(before: Preview, now: Preview): readonly string[] {
  const lines: string[] = [];
  const compare = (what: string, unit: string, a: number, b: number): void => {
    if (a !== b) lines.push(`${what} ${a} ${unit} → ${b} ${unit}`);
  };
  compare('轮次', '个', before.totals.rounds, now.totals.rounds);
  compare('走访', '户', before.totals.visits, now.totals.visits);
  compare('其中须现场', '户', before.totals.onSite, now.totals.onSite);
  const titles = new Map([...before.kinds, ...now.kinds].map(({ code, title }) => [code, title]));
  const countIn = ({ kinds }: Preview, code: string): number => kinds.find((kind) => kind.code === code)?.count ?? 0;
  for (const [code, title] of titles) compare(title, '处', countIn(before, code), countIn(now, code));
  return lines;
}
