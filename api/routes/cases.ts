/** Cases of every kind: lists, one case, its journal, its commands. Knows no kind by name. */
import { z } from 'zod';
import type { ZodOpenApiOverrideMetaContext } from 'zod-openapi';
import { apply, type Answer } from '../../cases/apply.ts';
import { listCases, listEntries, lineOfCase } from '../../cases/lists.ts';
import { verify } from '../../cases/verify.ts';
import { viewCase } from '../case-view.ts';
import type { Reach } from '../../domain/rights/table.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseId, CycleKey, Day, Flag, Id, Instant, IsoInstant, Kebab } from '../fields.ts';
import { COMMANDS, KINDS } from '../../cases/kinds/index.ts';
import { formOf } from '../../cases/kinds/form.ts';
import { commandName } from '../../cases/kinds/kind.ts';
import { accepted } from '../malformed.ts';
import { acting, command, open, type Operation } from '../operation.ts';
import { cursorOf, page, paged, readCursor } from '../paging.ts';
import { ApiProblem, refusalProblem } from '../problem.ts';
import { REFUSAL_CODES } from '../problem-texts.ts';
import { ReplayShape, viewReplay } from '../replay-view.ts';
import { CaseLineShape, CaseShape, DoneShape, EntryShape, VerifiedShape } from '../shapes.ts';

const params = z.strictObject({ id: CaseId });
const caseOf = ({ id }: { id: string }): string => id;
const kinds = KINDS.map(({ kind }) => kind);

const cursorShape = z.strictObject({ at: Instant.or(z.literal(Number.MAX_SAFE_INTEGER)), id: z.string().max(400) });

export const caseFilters = {
  stage: Kebab.optional(),
  holder: Id.optional().meta({ description: '岗位' }),
  unit: Id.optional().meta({ description: '单位,含下级' }),
  subject: Id.optional(),
  cycle: CycleKey.optional(),
  dueBefore: Day.optional().meta({ description: '期限不晚于这一天' }),
  overdue: Flag.optional().meta({ description: '未了结且已超期' }),
  breached: Flag.optional().meta({ description: '曾经超期' }),
  closed: Flag.optional(),
  order: z.enum(['due', 'opened']).default('due').meta({ description: '按期限先后,或按开始时间从新到旧' }),
  ...paged,
};

const Filters = z.strictObject({ kind: z.enum(kinds).optional(), ...caseFilters });

/** A page of cases, for this list and for the lists of one kind. */
export async function casePage({ pool }: Pick<ApiDeps, 'pool'>, query: z.output<typeof Filters>, reach: Reach) {
  const { limit, cursor, order, dueBefore, kind, ...filter } = query;
  const after = readCursor(cursor, cursorShape);
  const asked = {
    ...filter,
    reach,
    ...(kind === undefined ? {} : { kind }),
    ...(dueBefore === undefined ? {} : { dueUntil: dueBefore }),
    ...(filter.cycle === undefined ? {} : { cycle: filter.cycle }),
  };
  const { rows, next } = await listCases(pool, defined(asked), { order, limit, after });
  return { rows, next: next === null ? null : cursorOf(next) };
}

/** Without the members that were not given. */
const defined = <T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;

/** A command's answer as JSON; a refusal as a problem. */
export function doneOr(answer: Answer): { status: number; json: unknown } {
  if (!answer.ok) throw refusalProblem(answer.refusal);
  const { caseId, seq, at, head, events, summary } = answer;
  return { status: 200, json: { caseId, seq, at, head, events, summary } };
}

const anyCommand = z.looseObject({ type: z.string() }).meta({
  id: 'AnyCommand',
  description: '内容按案件的种类检查',
  override: ({ jsonSchema }: ZodOpenApiOverrideMetaContext) => {
    for (const name of Object.keys(jsonSchema)) delete jsonSchema[name as keyof typeof jsonSchema];
    jsonSchema.anyOf = [...COMMANDS.keys()].map((kind) => ({ $ref: `#/components/schemas/${commandName(kind)}` }));
  },
});

