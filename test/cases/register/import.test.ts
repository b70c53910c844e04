import writeXlsxFile from 'write-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportCsv, exportXlsx, templateXlsx } from '../../../cases/register/export.ts';
import { confirmImport, discardImport, previewImport, type ImportPreview } from '../../../cases/register/import.ts';
import { SHEET_IDS } from '../../../cases/register/sheets/columns.ts';
import type { ConflictPolicy } from '../../../cases/register/sheets/plan-sheet.ts';
import { readFileGrids } from '../../../cases/register/sheets/read-file.ts';
import { loadSample } from '../../../cases/register/sample/load.ts';
import type { Actor } from '../../../domain/kernel/process.ts';
import { caseWorld, type CaseWorld } from '../../support/case-world.ts';

const OFFICER: Actor = { person: 'officer', post: 'fso-1', role: 'district-office', unit: 'fso', capacity: 'self' };

let world: CaseWorld;
let key = 0;

const preview = (bytes: Buffer, policy: ConflictPolicy = 'refuse'): Promise<ImportPreview> =>
  previewImport(world.deps, { fileName: 'test.xlsx', bytes, policy, actor: OFFICER, key: `f${String(++key)}` });

async function previewed(bytes: Buffer, policy?: ConflictPolicy): Promise<(ImportPreview & { ok: true })['sheets']> {
  const answer = await preview(bytes, policy);
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.sheets;
}

const confirm = (importId: string) => confirmImport(world.deps, importId, { actor: OFFICER, key: `c${String(++key)}` });

const csv = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'));

const count = async (from: string): Promise<number> => {
  const { rows } = await world.pool.query<{ n: string }>(`SELECT count(*) AS n FROM ${from}`);
  return Number(rows[0]?.n);
};

const SUBJECTS =
  '主体编号,主体名称,统一社会信用代码,包保分级,风险等级,状态,业态,所属单位编号,经营地址,开办日期,注销日期';
const line = (
  id: string,
  name = '示例·新店',
  more = ',D,低风险,正常,小餐饮,gudang-01,古墩路 1 号,2026-11-02,',
): string => `${id},${name},${more}`;

beforeAll(async () => {
  world = await caseWorld({ start: '2026-11-24T09:00' });
  await loadSample(world.deps, { scale: 0.02 });
});
afterAll(() => world.close());

describe('an export', () => {
  test('imported again, as xlsx, is the same in every row of every sheet', async () => {
    const sheets = await previewed(await exportXlsx(world.pool));
    expect(sheets.map(({ sheet }) => sheet)).toEqual([...SHEET_IDS]);
    for (const { totals, rows, problemCount, problems } of sheets) {
      expect(problems).toEqual([]);
      expect({ totals, problemCount }).toEqual({
        totals: { new: 0, changed: 0, same: rows, kept: 0 },
        problemCount: 0,
      });
    }
    const confirmed = await confirm(sheets[0]?.importId ?? '');
    expect(confirmed).toMatchObject({ ok: true, change: null });
  });

  test.each(SHEET_IDS)('of %s as csv is the same, too', async (sheet) => {
    const [only] = await previewed(await exportCsv(world.pool, sheet));
    expect(only).toMatchObject({ sheet, problemCount: 0, totals: { new: 0, changed: 0, same: only?.rows } });
  });

  test('arms no formula in a spreadsheet, and takes the quote back on import', async () => {
    const [added] = await previewed(csv(SUBJECTS, line('x-formula', '=1+1')), 'refuse');
    expect(await confirm(added?.importId ?? '')).toMatchObject({ ok: true });
    const written = (await exportCsv(world.pool, 'subjects')).toString('utf8');
    expect(written).toContain("'=1+1");
    expect(written.startsWith('\uFEFF')).toBe(true);
    const [again] = await previewed(Buffer.from(written));
    expect(again).toMatchObject({ problemCount: 0, totals: { new: 0, changed: 0 } });
  });
});

