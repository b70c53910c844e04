/** Which days, rows and cells the heat-map shows, as the URL holds them. */
export const SPLITS = [
  ['town', '按镇街'],
  ['class', '按级别'],
  ['post', '按干部'],
] as const;
export type Split = (typeof SPLITS)[number][0];

export const isSplit = (value: string | undefined): value is Split => SPLITS.some(([split]) => split === value);

/** A cycle's own period, or the whole year it lies in, every cycle's rounds with it. */
export const spanQuery = (span: string | null, cycle: string): { cycle: string } | { year: number } =>
  span === 'year' ? { year: Number(cycle.slice(0, 4)) } : { cycle };

/** `visit/2026-11-16/sandun/town`: the duty, the Monday, the row and by what it is a row. */
export const cellName = (duty: string, week: string, key: string | null, split: Split): string =>
  `${duty}/${week}/${key ?? ''}/${split}`;

export function cellParts(cell: string): { duty: string; week: string; key: string; split: Split } {
  const [duty = '', week = '', key = '', split] = cell.split('/');
  return { duty, week, key, split: isSplit(split) ? split : 'town' };
}
