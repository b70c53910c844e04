/** Supervision cycles: kicking one off, leading it, its plan, figures and report. What one would do: `cycle-previews.ts`. */
import { z } from 'zod';
import { apply } from '../../cases/apply.ts';
import { readCase } from '../../cases/case-row.ts';
import { refusalText } from '../../cases/refusal-texts.ts';
import { countBoard } from '../../cases/supervision/board.ts';
import { confirmCycle, withdrawCycle } from '../../cases/supervision/confirm.ts';
import { listRefs } from '../../cases/supervision/refs.ts';
import { cycleReport } from '../../cases/supervision/report.ts';
import { SUBJECT_CLASSES } from '../../domain/register/register.ts';
import { requestedCycle, type CycleRequest } from '../../domain/supervision/cycle-request.ts';
import type { PlanProblem } from '../../domain/supervision/plan-problems.ts';
import { boardAsked } from '../board-scope.ts';
import { viewCase } from '../case-view.ts';
import {
  ConfirmBody,
  CycleActBody,
  FiguresShape,
  FrozenRowShape,
  ProgressShape,
  RatesShape,
  RefShape,
} from '../cycle-bodies.ts';
import type { ApiDeps } from '../deps.ts';
import { CycleKey, Flag, Id, Kebab } from '../fields.ts';
import { RATE_NAMES, viewFigures, viewLiveRates } from '../figures.ts';
import { acting, command, shared, type Operation } from '../operation.ts';
import { cursorOf, page, paged, readCursor } from '../paging.ts';
import { ApiProblem } from '../problem.ts';
import { REFUSAL_CODES } from '../problem-texts.ts';
import { CaseShape, ListedCaseShape } from '../case-shape.ts';
import { DoneShape } from '../shapes.ts';
import { attached, XLSX } from '../workbook.ts';
import { PUBLISHED } from '../../cases/supervision/published-unit.ts';
import { unitOf, unitsUnder } from '../../cases/visible.ts';
import { mustReachPreview } from '../preview-reach.ts';
import { caseFilters, casePage, doneOr } from './cases.ts';

const CycleLineShape = ListedCaseShape.extend({ title: z.string(), fromOn: z.string(), toOn: z.string() }).meta({
  id: 'CycleLine',
  description: '一个督导周期',
});

const params = z.strictObject({ id: CycleKey });
const caseOf = ({ id }: { id: string }): string => `cycle/${id}`;
const { stage, holder, unit, closed, breached, order, limit, cursor } = caseFilters;
const cycleFilters = { stage, holder, unit, closed, breached, order, limit, cursor };

const told = (problem: PlanProblem) => ({ ...problem, message: refusalText(problem) });

interface FrozenRow {
  readonly ordinal: number;
  readonly post: string;
  readonly postTitle: string;
  readonly unitName: string | null;
  readonly roundKey: string;
  readonly visits: number;
  readonly problems: readonly PlanProblem[];
  readonly result: string | null;
}