describe('an import', () => {
  test('writes nothing until it is confirmed, then everything, and the second time nothing', async () => {
    const file = csv(SUBJECTS, line('n1'), line('n2'));
    const before = await count('entries');
    const [sheet] = await previewed(file);
    expect(sheet).toMatchObject({ sheet: 'subjects', rows: 2, totals: { new: 2 }, problemCount: 0 });
    expect(await count('entries')).toBe(before);
    const answer = await confirm(sheet?.importId ?? '');
    expect(answer).toMatchObject({
      ok: true,
      totals: { new: 2 },
      change: { opened: ['binding-duty/n1/1', 'binding-duty/n2/1'] },
    });
    expect(await confirm(sheet?.importId ?? '')).toEqual(answer);
    const [again] = await previewed(file);
    expect(again).toMatchObject({ totals: { new: 0, same: 2 } });
    expect(await count("imports WHERE state = 'confirmed' AND rows <> '[]'")).toBe(0);
  });

  test('reads GBK as old systems write it', async () => {
    // 主体编号,岗位编号,包保起始日期 in GBK, then two fields
    const header = Buffer.from([
      0xd6, 0xf7, 0xcc, 0xe5, 0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xb8, 0xda, 0xce, 0xbb, 0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xb0,
      0xfc, 0xb1, 0xa3, 0xc6, 0xf0, 0xca, 0xbc, 0xc8, 0xd5, 0xc6, 0xda,
    ]);
    const [sheet] = await previewed(Buffer.concat([header, Buffer.from('\nnobody,nowhere,2026-01-05\n')]));
    expect(sheet).toMatchObject({
      sheet: 'bindings',
      rows: 1,
      problems: [{ row: 2, code: 'subject-unknown', column: '主体编号' }],
    });
  });

  test('keeps, overwrites or refuses what the register says otherwise', async () => {
    await confirm((await previewed(csv(SUBJECTS, line('o1'))))[0]?.importId ?? '');
    const changed = csv(SUBJECTS, line('o1', '示例·改名店', ',D,高风险,正常,小餐饮,gudang-01,古墩路 1 号,2026-11-02,'));
    const [refused] = await previewed(changed, 'refuse');
    expect(refused?.problems).toMatchObject([
      { row: 2, column: '主体名称', code: 'conflict' },
      { row: 2, column: '风险等级', code: 'conflict' },
    ]);
    expect(await confirm(refused?.importId ?? '')).toMatchObject({
      ok: false,
      refusal: { code: 'import-has-problems' },
    });
    expect((await previewed(changed, 'keep'))[0]?.totals).toEqual({ new: 0, changed: 0, same: 0, kept: 1 });
    const [over] = await previewed(changed, 'overwrite');
    expect(await confirm(over?.importId ?? '')).toMatchObject({ ok: true, totals: { changed: 1 } });
    expect(await count("subjects WHERE id = 'o1' AND name = '示例·改名店' AND risk = 'high'")).toBe(1);
  });

  test('hands a post over when the sheet is to hold', async () => {
    const post = 'gudang-office';
    const { rows } = await world.pool.query<{ person: string }>(
      'SELECT person_id AS person FROM tenures WHERE post_id = $1',
      [post],
    );
    const people = await previewed(
      csv('人员编号,姓名,电子邮箱,手机号码', 'new-1,示例·新人,new@xihu.example,00000009999'),
    );
    await confirm(people[0]?.importId ?? '');
    const [sheet] = await previewed(
      csv('岗位编号,人员编号,任职日期,免职日期', `${post},new-1,2026-11-24,`),
      'overwrite',
    );
    expect(await confirm(sheet?.importId ?? '')).toMatchObject({ ok: true });
    expect(
      await count(
        `tenures WHERE post_id = '${post}' AND person_id = '${rows[0]?.person ?? ''}' AND to_on = '2026-11-24'`,
      ),
    ).toBe(1);
  });

  test('of one sheet that rests on another of the same file waits for it', async () => {
    const workbook = await writeXlsxFile([
      {
        sheet: '单位',
        data: [
          ['单位编号', '单位名称', '单位类型', '上级单位编号'],
          ['w-c', '示例社区', '村社', 'w-t'],
          ['w-t', '示例镇', '镇街', 'xh'],
        ],
      },
      {
        sheet: '岗位',
        data: [
          ['岗位编号', '所属单位编号', '岗位名称', '岗位类别', '上级岗位编号', '包保级别', '设岗日期'],
          ['w-1', 'w-c', '包保干部', '包保干部', 'w-0', 'D', '2026年1月5日'],
          ['w-0', 'w-t', '主要负责人', '镇街主要负责人', 'fso-1', null, '2026/1/5'],
        ],
      },
      { sheet: '备忘', data: [['甲']] },
    ]).toBuffer();
    const answer = await preview(workbook);
    expect(answer).toMatchObject({
      ok: true,
      skippedTabs: ['备忘'],
      sheets: [
        { totals: { new: 2 }, problems: [] },
        { totals: { new: 2 }, problems: [] },
      ],
    });
    if (!answer.ok) return;
    const [units, posts] = answer.sheets;
    expect(await confirm(posts?.importId ?? '')).toMatchObject({ ok: false, refusal: { code: 'import-has-problems' } });
    expect(await confirm(units?.importId ?? '')).toMatchObject({ ok: true });
    expect(await confirm(posts?.importId ?? '')).toMatchObject({ ok: true, totals: { new: 2 } });
  });

  test('can be dropped', async () => {
    const [sheet] = await previewed(csv(SUBJECTS, line('d1')));
    expect(await discardImport(world.deps, sheet?.importId ?? '')).toBe(true);
    expect(await discardImport(world.deps, sheet?.importId ?? '')).toBe(false);
    expect(await confirm(sheet?.importId ?? '')).toMatchObject({ refusal: { code: 'import-not-found' } });
  });
});

