/** 缺席与代理: a person says when they are away and who stands in; the register writes it down. */
import { z } from 'zod';
import { changeRegister } from '../../cases/register/change-register.ts';
import type { ApiDeps } from '../deps.ts';
import { Day, Id, name } from '../fields.ts';
import { acting, command, type Operation } from '../operation.ts';
import { refusalProblem } from '../problem.ts';
import { REFUSAL_CODES } from '../problem-texts.ts';

const Named = z.strictObject({ id: z.string(), name: z.string() });

const AbsenceShape = z
  .strictObject({
    id: z.string(),
    person: Named,
    deputy: Named.nullable(),
    fromOn: z.string(),
    toOn: z.string(),
    cause: z.string(),
    mine: z.boolean().meta({ description: '是我的缺席;否则是我代理的' }),
  })
  .meta({ id: 'Absence' });

const Written = z.strictObject({ at: z.int(), told: z.array(z.string()).meta({ description: '因此告知的案件' }) });

export function absenceOperations({ cases, pool }: Pick<ApiDeps, 'cases' | 'pool'>): Operation[] {
  return [
    acting({
      method: 'get',
      path: '/api/absences',
      right: 'absence.set',
      tag: '待办',
      summary: '我的缺席,和我代理的',
      answers: [{ status: 200, description: '缺席,从新到旧', json: z.strictObject({ rows: z.array(AbsenceShape) }) }],
      handle: async ({ actor }) => {
        const { rows } = await pool.query(
          `SELECT a.id, jsonb_build_object('id', h.id, 'name', h.name) AS person,
                  CASE WHEN d.id IS NULL THEN NULL ELSE jsonb_build_object('id', d.id, 'name', d.name) END AS deputy,
                  a.from_on AS "fromOn", a.to_on AS "toOn", a.cause, a.person_id = $1 AS mine
             FROM absences a JOIN persons h ON h.id = a.person_id LEFT JOIN persons d ON d.id = a.deputy_id
            WHERE a.person_id = $1 OR a.deputy_id = $1 ORDER BY a.from_on DESC, a.id LIMIT 100`,
          [actor.person],
        );
        return { json: { rows } };
      },
    }),
    command({
      method: 'post',
      path: '/api/absences',
      right: 'absence.set',
      tag: '待办',
      summary: '登记我的缺席',
      body: z.strictObject({ on: Day, until: Day, deputy: Id.nullable(), cause: name(100) }),
      answers: [{ status: 200, description: '已登记', json: Written }],
      problems: REFUSAL_CODES,
      handle: async ({ body, actor, key }) => {
        const change = { type: 'absence-began', person: actor.person, ...body } as const;
        const answer = await changeRegister(cases, [change], { actor, key });
        if (!answer.ok) throw refusalProblem(answer.refusal);
        return { json: { at: answer.at, told: answer.told } };
      },
    }),
    command({
      method: 'post',
      path: '/api/absences/end',
      right: 'absence.set',
      tag: '待办',
      summary: '提前结束我的缺席',
      body: z.strictObject({ on: Day.meta({ description: '回来的那一天' }) }),
      answers: [{ status: 200, description: '已登记', json: Written }],
      problems: REFUSAL_CODES,
      handle: async ({ body: { on }, actor, key }) => {
        const answer = await changeRegister(cases, [{ type: 'absence-ended', person: actor.person, on }], {
          actor,
          key,
        });
        if (!answer.ok) throw refusalProblem(answer.refusal);
        return { json: { at: answer.at, told: answer.told } };
      },
    }),
  ];
}
