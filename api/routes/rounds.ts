/** The hot path: a cadre's rounds and the visits recorded in them. The same commands as everywhere, under a shorter name. */
import { z } from 'zod';
import { apply } from '../../cases/apply.ts';
import { keepOrder, myRounds, roundSheet } from '../../cases/round-sheet.ts';
import type { ApiDeps } from '../deps.ts';
import { CycleKey, Id } from '../fields.ts';
import { RecordVisit } from '../../cases/kinds/round.ts';
import { acting, command, shared, type Operation } from '../operation.ts';
import { page } from '../paging.ts';
import { REFUSAL_CODES } from '../problem-texts.ts';
import { ListedCaseShape } from '../case-shape.ts';
import { MyRoundShape, SheetShape } from '../round-shape.ts';
import { DoneShape } from '../shapes.ts';
import { caseFilters, casePage, doneOr } from './cases.ts';

const params = z.strictObject({
  id: CycleKey.meta({ description: '轮次编号:周期编号与岗位,须编码', example: '2026-Q4/P-0042' }),
});
const caseOf = ({ id }: { readonly id: string }): string => `round/${id}`;
const Visit = RecordVisit.omit({ type: true }).meta({ id: 'Visit', description: '一次走访' });

export function roundOperations(deps: ApiDeps): Operation[] {
  return [
    shared({
      method: 'get',
      path: '/api/rounds',
      right: 'case.read',
      tag: '督导',
      summary: '查询轮次',
      query: z.strictObject(caseFilters),
      answers: [{ status: 200, description: '一页轮次', json: page(ListedCaseShape) }],
      problems: ['invalid-cursor'],
      handle: async ({ query, reach }) => ({ json: await casePage(deps, { ...query, kind: 'round' }, reach) }),
    }),
    acting({
      method: 'get',
      path: '/api/rounds/mine',
      right: 'round.work',
      tag: '督导',
      summary: '我的岗位正在走访的轮次',
      answers: [{ status: 200, description: '轮次', json: z.strictObject({ rows: z.array(MyRoundShape) }) }],
      handle: async ({ actor }) => ({ json: { rows: await myRounds(deps.cases, actor.post) } }),
    }),
    acting({
      method: 'get',
      path: '/api/rounds/{id}/sheet',
      right: 'round.work',
      shows: 'texts',
      tag: '督导',
      summary: '走访单:走访一轮所需的全部内容',
      description: '一次取齐,断网时照常走访。',
      params,
      caseOf,
      answers: [{ status: 200, description: '走访单', json: SheetShape }],
      problems: ['case-not-found', 'newer-state'],
      handle: async ({ params: { id }, actor }) => ({ json: await roundSheet(deps.cases, caseOf({ id }), actor.post) }),
    }),
    acting({
      method: 'put',
      path: '/api/rounds/{id}/order',
      right: 'round.work',
      tag: '督导',
      summary: '排定自己的走访顺序',
      params,
      caseOf,
      body: z.strictObject({ subjects: z.array(Id).max(2_000) }),
      answers: [{ status: 200, description: '已保存', json: z.strictObject({ subjects: z.array(z.string()) }) }],
      problems: ['case-not-found'],
      handle: async ({ params: { id }, body: { subjects }, actor }) => {
        await keepOrder(deps.pool, caseOf({ id }), actor.post, subjects);
        return { json: { subjects } };
      },
    }),
    command({
      method: 'post',
      path: '/api/rounds/{id}/visits',
      right: 'case.act',
      tag: '督导',
      summary: '记录走访',
      description: '走访编号由客户端生成。网络中断后请以同一 Idempotency-Key 重发,只记一次。',
      params,
      caseOf,
      body: Visit,
      answers: [{ status: 200, description: '已记录', json: DoneShape }],
      problems: ['case-not-found', 'newer-state', ...REFUSAL_CODES],
      handle: async ({ params: { id }, body, actor, key, received }) => {
        const said = { type: 'record-visit', ...body };
        return doneOr(await apply(deps.cases, said, { caseId: `round/${id}`, key, actor, received }));
      },
    }),
  ];
}