describe('every kind of broken row', () => {
  const D = ',D,低风险,正常,小餐饮,gudang-01,古墩路 1 号,2026-11-02,';
  const rows: readonly [string, string, string | null, string][] = [
    ['no id', 'value-missing', '主体编号', `,示例·店,${D}`],
    ['an id with a slash', 'id-shape', '主体编号', `a/b,示例·店,${D}`],
    ['no name', 'value-missing', '主体名称', `e1,,${D}`],
    ['a short credit code', 'credit-code-shape', '统一社会信用代码', `e1,示例·店,123${D}`],
    [
      'a credit code with a wrong check digit',
      'credit-code-check',
      '统一社会信用代码',
      `e1,示例·店,91350100M000100Y44${D}`,
    ],
    ['an unknown class', 'choice-unknown', '包保分级', 'e1,示例·店,,E,低风险,正常,小餐饮,gudang-01,古墩路,2026-11-02,'],
    ['an unknown risk', 'choice-unknown', '风险等级', 'e1,示例·店,,D,危险,正常,小餐饮,gudang-01,古墩路,2026-11-02,'],
    [
      'a day that does not exist',
      'date-unreadable',
      '开办日期',
      'e1,示例·店,,D,低风险,正常,小餐饮,gudang-01,古墩路,2026-02-30,',
    ],
    ['a day that is none', 'date-unreadable', '开办日期', 'e1,示例·店,,D,低风险,正常,小餐饮,gudang-01,古墩路,去年,'],
    ['a day to come', 'date-in-future', '开办日期', 'e1,示例·店,,D,低风险,正常,小餐饮,gudang-01,古墩路,2027-01-01,'],
    ['an unknown unit', 'unit-unknown', '所属单位编号', 'e1,示例·店,,D,低风险,正常,小餐饮,nowhere,古墩路,2026-11-02,'],
    [
      'closed without a day',
      'closed-without-date',
      '注销日期',
      'e1,示例·店,,D,低风险,注销,小餐饮,gudang-01,古墩路,2026-11-02,',
    ],
    [
      'a closing day while open',
      'date-without-closed',
      '注销日期',
      'e1,示例·店,,D,低风险,正常,小餐饮,gudang-01,古墩路,2026-11-02,2026-11-03',
    ],
    [
      'closed before it opened',
      'date-order',
      '注销日期',
      'e1,示例·店,,D,低风险,注销,小餐饮,gudang-01,古墩路,2026-11-02,2026-11-01',
    ],
    ['an endless name', 'text-too-long', '主体名称', `e1,${'长'.repeat(201)},${D}`],
    ['a control character', 'text-unprintable', '主体名称', `e1,示例\u0007店,${D}`],
  ];

  test.each(rows)('%s', async (_, code, column, row) => {
    const [sheet] = await previewed(csv(SUBJECTS, line('ok-1'), row));
    expect(sheet?.problems).toMatchObject([{ sheet: 'subjects', row: 3, column, code }]);
    expect(sheet?.problems[0]?.message).toMatch(/[。:]$|。/);
    expect(await confirm(sheet?.importId ?? '')).toMatchObject({ ok: false, refusal: { code: 'import-has-problems' } });
    expect(await count("subjects WHERE id IN ('ok-1', 'e1')")).toBe(0);
  });

  test('a row twice names the first', async () => {
    const [sheet] = await previewed(csv(SUBJECTS, line('t1'), line('t1')));
    expect(sheet?.problems).toMatchObject([{ row: 3, code: 'key-twice', message: '与第 2 行重复。' }]);
  });

  test('one credit code for two subjects', async () => {
    const code = ['91350100M000100Y43,D,低风险,正常,小餐饮,gudang-01,古墩路,2026-11-02,'];
    const [sheet] = await previewed(csv(SUBJECTS, `c1,示例·店,${code[0] ?? ''}`, `c2,示例·店,${code[0] ?? ''}`));
    expect(sheet?.problems).toMatchObject([{ row: 3, column: '统一社会信用代码', code: 'credit-code-taken' }]);
  });

  test('headers that are missing or there twice, and no rows', async () => {
    const [sheet] = await previewed(csv(`${SUBJECTS.replace(',业态', '')},状态`, line('h1')));
    expect(sheet?.problems).toMatchObject([
      { row: 1, column: '状态', code: 'header-twice' },
      { row: 1, column: '业态', code: 'header-missing' },
    ]);
    expect((await previewed(csv(SUBJECTS)))[0]?.problems).toMatchObject([{ row: 1, code: 'sheet-empty' }]);
  });

  test('numbers a spreadsheet has rounded, dates and formulas where text belongs', async () => {
    const header = ['人员编号', '姓名', '电子邮箱', '手机号码'];
    const workbook = await writeXlsxFile(
      [
        header,
        ['q1', '示例·甲', null, 1_234_567_890_123_456],
        ['q2', new Date(0), null, null],
        ['q3', { value: '="a"&"b"', type: 'Formula' }, null, null],
        ['q4', '示例·丁', 'no-address', '手机'],
        ['q5', '示例·戊', null, 13_800_000_000],
      ],
      { sheet: '人员', dateFormat: 'yyyy-mm-dd' },
    ).toBuffer();
    const [sheet] = await previewed(workbook);
    expect(sheet?.problems).toMatchObject([
      { row: 2, column: '手机号码', code: 'number-rounded' },
      { row: 3, column: '姓名', code: 'date-in-text-column' },
      { row: 4, column: '姓名', code: 'formula' },
      { row: 5, column: '电子邮箱', code: 'email-shape' },
      { row: 5, column: '手机号码', code: 'phone-shape' },
    ]);
    expect(sheet?.totals).toMatchObject({ new: 1 });
  });

  test('bindings across classes and towns, pledges without tenure, two holders', async () => {
    const bindings = '主体编号,岗位编号,包保起始日期,解除日期';
    await confirm((await previewed(csv(SUBJECTS, line('b1'), line('b2'), line('b3'))))[0]?.importId ?? '');
    const { rows: found } = await world.pool.query<{ id: string }>(
      "SELECT id FROM posts WHERE class = 'D' AND id LIKE 'sandun%' LIMIT 1",
    );
    const [sheet] = await previewed(
      csv(bindings, 'b1,gudang-c-01,2026-11-24,', `b2,${found[0]?.id ?? ''},2026-11-24,`, 'b3,fso-1,2026-11-24,'),
    );
    expect(sheet?.problems.map(({ row, code }) => [row, code])).toEqual([
      [2, 'class-mismatch'],
      [3, 'town-mismatch'],
      [4, 'post-guarantees-nobody'],
    ]);
    const [pledges] = await previewed(
      csv('岗位编号,人员编号,版本,签订日期,签订对象岗位编号', 'fso-1,p00010,2026,2026-11-24,fso-head'),
    );
    expect(pledges?.problems).toMatchObject([{ code: 'pledge-without-tenure', column: '人员编号' }]);
  });
});

