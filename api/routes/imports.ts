/** Importing the register: a file is read and judged row by row, nothing is written until a sheet is confirmed. */
import { z } from 'zod';
import { confirmImport, discardImport, previewImport } from '../../cases/register/import.ts';
import { SHEET_IDS } from '../../cases/register/sheets/columns.ts';
import { MOST_BYTES } from '../../cases/register/sheets/inspect.ts';
import { CONFLICT_POLICIES } from '../../cases/register/sheets/plan-sheet.ts';
import type { Actor } from '../../domain/kernel/process.ts';
import type { ApiDeps } from '../deps.ts';
import { name } from '../fields.ts';
import { acting, command, type Operation } from '../operation.ts';
import { ApiProblem, refusalProblem } from '../problem.ts';
import { REFUSAL_CODES } from '../problem-texts.ts';
import { XLSX } from '../workbook.ts';
import { changedJson, RegisterChanged } from './register.ts';

const params = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/, '导入编号须为 32 位十六进制'),
});

const Totals = z.record(z.string(), z.int());
const Problem = z
  .strictObject({
    sheet: z.enum(SHEET_IDS),
    row: z.int(),
    column: z.string().nullable(),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'ImportProblem', description: '一行中的一处问题' });

const SheetPreview = z
  .strictObject({
    importId: z.string(),
    sheet: z.enum(SHEET_IDS),
    name: z.string(),
    rows: z.int(),
    totals: Totals,
    problems: z.array(Problem),
    problemCount: z.int(),
    ignored: z.array(z.string()),
  })
  .meta({ id: 'SheetPreview' });

const Kept = z
  .strictObject({
    importId: z.string(),
    sheet: z.enum(SHEET_IDS),
    fileName: z.string(),
    digest: z.string(),
    policy: z.enum(CONFLICT_POLICIES),
    state: z.enum(['previewed', 'confirmed', 'discarded']),
    problems: z.array(Problem),
    by: z.string(),
    at: z.int(),
    confirmedAt: z.int().nullable(),
  })
  .meta({ id: 'Import' });

const Confirmed = z
  .strictObject({
    importId: z.string(),
    sheet: z.enum(SHEET_IDS),
    totals: Totals,
    change: RegisterChanged.nullable().meta({ description: 'null:名册本来就是这样' }),
  })
  .meta({ id: 'ImportConfirmed' });

interface Row {
  readonly id: string;
  readonly sheet: string;
  readonly file_name: string;
  readonly digest: string;
  readonly policy: string;
  readonly state: string;
  readonly problems: readonly unknown[];
  readonly by: string;
  readonly at: string;
  readonly confirmed_at: string | null;
}

/** Rows of a preview hold people's data: only who uploaded it, and the offices, go on with it. */
async function mustBeOwn({ pool }: Pick<ApiDeps, 'pool'>, id: string, actor: Actor): Promise<Row> {
  const { rows } = await pool.query<Row>(
    'SELECT id, sheet, file_name, digest, policy, state, problems, by, at, confirmed_at FROM imports WHERE id = $1',
    [id],
  );
  const [row] = rows;
  if (row === undefined || (row.by !== actor.person && actor.role !== 'district-office')) {
    throw new ApiProblem('import-not-found');
  }
  return row;
}

export function importOperations(deps: Pick<ApiDeps, 'pool' | 'cases'>): Operation[] {
  const { cases } = deps;
  return [
    command({
      method: 'post',
      path: '/api/register/imports',
      right: 'register.import',
      tag: '名册',
      summary: '上传并预览一个名册文件',
      description: '正文为 .xlsx 或 .csv 原文件。逐行列出问题与将有的变化;名册不变,直到按工作表确认。',
      query: z.strictObject({
        fileName: name(200).meta({ description: '文件名', example: '主体.xlsx' }),
        policy: z.enum(CONFLICT_POLICIES).default('refuse').meta({ description: '与登记不一致时:保留、覆盖或拒绝' }),
      }),
      upload: { mediaTypes: [XLSX, 'text/csv', 'application/octet-stream'], limitBytes: MOST_BYTES },
      answers: [
        {
          status: 200,
          description: '预览',
          json: z.strictObject({ sheets: z.array(SheetPreview), skippedTabs: z.array(z.string()) }),
        },
      ],
      problems: ['import-unreadable', 'not-allowed'],
      handle: async ({ query: { fileName, policy }, body, actor, key }) => {
        const bytes = body as unknown as Buffer;
        const preview = await previewImport(cases, { fileName, bytes, policy, actor, key });
        if (!preview.ok) {
          const { code, message } = preview.problem;
          throw new ApiProblem('import-unreadable', {
            details: { why: message.replace(/。$/, '') },
            errors: [{ path: 'file', code, message }],
          });
        }
        return { json: { sheets: preview.sheets, skippedTabs: preview.skippedTabs } };
      },
    }),
    acting({
      method: 'get',
      path: '/api/register/imports/{id}',
      right: 'register.import',
      tag: '名册',
      summary: '一次导入',
      params,
      answers: [{ status: 200, description: '导入', json: Kept }],
      problems: ['import-not-found'],
      handle: async ({ params: { id }, actor }) => {
        const row = await mustBeOwn(deps, id, actor);
        return {
          json: {
            importId: row.id,
            sheet: row.sheet,
            fileName: row.file_name,
            digest: row.digest,
            policy: row.policy,
            state: row.state,
            problems: row.problems,
            by: row.by,
            at: Number(row.at),
            confirmedAt: row.confirmed_at === null ? null : Number(row.confirmed_at),
          },
        };
      },
    }),
    command({
      method: 'post',
      path: '/api/register/imports/{id}/confirm',
      right: 'register.import',
      tag: '名册',
      summary: '确认导入一个工作表',
      description: '与此刻的名册重新比对后,全部写入或全部不写;已确认的再确认,答复不变。',
      params,
      answers: [{ status: 200, description: '已导入', json: Confirmed }],
      problems: ['import-not-found', ...REFUSAL_CODES],
      handle: async ({ params: { id }, actor, key }) => {
        await mustBeOwn(deps, id, actor);
        const answer = await confirmImport(cases, id, { actor, key });
        if (!answer.ok) throw refusalProblem(answer.refusal);
        const { importId, sheet, totals, change } = answer;
        return { json: { importId, sheet, totals, change: change === null ? null : changedJson(change) } };
      },
    }),
    command({
      method: 'post',
      path: '/api/register/imports/{id}/discard',
      right: 'register.import',
      tag: '名册',
      summary: '放弃一次导入',
      description: '忘记文件的各行。',
      params,
      answers: [{ status: 200, description: '已放弃', json: z.strictObject({ discarded: z.boolean() }) }],
      problems: ['import-not-found'],
      handle: async ({ params: { id }, actor }) => {
        await mustBeOwn(deps, id, actor);
        return { json: { discarded: await discardImport(cases, id) } };
      },
    }),
  ];
}