export function cycleOperations(deps: ApiDeps): Operation[] {
  const { cases, pool } = deps;

  /** A preview of another cycle would add its rounds to that one. */
  async function mustPreview(hash: string, key: string): Promise<void> {
    const { rows } = await pool.query<{ scope: CycleRequest }>('SELECT scope FROM cycle_previews WHERE hash = $1', [
      hash,
    ]);
    const requested = rows[0] === undefined ? undefined : requestedCycle(rows[0].scope);
    if (requested === undefined || 'refused' in requested || requested.key !== key) {
      throw new ApiProblem('preview-unknown');
    }
  }

  return [
    command({
      method: 'post',
      path: '/api/cycles',
      right: 'cycle.start',
      tag: '督导',
      summary: '启动一个周期',
      description: '按预览的 hash 确认;名册在预览后有变则拒绝,请重新预览。轮次由后台分批启动。',
      body: ConfirmBody,
      answers: [{ status: 200, description: '已启动,或已补入', json: DoneShape }],
      problems: ['unit-out-of-reach', 'whole-district', ...REFUSAL_CODES],
      handle: async ({ body: { hash, reason }, actor, key, received, reach }) => {
        await mustReachPreview(pool, reach, hash);
        return doneOr(
          await confirmCycle(cases, { hash, key, actor, received, ...(reason === undefined ? {} : { reason }) }),
        );
      },
    }),
    acting({
      method: 'get',
      path: '/api/cycles',
      right: 'cycle.read',
      tag: '督导',
      summary: '查询周期',
      query: z.strictObject(cycleFilters),
      answers: [{ status: 200, description: '一页周期', json: page(CycleLineShape) }],
      problems: ['invalid-cursor'],
      handle: async ({ query, reach }) => {
        const { rows, next } = await casePage(deps, { ...query, kind: 'cycle' }, reach);
        const { rows: named } = await pool.query<{ id: string; title: string; fromOn: string; toOn: string }>(
          `SELECT id, state->>'title' AS title, state->'period'->>'fromOn' AS "fromOn", state->'period'->>'toOn' AS "toOn"
             FROM cases WHERE id = ANY($1)`,
          [rows.map(({ id }) => id)],
        );
        const names = new Map(named.map(({ id, ...rest }) => [id, rest]));
        const unnamed = { title: '', fromOn: '', toOn: '' };
        return { json: { rows: rows.map((row) => ({ ...row, ...(names.get(row.id) ?? unnamed) })), next } };
      },
    }),
    acting({
      method: 'get',
      path: '/api/cycles/{id}',
      right: 'cycle.read',
      tag: '督导',
      summary: '查看一个周期',
      params,
      caseOf,
      answers: [{ status: 200, description: '周期', json: CaseShape }],
      problems: ['cycle-not-found', 'newer-state'],
      handle: async ({ params: { id }, actor, reach }) => {
        const view = await viewCase(cases, `cycle/${id}`, { actor, reach });
        if (view === undefined) throw new ApiProblem('cycle-not-found');
        return { json: view };
      },
    }),
    acting({
      method: 'get',
      path: '/api/cycles/{id}/progress',
      right: 'cycle.read',
      tag: '督导',
      summary: '启动到哪里了:各单位计划与已开的轮次',
      params,
      caseOf,
      answers: [{ status: 200, description: '进度', json: ProgressShape }],
      problems: ['case-not-found'],
      handle: async ({ params: { id }, reach }) => {
        const { rows } = await pool.query<{
          unit: string;
          name: string;
          planned: number;
          settled: number;
          failed: number;
        }>(
          `WITH ${PUBLISHED}
           SELECT coalesce(p.town, x.unit) AS unit, coalesce(u.name, x.unit) AS name, count(*)::int AS planned,
                  count(x.result)::int AS settled,
                  count(*) FILTER (WHERE x.result NOT IN ('opened', 'existed', 'existing'))::int AS failed
             FROM (SELECT input->>'unit' AS unit, result FROM cycle_plan WHERE cycle_id = $1) x
             LEFT JOIN published p ON p.id = x.unit LEFT JOIN units u ON u.id = coalesce(p.town, x.unit)
            WHERE ($2::text IS NULL OR x.unit IN (${unitsUnder('$2::text')}))
            GROUP BY 1, 2 ORDER BY planned DESC, 1`,
          [`cycle/${id}`, unitOf(reach)],
        );
        const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
        return {
          json: {
            planned: sum(({ planned }) => planned),
            settled: sum(({ settled }) => settled),
            failed: sum(({ failed }) => failed),
            units: rows,
          },
        };
      },
    }),
    acting({
      method: 'get',
      path: '/api/cycles/{id}/plan',
      right: 'cycle.read',
      tag: '督导',
      summary: '冻结的计划与逐行结果',
      params,
      caseOf,
      query: z.strictObject({
        result: Kebab.optional().meta({ description: '只列这一结果;`pending` 为尚未启动,`refused` 为未开成' }),
        ...paged,
      }),
      answers: [{ status: 200, description: '一页计划', json: page(FrozenRowShape) }],
      problems: ['case-not-found', 'invalid-cursor'],
      handle: async ({ params: { id }, query: { result, limit, cursor }, reach }) => {
        await readCase(pool, `cycle/${id}`);
        const after = readCursor(cursor, z.int().min(0).max(2_147_483_647)) ?? 0;
        const { rows } = await pool.query<FrozenRow>(
          `SELECT c.ordinal, c.post_id AS post, coalesce(p.title, c.post_id) AS "postTitle", u.name AS "unitName",
                  c.round_key AS "roundKey", jsonb_array_length(c.input->'visits') AS visits, c.problems, c.result
             FROM cycle_plan c LEFT JOIN posts p ON p.id = c.post_id LEFT JOIN units u ON u.id = c.input->>'unit'
            WHERE c.cycle_id = $1 AND c.ordinal > $2
              AND ($3::text IS NULL OR coalesce(split_part(c.result, ':', 1), 'pending') = $3)
              AND ($5::text IS NULL OR c.input->>'unit' IN (${unitsUnder('$5::text')}))
            ORDER BY c.ordinal LIMIT $4`,
          [`cycle/${id}`, after, result ?? null, limit + 1, unitOf(reach)],
        );
        const shownRows = rows.slice(0, limit).map((row) => ({
          ...row,
          problems: row.problems.map(told),
          why: row.result?.startsWith('refused:') ? refusalText({ code: row.result.slice('refused:'.length) }) : null,
        }));
        const next = rows.length > limit ? cursorOf(shownRows.at(-1)?.ordinal) : null;
        return { json: { rows: shownRows, next } };
      },
    }),
    command({
      method: 'post',
      path: '/api/cycles/{id}/commands',
      right: 'case.act',
      tag: '督导',
      summary: '暂停、恢复、补入、撤回、结束',
      params,
      caseOf,
      body: CycleActBody,
      answers: [{ status: 200, description: '已办理', json: DoneShape }],
      problems: ['case-not-found', 'newer-state', ...REFUSAL_CODES],
      handle: async ({ params: { id }, body, actor, key, received }) => {
        const caseId = `cycle/${id}`;
        switch (body.type) {
          case 'withdraw':
            return doneOr(await withdrawCycle(cases, { caseId, key, actor, received, reason: body.reason }));
          case 'add-late': {
            await readCase(pool, caseId);
            await mustPreview(body.hash, id);
            return doneOr(await confirmCycle(cases, { hash: body.hash, reason: body.reason, key, actor, received }));
          }
          case 'pause':
          case 'resume':
          case 'close':
            return doneOr(await apply(cases, body, { caseId, key, actor, received }));
        }
      },
    }),
    shared({
      method: 'get',
      path: '/api/cycles/{id}/figures',
      right: 'cycle.read',
      tag: '督导',
      summary: '三率:冻结的,或此刻的',
      params,
      caseOf,
      answers: [{ status: 200, description: '三率', json: FiguresShape }],
      problems: ['case-not-found'],
      handle: async ({ params: { id }, reach }) => ({
        json: viewFigures(await countBoard(pool, await boardAsked(deps, { cycle: id }, reach))),
      }),
    }),
    shared({
      method: 'get',
      path: '/api/cycles/{id}/figures/{rate}',
      right: 'cycle.read',
      tag: '督导',
      summary: '一个率的分子分母,到每一个编号',
      params: z.strictObject({ id: CycleKey, rate: z.enum(RATE_NAMES) }),
      caseOf,
      query: z.strictObject({ unit: Id.optional(), counted: Flag.optional(), ...paged }),
      answers: [{ status: 200, description: '一页编号', json: page(RefShape) }],
      problems: ['case-not-found', 'invalid-cursor', 'unit-out-of-reach'],
      handle: async ({ params: { id, rate }, query: { unit, counted, limit, cursor }, reach }) => {
        const after = readCursor(cursor, z.string().max(600));
        const asking = await boardAsked(deps, { cycle: id, unit }, reach);
        const rows = (await listRefs(pool, rate, asking, { counted, limit: limit + 1, after })).map(
          ({ ref, unit: its, counted: counts }) => ({ ref, unit: its, counted: counts }),
        );
        const here = rows.slice(0, limit);
        return { json: { rows: here, next: rows.length > limit ? cursorOf(here.at(-1)?.ref) : null } };
      },
    }),
    shared({
      method: 'get',
      path: '/api/rates',
      right: 'rates.read',
      tag: '督导',
      summary: '此刻的三率与缺口',
      query: z.strictObject({ unit: Id.optional(), class: z.enum(SUBJECT_CLASSES).optional() }),
      answers: [{ status: 200, description: '三率', json: RatesShape }],
      problems: ['unit-out-of-reach'],
      handle: async ({ query, reach }) => ({ json: await viewLiveRates(pool, await boardAsked(deps, query, reach)) }),
    }),
    acting({
      method: 'get',
      path: '/api/cycles/{id}/report.xlsx',
      right: 'export.make',
      shows: 'export',
      tag: '督导',
      summary: '周期报告',
      params,
      caseOf,
      answers: [{ status: 200, description: '工作簿:总览、分单位、未达标明细、轮次', mediaTypes: [XLSX] }],
      problems: ['case-not-found'],
      handle: async ({ params: { id }, reach }) => ({
        bytes: await cycleReport(cases, `cycle/${id}`, reach),
        mediaType: XLSX,
        headers: attached(`${id.replaceAll('/', '-')}-督导报告.xlsx`),
      }),
    }),
  ];
}
