/**
 * What the console asks, read by read: every GET of the API with the questions its pages put. A guard fails when an
 * operation is missing here, so that no new read goes unmeasured.
 */
import type { Sample } from './console-sample.ts';

/** The bar of a list or a page, at the 95th percentile; of the heat-map of a year. */
const LIST_MS = 300;
const YEAR_MS = 1_000;

export interface Question {
  /** After the path: `` or `?…`; or the whole address, where the path has parameters. */
  readonly ask: (sample: Sample) => string;
  /** Chinese; what is asked, where the path alone does not say it. */
  readonly what?: string;
  readonly withinMs?: number;
  /** Names a unit: only those whose right reaches it may ask. */
  readonly namesUnit?: boolean;
}

export interface Read {
  readonly path: string;
  readonly questions: readonly Question[];
}

/** Not a list or a page: a file, a whole proof, or a check by a machine. Measured by nobody here, for the reason given. */
export const UNMEASURED: Readonly<Record<string, string>> = {
  '/health/ready': 'asked by a machine, waits for other programs',
  '/metrics': 'asked by a machine',
  '/api/evidence/{sha256}': 'a file',
  '/api/cases/export.xlsx': 'a workbook of up to 2,000 rows',
  '/api/cycles/{id}/report.xlsx': 'a workbook of a whole period',
  '/api/register/export': 'a workbook of the whole register',
  '/api/register/template': 'a workbook',
  '/api/register/imports/{id}': 'the size of the file that was brought',
  '/api/answers/{key}': 'one row by its primary key, and only when an answer was lost',
  '/api/cycles/previews/{hash}/rows': 'stored rows of one preview, fifty at a time, once a quarter',
  '/api/cycles/previews/{hash}/rows.xlsx': 'a workbook of the whole preview',
  '/api/proposals': 'plans the next quarter for every subject: a preview',
};

const q = (given: Readonly<Record<string, string | undefined>> = {}): string => {
  const pairs = Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
};

/** A question whose words are the same for everybody. */
const ask = (given: Readonly<Record<string, string>>, what?: string): Question => ({
  ask: () => q(given),
  ...(what === undefined ? {} : { what }),
});
const plain: Question = { ask: () => '' };
const of = (make: (sample: Sample) => Readonly<Record<string, string>>, what: string, withinMs?: number): Question => ({
  ask: (sample) => q(make(sample)),
  what,
  ...(withinMs === undefined ? {} : { withinMs }),
});

