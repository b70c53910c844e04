/** What a cycle would do before anybody starts it: problems first, rounds page by page, as a table, the next quarter. */
import { z } from 'zod';
import { refusalText } from '../../cases/refusal-texts.ts';
import { writeXlsx } from '../../cases/register/sheets/write-xlsx.ts';
import { previewCycle, type Preview } from '../../cases/supervision/preview.ts';
import { previewTable } from '../../cases/supervision/preview-table.ts';
import { previewRows, problemKinds, type NamedRow, type ProblemKind } from '../../cases/supervision/preview-shown.ts';
import { nextQuarter } from '../../cases/supervision/proposal.ts';
import { PLAN_PROBLEMS, type PlanProblem } from '../../domain/supervision/plan-problems.ts';
import { CycleRequestBody, PlanRowShape, PreviewShape, ProposalShape } from '../cycle-bodies.ts';
import type { ApiDeps } from '../deps.ts';
import { Digest } from '../fields.ts';
import { acting, type Operation } from '../operation.ts';
import { cursorOf, page, paged, readCursor } from '../paging.ts';
import { KIND_WORDS } from '../plan-kinds.ts';
import { mustReach, mustReachPreview } from '../preview-reach.ts';
import { ApiProblem, refusalProblem } from '../problem.ts';
import { attached, XLSX } from '../workbook.ts';

/** Rounds that come with the preview itself. */
const FIRST_PAGE = 50;
/** Problems of the plan as a whole that are spelled out; the counts are of all. */
const SPELLED_OUT = 100;

const told = (problem: PlanProblem) => ({ ...problem, message: refusalText(problem) });
const saidRow = (row: NamedRow) => ({ ...row, problems: row.problems.map(told) });
const saidKind = (kind: ProblemKind) => ({ ...kind, ...KIND_WORDS[kind.code], units: [...kind.units] });

/** Every row has the same reason and the same last day: they are said once. */
function shown(
  { hash, title, running, firstNotices, plan }: Preview,
  kinds: readonly ProblemKind[],
  rows: readonly NamedRow[],
) {
  const { cycle, period, scope, provisional, totals, problems } = plan;
  const said = kinds.map(saidKind);
  const first = rows.slice(0, FIRST_PAGE);
  return {
    hash,
    title,
    cycle,
    running,
    period,
    scope,
    provisional,
    why: plan.rows[0]?.why ?? null,
    dueOn: plan.rows[0]?.dueOn ?? null,
    totals,
    firstNotices,
    kinds: [...said.filter(({ grave }) => grave), ...said.filter(({ grave }) => !grave)],
    clean: plan.rows.filter((row) => row.problems.length === 0).length,
    problems: problems.slice(0, SPELLED_OUT).map(told),
    rows: first.map(saidRow),
    next: rows.length > FIRST_PAGE ? cursorOf(first.at(-1)?.ordinal) : null,
  };
}

const params = z.strictObject({ hash: Digest });
/** A plan has at most a round a post; a table of more would be no plan of ours. */
const WHOLE = 100_000;

export function cyclePreviewOperations({ cases, pool }: Pick<ApiDeps, 'cases' | 'pool'>): Operation[] {
  return [
    acting({
      method: 'post',
      path: '/api/cycles/preview',
      right: 'cycle.start',
      tag: '督导',
      summary: '预览一个周期',
      description: '各类问题、每个轮次的包保干部、走访、期限与理由,问题在前。什么也不启动;确认时须带答复中的 hash。',
      body: CycleRequestBody,
      answers: [{ status: 200, description: '预览', json: PreviewShape }],
      problems: ['bad-period', 'bad-cycle-name', 'scope-incomplete', 'unit-out-of-reach', 'whole-district'],
      handle: async ({ body, actor, reach }) => {
        await mustReach(pool, reach, body);
        const preview = await previewCycle(cases, body, actor);
        if ('refused' in preview) throw refusalProblem(preview.refused);
        const rows = await previewRows(pool, preview.hash, { limit: FIRST_PAGE + 1 });
        return { json: shown(preview, await problemKinds(pool, preview.plan), rows ?? []) };
      },
    }),
    acting({
      method: 'get',
      path: '/api/cycles/previews/{hash}/rows',
      right: 'cycle.start',
      tag: '督导',
      summary: '预览的轮次,有问题的在前',
      params,
      query: z.strictObject({
        problem: z.enum(PLAN_PROBLEMS).optional().meta({ description: '只列有此问题的轮次' }),
        ...paged,
      }),
      answers: [{ status: 200, description: '一页轮次', json: page(PlanRowShape) }],
      problems: ['preview-unknown', 'invalid-cursor', 'unit-out-of-reach', 'whole-district'],
      handle: async ({ params: { hash }, query: { problem, limit, cursor }, reach }) => {
        await mustReachPreview(pool, reach, hash);
        const after = readCursor(cursor, z.int().min(0).max(2_147_483_647));
        const more = await previewRows(pool, hash, { problem, after, limit: limit + 1 });
        if (more === null) throw new ApiProblem('preview-unknown');
        const rows = more.slice(0, limit);
        return { json: { rows: rows.map(saidRow), next: more.length > limit ? cursorOf(rows.at(-1)?.ordinal) : null } };
      },
    }),
    acting({
      method: 'get',
      path: '/api/cycles/previews/{hash}/rows.xlsx',
      right: 'cycle.start',
      shows: 'export',
      tag: '督导',
      summary: '预览的轮次,为工作簿',
      params,
      answers: [{ status: 200, description: '工作簿', mediaTypes: [XLSX] }],
      problems: ['preview-unknown', 'unit-out-of-reach', 'whole-district'],
      handle: async ({ params: { hash }, reach }) => {
        await mustReachPreview(pool, reach, hash);
        const rows = await previewRows(pool, hash, { limit: WHOLE });
        if (rows === null) throw new ApiProblem('preview-unknown');
        return {
          bytes: await writeXlsx([previewTable(rows)]),
          mediaType: XLSX,
          headers: attached(`预览-${hash.slice(0, 8)}.xlsx`),
        };
      },
    }),
    acting({
      method: 'get',
      path: '/api/proposals',
      right: 'cycle.start',
      tag: '督导',
      summary: '下一季度的建议',
      description: '按名册此刻的样子预览下一季度;启动仍由食药安办决定。`state` 为 open 时该季度已启动。',
      answers: [{ status: 200, description: '建议', json: z.strictObject({ proposals: z.array(ProposalShape) }) }],
      handle: async ({ reach }) => ({
        json: { proposals: reach.scope === 'district' ? [await nextQuarter(cases)] : [] },
      }),
    }),
  ];
}
