/** The hot path: a cadre's rounds and the visits recorded in them. The same commands as everywhere, under a shorter name. */
import { z } from 'zod';
import { apply } from '../../cases/apply.ts';
import type { ApiDeps } from '../deps.ts';
import { CycleKey } from '../fields.ts';
import { RecordVisit } from '../../cases/kinds/round.ts';
import { acting, command, type Operation } from '../operation.ts';
import { page } from '../paging.ts';
import { REFUSAL_CODES } from '../problem-texts.ts';
import { ListedCaseShape } from '../case-shape.ts';
import { DoneShape } from '../shapes.ts';
import { caseFilters, casePage, doneOr } from './cases.ts';

const params = z.strictObject({
  id: CycleKey.meta({ description: '轮次编号:周期编号与岗位,须编码', example: '2026-Q4/P-0042' }),
});
const Visit = RecordVisit.omit({ type: true }).meta({ id: 'Visit', description: '一次走访' });

export function roundOperations(deps: ApiDeps): Operation[] {
  return [
    acting({
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
    command({
      method: 'post',
      path: '/api/rounds/{id}/visits',
      right: 'case.act',
      tag: '督导',
      summary: '记录走访',
      description: '走访编号由客户端生成。网络中断后请以同一 Idempotency-Key 重发,只记一次。',
      params,
      caseOf: ({ id }) => `round/${id}`,
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
