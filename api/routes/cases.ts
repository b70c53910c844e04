/** Cases of every kind: lists, one case, its journal, its commands. Knows no kind by name. */
import { z } from 'zod';
import type { ZodOpenApiOverrideMetaContext } from 'zod-openapi';
import { apply, type Answer } from '../../cases/apply.ts';
import { countRows, listRows, RUNGS, type ListFilter } from '../../cases/case-list.ts';
import { caseSheet, MOST_EXPORTED } from '../../cases/case-sheet.ts';
import { lineOfCase } from '../../cases/lists.ts';
import { CaseShape, ListedCaseShape } from '../case-shape.ts';
import { viewCase } from '../case-view.ts';
import type { Reach } from '../../domain/rights/table.ts';
import type { ApiDeps } from '../deps.ts';
import { CaseId, CycleKey, Day, Flag, Id, Instant, Kebab } from '../fields.ts';
import { COMMANDS, KINDS } from '../../cases/kinds/index.ts';
import { formOf } from '../../cases/kinds/form.ts';
import { commandName } from '../../cases/kinds/kind.ts';
import { accepted } from '../malformed.ts';
import { acting, command, open, shared, type Operation } from '../operation.ts';
import { cursorOf, page, paged, readCursor } from '../paging.ts';
import { ApiProblem, refusalProblem } from '../problem.ts';
import { REFUSAL_CODES } from '../problem-texts.ts';
import { DoneShape } from '../shapes.ts';
import { attached, XLSX } from '../workbook.ts';

const params = z.strictObject({ id: CaseId });
const caseOf = ({ id }: { id: string }): string => id;
const kinds = KINDS.map(({ kind }) => kind);

const cursorShape = z.strictObject({ at: Instant.or(z.literal(Number.MAX_SAFE_INTEGER)), id: z.string().max(400) });

export const caseFilters = {
  stage: Kebab.optional(),
  holder: Id.optional().meta({ description: '岗位' }),
  unit: Id.optional().meta({ description: '单位,含下级' }),
  unitAlone: Id.optional().meta({ description: '单位本身,不含下级' }),
  subject: Id.optional(),
  cycle: CycleKey.optional(),
  dueBefore: Day.optional().meta({ description: '期限不晚于这一天' }),
  dueFrom: Day.optional().meta({ description: '期限不早于这一天' }),
  overdue: Flag.optional().meta({ description: '未了结且已超期' }),
  rung: z.enum(RUNGS).optional().meta({ description: '未了结且已超期、今日到期、三个工作日内到期' }),
  breached: Flag.optional().meta({ description: '曾经超期' }),
  closed: Flag.optional(),
  q: z.string().trim().min(1).max(100).optional().meta({ description: '编号的开头或末尾,或主体名称的一部分' }),
  order: z.enum(['due', 'opened']).default('due').meta({ description: '按期限先后,或按开始时间从新到旧' }),
  ...paged,
};

const Filters = z.strictObject({ kind: z.enum(kinds).optional(), ...caseFilters });
type Asked = z.output<typeof Filters>;

/** What is asked for, as the list takes it. */
function filterOf(asked: Omit<Asked, 'limit' | 'cursor' | 'order'>, reach: Reach): ListFilter {
  const { dueBefore, overdue, rung, ...same } = asked;
  const wanted = overdue === true ? 'red' : rung;
  return defined({ ...same, reach, dueUntil: dueBefore, rung: wanted });
}

/** A page of cases as the list page shows them, for this list and for the lists of one kind. */
export async function casePage({ cases }: Pick<ApiDeps, 'cases'>, query: Asked, reach: Reach) {
  const { limit, cursor, order, ...asked } = query;
  const after = readCursor(cursor, cursorShape);
  const { rows, next } = await listRows(cases, filterOf(asked, reach), { order, limit, after });
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

const Count = z
  .strictObject({
    kind: z.string(),
    kindTitle: z.string(),
    open: z.int(),
    red: z.int(),
    yellow: z.int(),
    blue: z.int(),
  })
  .meta({ id: 'CaseCount' });

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
    shared({
      method: 'get',
      path: '/api/cases',
      right: 'case.read',
      tag: '案件',
      summary: '查询案件',
      query: Filters,
      answers: [{ status: 200, description: '一页案件', json: page(ListedCaseShape) }],
      problems: ['invalid-cursor'],
      handle: async ({ query, reach }) => ({ json: await casePage(deps, query, reach) }),
    }),
    acting({
      method: 'get',
      path: '/api/cases/counts',
      right: 'case.read',
      tag: '案件',
      summary: '未了结的案件数,按种类和缓急',
      answers: [{ status: 200, description: '各种类的件数', json: z.strictObject({ kinds: z.array(Count) }) }],
      handle: async ({ reach }) => ({ json: { kinds: await countRows(cases, reach) } }),
    }),
    acting({
      method: 'get',
      path: '/api/cases/export.xlsx',
      right: 'export.make',
      shows: 'export',
      tag: '案件',
      summary: '导出案件列表',
      description: `筛选条件同查询案件;至多 ${String(MOST_EXPORTED)} 件,超出时表内写明。`,
      query: Filters.omit({ limit: true, cursor: true }),
      answers: [{ status: 200, description: '工作簿', mediaTypes: [XLSX] }],
      handle: async ({ query: { order, ...asked }, reach }) => ({
        bytes: await caseSheet(cases, filterOf(asked, reach), order),
        mediaType: XLSX,
        headers: attached('案件.xlsx'),
      }),
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
      handle: async ({ params: { id }, actor, reach }) => {
        const view = await viewCase(cases, id, { actor, reach });
        if (view === undefined) throw new ApiProblem('case-not-found');
        return { json: view };
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
      query: z.strictObject({
        seen: z.coerce.number().int().min(1).optional().meta({
          description: '您看到的最后一条流水;其后有变化的,不办理并说明变化',
        }),
      }),
      body: anyCommand,
      answers: [{ status: 200, description: '已办理', json: DoneShape }],
      problems: ['case-not-found', 'case-moved', 'newer-state', ...REFUSAL_CODES],
      handle: async ({ params: { id }, query: { seen }, body, actor, key, received }) => {
        const schema = COMMANDS.get(id.slice(0, id.indexOf('/')));
        if (schema === undefined) {
          await mustExist(id);
          throw new ApiProblem('not-allowed');
        }
        const said = accepted(schema, body, '');
        if (said === undefined) throw new ApiProblem('body-missing');
        return doneOr(
          await apply(cases, said, { caseId: id, key, actor, received, ...(seen === undefined ? {} : { seen }) }),
        );
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
