/** Every operation of the API, in the document's order. */
import type { Registry } from 'prom-client';
import type { ApiDeps } from './deps.ts';
import { boardOperations } from './routes/boards.ts';
import { overviewOperations } from './routes/overview.ts';
import { auditOperations } from './routes/audit.ts';
import { systemStateOperations } from './routes/system-state.ts';
import { absenceOperations } from './routes/absences.ts';
import { answerOperations } from './routes/answers.ts';
import { accessOperations } from './routes/access.ts';
import { healthOperations } from './health.ts';
import type { Operation } from './operation.ts';
import { caseCourseOperations } from './routes/case-course.ts';
import { caseOperations } from './routes/cases.ts';
import { cyclePreviewOperations } from './routes/cycle-previews.ts';
import { cycleOperations } from './routes/cycles.ts';
import { evidenceOperations } from './routes/evidence.ts';
import { exportOperations } from './routes/exports.ts';
import { importOperations } from './routes/imports.ts';
import { noticeOperations } from './routes/notices.ts';
import { officeOperations } from './routes/office.ts';
import { registerListOperations } from './routes/register-lists.ts';
import { registerRecordOperations } from './routes/register-records.ts';
import { registerOperations } from './routes/register.ts';
import { roundOperations } from './routes/rounds.ts';
import { ruleOperations } from './routes/rules.ts';
import { signOnOperations } from './sign-on/operations.ts';
import { searchOperations } from './routes/search.ts';
import { systemOperations } from './routes/system.ts';
import { todayOperations } from './routes/today.ts';
import { viewOperations } from './routes/views.ts';
import { todoOperations } from './routes/todo.ts';

export const operations = (deps: ApiDeps, registry: Registry): Operation[] => [
  ...caseOperations(deps),
  ...caseCourseOperations(deps),
  ...searchOperations(deps),
  ...viewOperations(deps),
  ...cyclePreviewOperations(deps),
  ...cycleOperations(deps),
  ...roundOperations(deps),
  ...evidenceOperations(deps),
  ...registerListOperations(deps),
  ...registerRecordOperations(deps),
  ...registerOperations(deps),
  ...importOperations(deps),
  ...exportOperations(deps),
  ...noticeOperations(deps),
  ...ruleOperations(deps),
  ...officeOperations(deps),
  ...healthOperations(deps.parts),
  ...systemOperations(registry),
  ...todayOperations(deps),
  ...signOnOperations(deps),
  ...boardOperations(deps),
  ...auditOperations(deps),
  ...systemStateOperations(deps),
  ...overviewOperations(deps),
  ...accessOperations(deps),
  ...todoOperations(deps),
  ...absenceOperations(deps),
  ...answerOperations(deps),
];
