/** What a cycle would do, asked for and confirmed on the command line. */
import { readCase } from '../cases/case-row.ts';
import { confirmCycle } from '../cases/supervision/confirm.ts';
import { previewCycle } from '../cases/supervision/preview.ts';
import { localDate } from '../domain/kernel/civil-day.ts';
import { quarterOf, requestedCycle, type CycleRequest } from '../domain/supervision/cycle-request.ts';
import type { Call } from './context.ts';
import { previewText } from './cycle-text.ts';
import { namesIn } from './names.ts';
import { CliProblem, refusedProblem } from './problem.ts';
import { answered } from './say.ts';

interface PreviewOptions {
  readonly kind?: CycleRequest['kind'];
  readonly name?: string;
  readonly from?: string;
  readonly to?: string;
  readonly unit?: string;
  readonly class?: string;
  readonly title?: string;
  readonly limit: number;
}

const HASH = /^[0-9a-f]{64}$/;

export async function preview(call: Call, quarter: string | undefined, options: PreviewOptions): Promise<void> {
  const actor = await call.actor();
  if (actor.role !== 'district-office' && actor.role !== 'town-office') throw refusedProblem({ code: 'not-office' });
  const found = await previewCycle(call.cases, await requestOf(call, quarter, options), actor);
  if ('refused' in found) throw refusedProblem(found.refused);
  const nameOf = await namesIn(call.cases, found.plan);
  call.answer(found, () => previewText(found, nameOf, options.limit));
}

async function requestOf(call: Call, quarter: string | undefined, options: PreviewOptions): Promise<CycleRequest> {
  const { kind, name, from, to, unit, class: subjectClass, title } = options;
  const narrowed = { ...given('unit', unit), ...given('class', subjectClass), ...given('title', title) };
  const adHoc = kind !== undefined || name !== undefined || from !== undefined || to !== undefined;
  if (!adHoc) return { kind: 'quarter', quarter: quarter ?? quarterOf(localDate(await call.now())), ...narrowed };
  if (quarter !== undefined) throw new CliProblem('options-conflict', '季度与专项督导(--name、--from、--to)只能写其一');
  const inferred = unit !== undefined ? 'unit' : subjectClass !== undefined ? 'class' : 'key-period';
  return {
    kind: kind ?? inferred,
    ...narrowed,
    ...given('name', name),
    ...given('fromOn', from),
    ...given('toOn', to),
  };
}

const given = <K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string };

/** Confirms exactly what was shown; for a cycle that runs, adds its late joiners. */
export async function confirm(call: Call, hash: string, reason: string | undefined): Promise<void> {
  if (!HASH.test(hash)) throw new CliProblem('invalid-hash', '哈希应为预览给出的 64 位十六进制');
  const actor = await call.actor();
  const { key } = call;
  await answered(
    call,
    await confirmCycle(call.cases, { hash, key, actor, ...(reason === undefined ? {} : { reason }) }),
  );
}

/** A preview of another cycle would add its rounds to that one. */
export async function mustPreview({ cases }: Call, hash: string, caseId: string): Promise<void> {
  await readCase(cases.pool, caseId);
  const { rows } = await cases.pool.query<{ scope: CycleRequest }>('SELECT scope FROM cycle_previews WHERE hash = $1', [
    hash,
  ]);
  const requested = rows[0] === undefined ? undefined : requestedCycle(rows[0].scope);
  if (requested === undefined || 'refused' in requested || `cycle/${requested.key}` !== caseId)
    throw refusedProblem({ code: 'preview-unknown' });
}
