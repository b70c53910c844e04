/** The register as a file, in the shape an import takes, and the empty template. */
import { z } from 'zod';
import { exportCsv, exportXlsx, templateXlsx } from '../../cases/register/export.ts';
import { SHEET_IDS } from '../../cases/register/sheets/columns.ts';
import type { ApiDeps } from '../deps.ts';
import { acting, type Operation } from '../operation.ts';
import { attached, XLSX } from '../workbook.ts';

export function exportOperations({ pool }: Pick<ApiDeps, 'pool'>): Operation[] {
  return [
    acting({
      method: 'get',
      path: '/api/register/export',
      right: 'register.import',
      shows: 'export',
      tag: '名册',
      summary: '导出名册',
      description: '与导入同一格式。xlsx 含各工作表,csv 只含一个工作表。',
      query: z
        .strictObject({ format: z.enum(['xlsx', 'csv']).default('xlsx'), sheet: z.enum(SHEET_IDS).optional() })
        .refine(({ format, sheet }) => format === 'xlsx' || sheet !== undefined, {
          path: ['sheet'],
          message: 'csv 只含一个工作表,请指明',
        }),
      answers: [{ status: 200, description: '文件', mediaTypes: [XLSX, 'text/csv'] }],
      handle: async ({ query }) => {
        if (query.format === 'csv' && query.sheet !== undefined) {
          const bytes = await exportCsv(pool, query.sheet);
          return { bytes, mediaType: 'text/csv; charset=utf-8', headers: attached(`${query.sheet}.csv`) };
        }
        const bytes = await exportXlsx(pool, query.sheet === undefined ? undefined : [query.sheet]);
        return { bytes, mediaType: XLSX, headers: attached('名册.xlsx') };
      },
    }),
    acting({
      method: 'get',
      path: '/api/register/template',
      right: 'register.read',
      tag: '名册',
      summary: '导入模板',
      answers: [{ status: 200, description: '空白工作簿,含填写说明', mediaTypes: [XLSX] }],
      handle: async () => ({ bytes: await templateXlsx(), mediaType: XLSX, headers: attached('名册模板.xlsx') }),
    }),
  ];
}
