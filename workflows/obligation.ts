/**
 * The driver of a case: waits for the case's next alarm and applies what it brings. It holds no rule and decides
 * nothing, so a new law needs no patch here.
 *
 * What it must keep:
 * 1. it never sleeps past the next alarm: it sleeps for as long as `fire` said, counted from `fire`'s answer;
 * 2. a signal that arrives while `fire` runs is not lost, also when `fire` takes longer than a workflow task;
 * 3. a fired rung is not fired again by a retry: the database refuses;
 * 4. it ends only when the case is closed;
 * 5. it compares no instants: there is one clock, the database's.
 */
import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  continueAsNew,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  TimeoutFailure,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { TASK_QUEUES } from './ids.ts';
import { changed, course, type Course } from './messages.ts';
import { caseDueOn, caseStage } from './search-attributes.ts';

const { fire } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '6s',
  scheduleToCloseTimeout: '7s',
  retry: { maximumAttempts: 1 },
});

const { work } = proxyActivities<Activities>({
  taskQueue: TASK_QUEUES.cycles,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '1 minute',
});

type Wake = Awaited<ReturnType<Activities['fire']>>;

const SHORTEST_WAIT_MS = 1_000;
const FIRST_RETRY_MS = 10_000;
const LONGEST_RETRY_MS = 600_000;
const REMEMBERED_WAKES = 50;

/** `course` and `shown` are carried from run to run; nothing else is. */
interface Carried {
  readonly course: readonly Course[];
  readonly shown: { readonly stage: string; readonly dueOn: string | null };
}

export async function obligation(caseId: string, carried?: Carried): Promise<void> {
  let stale = false;
  let wakes: readonly Course[] = carried?.course ?? [];
  let shown = carried?.shown ?? { stage: '', dueOn: null };
  let retryMs = FIRST_RETRY_MS;

  setHandler(changed, () => {
    stale = true;
  });
  setHandler(course, () => wakes);

  const remember = (wake: Course): void => {
    wakes = [...wakes, wake].slice(-REMEMBERED_WAKES);
  };

  for (;;) {
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof obligation>(caseId, { course: wakes, shown });
    stale = false;
    const wake = await fire(caseId).catch(stuckCode);
    if (typeof wake === 'string') {
      setCurrentDetails(`stuck: ${wake}`);
      remember({ head: '', fired: [], waitMs: retryMs, stuck: wake });
      await condition(() => stale, retryMs, { summary: `stuck: ${wake}` });
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
      continue;
    }
    retryMs = FIRST_RETRY_MS;
    if (wake.closed) {
      remember({ head: wake.head, fired: [], waitMs: null });
      if (stale) continue;
      return;
    }
    remember({ head: wake.head, fired: wake.fired.map(({ clock, rung }) => `${clock}/${rung}`), waitMs: wake.waitMs });
    shown = show(wake.shown, shown);
    if (wake.work !== null) {
      const againMs = await work(caseId, wake.work);
      if (againMs > 0)
        await condition(() => stale, Math.max(SHORTEST_WAIT_MS, Math.min(againMs, wake.waitMs ?? againMs)));
      continue;
    }
    if (stale) continue;
    if (wake.waitMs === null) await condition(() => stale);
    else await condition(() => stale, Math.max(SHORTEST_WAIT_MS, wake.waitMs), { summary: wake.shown.next });
  }
}

/**
 * The code of a failed `fire`. A local activity's failure arrives bare on some servers and wrapped on others; what is
 * neither, a cancellation say, passes on.
 */
function stuckCode(failure: unknown): string {
  const cause = failure instanceof ActivityFailure ? failure.cause : failure;
  if (cause instanceof ApplicationFailure) return cause.type ?? 'error';
  if (cause instanceof TimeoutFailure) return 'timeout';
  throw failure;
}

/** Makes the execution readable to an officer; attributes are written only when they change. */
function show(now: Extract<Wake, { closed: false }>['shown'], before: Carried['shown']): Carried['shown'] {
  setCurrentDetails([now.stage, now.dueOn ?? '', now.next].filter((part) => part !== '').join(' · '));
  if (now.stage !== before.stage) upsertSearchAttributes([{ key: caseStage, value: now.stage }]);
  if (now.dueOn !== before.dueOn) upsertSearchAttributes([{ key: caseDueOn, value: now.dueOn }]);
  return { stage: now.stage, dueOn: now.dueOn };
}
