/** Changes of the register. What they set off in running work is told in the answer. */
import { z } from 'zod';
import { refusalText } from '../../cases/refusal-texts.ts';
import { changeRegister, type RegisterAnswer } from '../../cases/register/change-register.ts';
import { firstOutside } from '../../cases/register/within.ts';
import { mayMake } from '../../domain/rights/change-rights.ts';
import type { ApiDeps } from '../deps.ts';
import { command, type Operation } from '../operation.ts';
import { ApiProblem, refusalProblem } from '../problem.ts';
import { REFUSAL_CODES } from '../problem-texts.ts';
import { ChangesBody } from '../register-changes.ts';

const RegisterProblem = z.strictObject({
  code: z.string(),
  index: z.int(),
  details: z.record(z.string(), z.string().nullable()),
  text: z.string().meta({ description: '一句话' }),
});

export const RegisterChanged = z
  .strictObject({
    at: z.int(),
    written: z.int(),
    entries: z.array(z.strictObject({ chain: z.string(), seq: z.int(), head: z.string() })),
    warnings: z.array(RegisterProblem),
    opened: z.array(z.string()),
    told: z.array(z.string()),
  })
  .meta({ id: 'RegisterChanged' });

/** The answer to a change: every warning with its sentence. */
export const changedJson = ({
  at,
  written,
  entries,
  warnings,
  opened,
  told,
}: Extract<RegisterAnswer, { readonly ok: true }>): z.input<typeof RegisterChanged> => ({
  at,
  written,
  entries: [...entries],
  warnings: warnings.map((warning) => ({ ...warning, text: refusalText(warning) })),
  opened: [...opened],
  told: [...told],
});

export function registerOperations({ cases }: Pick<ApiDeps, 'cases'>): Operation[] {
  return [
    command({
      method: 'post',
      path: '/api/register/changes',
      right: 'register.change',
      tag: '名册',
      summary: '变更名册',
      description: '一批变更全部生效或全部不生效;对正在进行的工作的影响(新职责、移交)在答复中列出。',
      body: ChangesBody,
      answers: [{ status: 200, description: '已变更', json: RegisterChanged }],
      problems: REFUSAL_CODES,
      handle: async ({ body: { changes, effectiveOn }, actor, key, reach }) => {
        const notYours = changes.findIndex((change) => !mayMake(actor.role, change));
        if (notYours >= 0) throw new ApiProblem('change-not-yours', { details: { index: notYours + 1 } });
        const outside = await firstOutside(cases.pool, reach, changes);
        if (outside !== null) throw new ApiProblem('change-out-of-reach', { details: { index: outside + 1 } });
        const answer = await changeRegister(cases, changes, {
          actor,
          key,
          ...(effectiveOn === undefined ? {} : { effectiveOn }),
        });
        if (!answer.ok) throw refusalProblem(answer.refusal);
        return { json: changedJson(answer) };
      },
    }),
  ];
}