describe('a file that is no sheet', () => {
  const codeOf = async (bytes: Buffer, limits = {}): Promise<string> => {
    const read = await readFileGrids(bytes, limits);
    return 'problem' in read ? read.problem.code : 'read';
  };
  const workbook = (): Promise<Buffer> => writeXlsxFile([['a', 'b']], { sheet: '主体' }).toBuffer();

  test('is refused by what it is', async () => {
    expect(await codeOf(Buffer.alloc(0))).toBe('file-empty');
    expect(await codeOf(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).toBe('file-is-xls');
    expect(await codeOf(Buffer.from([1, 0, 2]))).toBe('file-unreadable');
    expect(await codeOf(Buffer.from([0x50, 0x4b, 3, 4, 9, 9, 9]))).toBe('file-unreadable');
    expect(await codeOf((await workbook()).subarray(0, 900))).toBe('file-unreadable');
    expect(await codeOf(Buffer.from([0xff, 0xff, 0x41]))).toBe('text-encoding');
    expect(await codeOf(Buffer.from('a,"b'))).toBe('csv-malformed');
    expect(await codeOf(Buffer.alloc(21 * 1024 * 1024, 65))).toBe('file-too-large');
    expect(await preview(csv('甲,乙', '1,2'))).toMatchObject({ ok: false, problem: { code: 'no-known-sheet' } });
  });

  test('with a cell in the far corner is refused before the reader sees it', async () => {
    const far = await writeXlsxFile([['a'], ...Array.from({ length: 3 }, () => [])], { sheet: '主体' }).toBuffer();
    expect(await codeOf(far)).toBe('read');
    expect(await codeOf(stored('XFD1048576'))).toBe('sheet-too-large');
    expect(await codeOf(stored('CZ2'))).toBe('sheet-too-large');
    expect(await codeOf(stored('B2'))).toBe('read');
  });

  test('that takes too long to read is given up', async () => {
    expect(await codeOf(await workbook(), { timeMs: 0 })).toBe('reading-took-too-long');
  });

  test('that takes too much memory ends its reader, not the office', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) =>
      Array.from({ length: 12 }, (__, j) => `${String(i)}-${String(j)}`),
    );
    const large = await writeXlsxFile(rows, { sheet: '主体' }).toBuffer();
    expect(await codeOf(large, { memoryMb: 16 })).toBe('reading-ran-out-of-memory');
  });

  test('that declares too much is refused unread', async () => {
    const bytes = Buffer.from(await workbook());
    const entry = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bytes.writeUInt32LE(300 * 1024 * 1024, entry + 24);
    expect(await codeOf(bytes)).toBe('unpacked-too-large');
  });
});