const READS: Readonly<Record<string, readonly Question[]>> = {
  '/health/live': [plain],
  '/api/sign-in-options': [plain],
  '/api/session': [plain],
  '/api/sessions': [plain],
  '/api/account': [plain],
  '/api/accounts': [plain],
  '/api/account-candidates': [ask({ text: '李' })],
  '/api/accounts/{person}/sessions': [plain],
  '/api/security-log': [
    plain,
    ask({ event: 'sign-in-failed' }, '登录失败'),
    of(({ person }) => ({ person }), '一个人'),
  ],
  '/api/kinds': [plain],
  '/api/cases': [
    ask({ closed: 'false' }, '未了结'),
    ask({ order: 'opened' }, '全部,从新到旧'),
    ask({ closed: 'false', kind: 'correction' }, '未了结的整改'),
    ask({ rung: 'red' }, '已超期'),
    ask({ breached: 'true', closed: 'true', order: 'opened' }, '曾超期、已了结'),
    of(({ town }) => ({ closed: 'false', unit: town }), '一个镇街'),
    of(({ post }) => ({ holder: post }), '一个岗位'),
    of(({ subject }) => ({ subject }), '一个主体'),
    of(({ name }) => ({ q: name }), '按名称查'),
    of(({ cursor }) => ({ closed: 'false', cursor }), '很后面的一页'),
  ],
  '/api/cases/counts': [plain],
  '/api/cases/{id}': [plain],
  '/api/cases/{id}/entries': [ask({ order: 'newest' })],
  '/api/cases/{id}/timeline': [plain],
  '/api/cases/{id}/instants': [plain],
  '/api/cases/{id}/moment': [ask({ seq: '2' })],
  '/api/cases/{id}/replay': [plain],
  '/api/cases/{id}/verify': [plain],
  '/api/search': [of(({ name }) => ({ q: name }), '名称'), ask({ q: '2026' }, '很多都有的字')],
  '/api/search/texts': [ask({ q: '冷藏柜' })],
  '/api/views': [ask({ page: 'cases' })],
  '/api/cycles': [plain],
  '/api/cycles/{id}': [plain],
  '/api/cycles/{id}/progress': [plain],
  '/api/cycles/{id}/plan': [plain],
  '/api/cycles/{id}/figures': [plain],
  '/api/cycles/{id}/figures/{rate}': [plain],
  '/api/rates': [plain],
  '/api/rounds': [ask({ closed: 'false' }), of(({ cycle }) => ({ cycle }), '一个周期')],
  '/api/rounds/mine': [plain],
  '/api/rounds/{id}/sheet': [plain],
  '/api/board': [plain, of(({ cycle }) => ({ cycle }), '一个周期')],
  '/api/board/missing/{rate}': [plain],
  '/api/heat-map': [
    of(({ yearAgo, today }) => ({ from: yearAgo, to: today }), '一年,按镇街', YEAR_MS),
    of(({ yearAgo, today }) => ({ from: yearAgo, to: today, split: 'class' }), '一年,按级别', YEAR_MS),
    {
      ask: ({ yearAgo, today, town }) => q({ from: yearAgo, to: today, split: 'post', unit: town }),
      what: '一年,一个镇街的岗位',
      withinMs: YEAR_MS,
      namesUnit: true,
    },
    of(({ cycle, quarterFrom, quarterTo }) => ({ cycle, from: quarterFrom, to: quarterTo }), '一个季度'),
  ],
  '/api/heat-map/cell': [of(({ cycle, week }) => ({ duty: 'visit', week, cycle }), '一格')],
  '/api/overview': [plain],
  '/api/todo': [plain],
  '/api/todo/rows': [plain],
  '/api/todo/done': [plain],
  '/api/absences': [plain],
  '/api/register/units': [plain],
  '/api/register/subjects': [plain, ask({ text: '面馆' }, '按名称查'), ask({ bound: 'false' }, '未包保')],
  '/api/register/subjects/{id}': [plain],
  '/api/register/posts': [plain, ask({ vacant: 'true' }, '空缺')],
  '/api/register/posts/{id}': [plain],
  '/api/register/persons': [plain, ask({ text: '李' }, '按姓名查')],
  '/api/register/persons/{id}': [plain],
  '/api/register/subjects/{id}/record': [plain],
  '/api/register/posts/{id}/record': [plain],
  '/api/register/persons/{id}/record': [plain],
  '/api/register/{of}/{id}/entries': [plain],
  '/api/register/{of}/{id}/history': [plain],
  '/api/register/{of}/{id}/at/{on}': [plain],
  '/api/recounts': [plain],
  '/api/effects': [plain],
  '/api/notices': [
    plain,
    ask({ state: 'refused' }, '被拒收'),
    ask({ state: 'queued' }, '待发'),
    ask({ stuck: 'true' }, '迟了'),
    of(({ person }) => ({ person }), '一个人的'),
    of(({ post }) => ({ post }), '一个岗位的'),
  ],
  '/api/notices/{id}': [plain],
  '/api/journal': [
    plain,
    ask({ kind: 'correction' }, '一种案件'),
    ask({ said: 'record-visit' }, '一种办理'),
    of(({ person }) => ({ person }), '一个人'),
    of(({ yearAgo }) => ({ from: yearAgo, to: yearAgo }), '一天'),
  ],
  '/api/refusals': [plain, ask({ code: 'no-such-code' }, '一种都没有的')],
  '/api/checkpoints': [plain],
  '/api/verifications': [plain],
  '/api/access-log': [plain, ask({ outcome: 'refused' }, '被拒绝的'), of(({ person }) => ({ person }), '一个人')],
  '/api/rights': [plain],
  '/api/today': [plain],
  '/api/rules': [plain],
  '/api/rules/{id}': [plain],
  '/api/rules/{id}/deadline': [of(({ today }) => ({ from: today }), '今日起算')],
  '/api/calendars': [plain],
  '/api/calendars/{year}': [plain],
  '/api/ladders': [plain],
  '/api/policies': [plain],
  '/api/contents/{hash}': [plain],
  '/api/problems': [plain],
  '/api/system': [plain],
  '/api/system/quiet': [plain],
};

export const CONSOLE_READS: readonly Read[] = Object.entries(READS).map(([path, questions]) => ({ path, questions }));

export const boundOf = ({ withinMs = LIST_MS }: Question): number => withinMs;