export function caseOperations(deps: ApiDeps): Operation[] {
  const { cases, pool } = deps;

  async function mustExist(id: string): Promise<void> {
    if ((await lineOfCase(pool, id)) === undefined) throw new ApiProblem('case-not-found');
  }

  return [
    open({
      method: 'get',
      path: '/api/kinds',
      tag: '案件',
      summary: '案件种类:办理动作、表单、阶段与名称',
      answers: [
        {
          status: 200,
          description: '全部种类',
          json: z.strictObject({ kinds: z.array(z.looseObject({ kind: z.string() })) }),
        },
      ],
      handle: async () => ({ json: { kinds: KIND_DESCRIPTIONS } }),
    }),
    acting({
      method: 'get',
      path: '/api/cases',
      right: 'case.read',
      tag: '案件',
      summary: '查询案件',
      query: Filters,
      answers: [{ status: 200, description: '一页案件', json: page(CaseLineShape) }],
      problems: ['invalid-cursor'],
      handle: async ({ query, reach }) => ({ json: await casePage(deps, query, reach) }),
    }),
    acting({
      method: 'get',
      path: '/api/cases/{id}',
      right: 'case.read',
      shows: 'texts',
      tag: '案件',
      summary: '查看一个案件',
      description: '含状态、各期限及为何是这一天、办理人此刻可办与不可办的事及原因。',
      params,
      caseOf,
      answers: [{ status: 200, description: '案件', json: CaseShape }],
      problems: ['case-not-found', 'newer-state'],
      handle: async ({ params: { id }, actor }) => {
        const view = await viewCase(cases, id, actor);
        if (view === undefined) throw new ApiProblem('case-not-found');
        return { json: view };
      },
    }),
    acting({
      method: 'get',
      path: '/api/cases/{id}/entries',
      right: 'case.read',
      tag: '案件',
      summary: '案件流水',
      params,
      caseOf,
      query: z.strictObject({ order: z.enum(['oldest', 'newest']).default('oldest'), ...paged }),
      answers: [{ status: 200, description: '一页流水', json: page(EntryShape) }],
      problems: ['case-not-found', 'invalid-cursor'],
      handle: async ({ params: { id }, query: { order, limit, cursor } }) => {
        await mustExist(id);
        const after = readCursor(cursor, z.int().min(0).max(2_147_483_647));
        const { rows, next } = await listEntries(pool, id, { order, limit, after });
        return { json: { rows, next: next === null ? null : cursorOf(next) } };
      },
    }),
    acting({
      method: 'get',
      path: '/api/cases/{id}/replay',
      right: 'case.read',
      shows: 'texts',
      tag: '案件',
      summary: '案件在某一时刻的样子',
      description: '只由流水还原:状态、持有人、期限、通知、所依据的版本,以及到那时的全部流水;`text` 为同一内容的中文。',
      params,
      caseOf,
      query: z.strictObject({ at: IsoInstant.optional().meta({ description: '时刻;默认此刻' }) }),
      answers: [{ status: 200, description: '案件在那一时刻', json: ReplayShape }],
      problems: ['case-not-found', 'before-opening'],
      handle: async ({ params: { id }, query: { at } }) => ({
        json: await viewReplay(cases, id, at === undefined ? undefined : Date.parse(at)),
      }),
    }),
    acting({
      method: 'get',
      path: '/api/cases/{id}/verify',
      right: 'case.read',
      tag: '案件',
      summary: '核验案件流水',
      description: '分别报告:完整(哈希与次序)、可重算(状态一致)、可重判(同版本规则下决定一致)。',
      params,
      caseOf,
      answers: [{ status: 200, description: '核验结果', json: VerifiedShape }],
      problems: ['case-not-found'],
      handle: async ({ params: { id } }) => {
        await mustExist(id);
        const { chains, entries, redecided, notRedecidable, differences } = await verify(cases, { chain: id });
        return { json: { chains, entries, redecided, notRedecidable, differences } };
      },
    }),
    command({
      method: 'post',
      path: '/api/cases/{id}/commands',
      right: 'case.act',
      tag: '案件',
      summary: '办理',
      description: '对案件办一步。正文的 `type` 指明办什么,其余字段见 `GET /api/kinds` 中该种类的表单。',
      params,
      caseOf,
      body: anyCommand,
      answers: [{ status: 200, description: '已办理', json: DoneShape }],
      problems: ['case-not-found', 'newer-state', ...REFUSAL_CODES],
      handle: async ({ params: { id }, body, actor, key, received }) => {
        const schema = COMMANDS.get(id.slice(0, id.indexOf('/')));
        if (schema === undefined) {
          await mustExist(id);
          throw new ApiProblem('not-allowed');
        }
        const said = accepted(schema, body, '');
        if (said === undefined) throw new ApiProblem('body-missing');
        return doneOr(await apply(cases, said, { caseId: id, key, actor, received }));
      },
    }),
  ];
}

/** Kinds as JSON: the forms are JSON Schema of the same objects that check commands. */
const KIND_DESCRIPTIONS = KINDS.map(({ verbs, file: _file, ...kind }) => ({
  ...kind,
  verbs: Object.entries(verbs).map(([type, { label, effect, schema, batch }]) => ({
    type,
    label,
    effect,
    batch: batch === true,
    schema: formOf(schema, kind.fields),
  })),
}));
