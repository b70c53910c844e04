/**
 * A district office from 28 September 2026 on, whatever day it is where the test runs: the clock of its database is the
 * time-skipping server's, moved by a constant. Mail goes to a real SMTP server.
 *
 * An outage takes the worker and Temporal with it: the time-skipping server's clock stands still while no worker takes its
 * tasks. That a worker alone may go and come back is shown in temporal-lost.test.ts.
 */
import { createMailer } from '../../../activities/mailer.ts';
import { noticeActivities } from '../../../activities/notices.ts';
import type { CasesDeps } from '../../../cases/deps.ts';
import { keepInvariants } from '../../../cases/invariants.ts';
import { keepOnce } from '../../../cases/keeper.ts';
import { rearmAll } from '../../../cases/sweep.ts';
import { caseWorld, shanghai, type CaseWorld } from '../../support/case-world.ts';
import { mailCatcher, type MailCatcher } from '../../support/mail.ts';
import { startPlant, type Plant } from '../../support/plant.ts';
import { timeSkipping } from '../../support/temporal.ts';

export interface QuarterWorld {
  readonly cases: CaseWorld;
  readonly deps: CasesDeps;
  readonly catcher: MailCatcher;
  /** What could not be worded; must stay empty. */
  readonly faults: unknown[];
  now(): Promise<number>;
  /** Keeps, fires and sends until nothing is left to do at this instant. */
  settle(): Promise<void>;
  /** Lets time run to a local instant; every alarm on the way fires within the minute it is due. */
  until(local: string): Promise<void>;
  /** Worker and Temporal are gone, and with Temporal all it knew. The database stays up; `until` moves its clock. */
  outage(): Promise<void>;
  /** New ones come up; `zhaodan rearm` starts the drivers again. How many. */
  recover(): Promise<number>;
  close(): Promise<void>;
}

const SPREAD_MS = 65_000;

export async function quarterWorld(start: string): Promise<QuarterWorld> {
  const cases = await caseWorld({ start });
  const catcher = await mailCatcher();
  const faults: unknown[] = [];
  let plant: Plant | undefined;
  /** What is added to the server's clock; while there is no server, the database's clock itself. */
  let shiftMs = 0;
  let stillAt = shanghai(start);
  const now = async (): Promise<number> =>
    plant === undefined ? stillAt : Math.floor(await plant.env.currentTimeMs()) + shiftMs;
  const deps: CasesDeps = { ...cases.deps, now };
  const mailer = createMailer({ url: catcher.url, tls: 'off', from: 'noreply@quarter.test' });
  const post = noticeActivities({
    notices: { ...deps, publicUrl: 'https://z.test', mailDomain: 'z.test' },
    mailer,
    alive: () => undefined,
    onNoticeFault: (fault) => faults.push(fault),
  });

  async function comeUp(): Promise<void> {
    const fresh = await startPlant(deps, await timeSkipping());
    shiftMs = stillAt - Math.floor(await fresh.env.currentTimeMs());
    plant = fresh;
  }
  await comeUp();

  /** Everything that waits for somebody at this instant. */
  async function waiting(): Promise<number> {
    const { rows } = await cases.pool.query<{ n: string }>(
      `SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM inbox WHERE settled_at IS NULL) + (SELECT count(*) FROM recounts)
            + (SELECT count(*) FROM cycle_plan WHERE result IS NULL)
            + (SELECT count(*) FROM cases WHERE closed_at IS NULL AND next_alarm_at <= $1) AS n`,
      [await now()],
    );
    return Number(rows[0]?.n) + (plant?.busy() ?? 0);
  }

  async function settle(): Promise<void> {
    if (plant === undefined) return;
    const { drivers } = plant;
    const giveUpAt = Date.now() + 120_000;
    do {
      await keepOnce(deps, drivers);
      if ((await waiting()) === 0) break;
      if (Date.now() > giveUpAt) throw new Error(`${String(await waiting())} things still wait after two minutes`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    } while (plant !== undefined);
    const repaired = await keepInvariants(deps);
    if (repaired.duties + repaired.holders > 0)
      throw new Error(`the invariants were broken: ${JSON.stringify(repaired)}`);
    while ((await post.freezeNotices()).waitMs === 0);
    await post.sendMessages();
  }

  async function nextAlarm(): Promise<number | null> {
    const { rows } = await cases.pool.query<{ at: string | null }>(
      'SELECT min(next_alarm_at) AS at FROM cases WHERE closed_at IS NULL',
    );
    const at = rows[0]?.at ?? null;
    return at === null ? null : Number(at);
  }

  return {
    cases,
    deps,
    catcher,
    faults,
    now,
    settle,
    async until(local) {
      const target = shanghai(local);
      if (plant === undefined) {
        stillAt = target;
        return;
      }
      for (;;) {
        await settle();
        const at = await now();
        if (at >= target) return;
        const alarm = await nextAlarm();
        await plant.env.sleep(Math.max(1, (alarm === null ? target : Math.min(target, alarm + SPREAD_MS)) - at));
      }
    },
    async outage() {
      stillAt = await now();
      const gone = plant;
      plant = undefined;
      await gone?.destroy();
    },
    async recover() {
      await comeUp();
      if (plant === undefined) throw new Error('no plant');
      const started = await rearmAll(cases.pool, plant.drivers);
      await settle();
      return started;
    },
    async close() {
      await plant?.destroy();
      mailer.close();
      await catcher.stop();
      await cases.close();
    },
  };
}
