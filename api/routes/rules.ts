/** The rules with their articles, and what a limit comes to. Knows no case. */
import { z } from 'zod';
import type { InForce } from '../../cases/office.ts';
import type { Rule } from '../../domain/kernel/rule.ts';
import { answeredDeadline } from '../deadline.ts';
import type { ApiDeps } from '../deps.ts';
import { Day, IsoInstant } from '../fields.ts';
import { acting, type Operation } from '../operation.ts';
import { ApiProblem } from '../problem.ts';
import { DeadlineShape, Unit } from '../shapes.ts';

const RuleId = z
  .string()
  .regex(/^[A-Z]{2,4}-\d{2}[a-z]?$/, '规则编号的形式如 CP-03')
  .meta({ id: 'RuleId', example: 'CP-03' });

const Limit = z.strictObject({ unit: Unit, amount: z.number() });

const RuleShape = z
  .strictObject({
    id: z.string(),
    version: z.string(),
    title: z.string(),
    basis: z.string(),
    mark: z.enum(['V', 'S', 'U', 'D']),
    inForceFrom: z.string(),
    inForceTo: z.string().exactOptional(),
    budget: Limit.nullable(),
    regime: z.enum(['O121', 'APR', 'APL', 'CPL', 'R310', 'SILENT', 'POLICY']),
    starts: z.string(),
    actor: z.string(),
    missed: z.string(),
    record: z.string(),
    stops: z.array(z.string()),
    extension: Limit.extend({ times: z.int(), approver: z.string(), article: z.string() }).exactOptional(),
    restarts: z.boolean().exactOptional(),
    ladder: z.string(),
    policyKey: z.string().exactOptional(),
    extensionKey: z.string().exactOptional(),
  })
  .meta({ id: 'Rule' }) satisfies z.ZodType<Rule>;

const params = z.strictObject({ id: RuleId });

export function ruleOperations({ cases, pool }: Pick<ApiDeps, 'cases' | 'pool'>): Operation[] {
  const inForce = async (): Promise<InForce> => {
    const client = await pool.connect();
    try {
      return await cases.office.inForce(client);
    } finally {
      client.release();
    }
  };
  return [
    acting({
      method: 'get',
      path: '/api/rules',
      right: 'office.read',
      tag: '规则与日历',
      summary: '现行规则库',
      query: z.strictObject({
        on: Day.optional().meta({ description: '只列这一天有效的版本' }),
        mark: z.enum(['V', 'S', 'U', 'D']).optional(),
      }),
      answers: [
        { status: 200, description: '规则', json: z.strictObject({ hash: z.string(), rules: z.array(RuleShape) }) },
      ],
      handle: async ({ query: { on, mark } }) => {
        const { rules } = await inForce();
        const listed = rules.rules.filter(
          (rule) =>
            (mark === undefined || rule.mark === mark) &&
            (on === undefined || (rule.inForceFrom <= on && (rule.inForceTo ?? on) >= on)),
        );
        return { json: { hash: rules.hash, rules: listed } };
      },
    }),
    acting({
      method: 'get',
      path: '/api/rules/{id}',
      right: 'office.read',
      tag: '规则与日历',
      summary: '一条规则的各个版本',
      params,
      answers: [{ status: 200, description: '各版本', json: z.strictObject({ versions: z.array(RuleShape) }) }],
      problems: ['rule-not-found'],
      handle: async ({ params: { id } }) => {
        const versions = (await inForce()).rules.rules.filter((rule) => rule.id === id);
        if (versions.length === 0) throw new ApiProblem('rule-not-found');
        return { json: { versions } };
      },
    }),
    acting({
      method: 'get',
      path: '/api/rules/{id}/deadline',
      right: 'office.read',
      tag: '规则与日历',
      summary: '计算到期日并说明理由',
      params,
      query: z.strictObject({
        from: z.union([Day, IsoInstant]).meta({ description: '起算日,或带时区的起算时刻' }),
        received: Day.optional().meta({ description: '收到日,决定适用哪个版本;默认同起算日' }),
      }),
      answers: [{ status: 200, description: '到期日与理由', json: DeadlineShape }],
      problems: ['rule-not-found', 'no-budget', 'value-missing', 'date-outside-calendar'],
      handle: async ({ params: { id }, query: { from, received } }) => ({
        json: answeredDeadline(await inForce(), { rule: id, from, received }),
      }),
    }),
  ];
}