test('the template explains itself, and an empty one is no import', async () => {
  const template = await templateXlsx();
  const read = await readFileGrids(template);
  if ('problem' in read) throw new Error(read.problem.message);
  expect(read.grids.map(({ name }) => name)).toEqual([
    '说明',
    '单位',
    '岗位',
    '人员',
    '任职',
    '主体',
    '包保关系',
    '承诺书',
  ]);
  const sheets = await previewed(template);
  expect(new Set(sheets.flatMap(({ problems }) => problems.map(({ code }) => code)))).toEqual(new Set(['sheet-empty']));
});

/** A minimal workbook of stored (uncompressed) parts with one cell besides A1. */
function stored(address: string): Buffer {
  const parts: readonly [string, string][] = [
    [
      '[Content_Types].xml',
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    ],
    [
      'xl/workbook.xml',
      '<?xml version="1.0"?><workbook xmlns:r="r"><sheets><sheet name="主体" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ],
    [
      'xl/_rels/workbook.xml.rels',
      '<?xml version="1.0"?><Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    ],
    ['xl/styles.xml', '<?xml version="1.0"?><styleSheet/>'],
    [
      'xl/worksheets/sheet1.xml',
      `<?xml version="1.0"?><worksheet><dimension ref="A1"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row><c r="${address}" t="inlineStr"><is><t>b</t></is></c></row></sheetData></worksheet>`,
    ],
  ];
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, text] of parts) {
    const [nameBytes, body] = [Buffer.from(name), Buffer.from(text)];
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt32LE(crc32(body), 14);
    header.writeUInt32LE(body.length, 18);
    header.writeUInt32LE(body.length, 22);
    header.writeUInt16LE(nameBytes.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(crc32(body), 16);
    entry.writeUInt32LE(body.length, 20);
    entry.writeUInt32LE(body.length, 24);
    entry.writeUInt16LE(nameBytes.length, 28);
    entry.writeUInt32LE(at, 42);
    files.push(header, nameBytes, body);
    directory.push(entry, nameBytes);
    at += 30 + nameBytes.length + body.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, ...directory, end]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
