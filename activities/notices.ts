/** What `deliverNotices` may do: freeze messages, and hand them to the mail server. Outcomes are values. */
import type { NoticesDeps } from '../cases/notices/deps.ts';
import { freezeNotices as freezeOnce, type FreezeResult } from '../cases/notices/freeze.ts';
import type { Fault } from '../cases/notices/parcels.ts';
import {
  claimMessages,
  holdBack,
  settleMessage,
  untilNextAttempt,
  type Settlement,
} from '../cases/notices/outgoing.ts';
import { retryAfterMs } from '../domain/notices/retry.ts';
import { CONNECTIONS, type Mailer } from './mailer.ts';

export interface NoticeActivityDeps {
  readonly notices: NoticesDeps;
  readonly mailer: Mailer;
  /** Told after every step of a long run: the heartbeat. */
  readonly alive: () => void;
  /** A notice that went out without its date; for operators. */
  readonly onNoticeFault: (fault: Fault) => void;
}

export interface Frozen {
  readonly messages: number;
  readonly overtaken: number;
  readonly undeliverable: number;
  /** Until more may be frozen; 0 when there was too much for one run, `null` when nothing is queued. */
  readonly waitMs: number | null;
}

export type Sent = Readonly<Record<Settlement, number>> & {
  /** Until the next attempt; `null` when nothing waits. */
  readonly waitMs: number | null;
};

/** Bounds of one run, well inside the activity's timeout; what is left is for the next turn. */
const MOST_TRANSACTIONS = 50;
const MOST_MESSAGES = 1_000;

export function noticeActivities({ notices, mailer, alive, onNoticeFault }: NoticeActivityDeps) {
  /** Freezes whatever may be frozen now. */
  async function freezeNotices(): Promise<Frozen> {
    const total = { messages: 0, overtaken: 0, undeliverable: 0 };
    for (let n = 0; n < MOST_TRANSACTIONS; n += 1) {
      const result: FreezeResult = await freezeOnce(notices);
      total.messages += result.messages;
      total.overtaken += result.overtaken;
      total.undeliverable += result.undeliverable;
      result.faults.forEach(onNoticeFault);
      alive();
      if (!result.more) return { ...total, waitMs: result.waitMs };
    }
    return { ...total, waitMs: 0 };
  }

  /** Hands over every message that may be tried now, a few at a time; stops at the first sign that the server is away. */
  async function sendMessages(): Promise<Sent> {
    const total: Record<Settlement, number> = { sent: 0, refused: 0, retry: 0, 'gave-up': 0, superseded: 0 };
    for (let tried = 0; tried < MOST_MESSAGES;) {
      const claimed = await claimMessages(notices, CONNECTIONS);
      if (claimed.length === 0) break;
      tried += claimed.length;
      const away = await Promise.all(
        claimed.map(async (message) => {
          const handover = await mailer.send(message);
          total[await settleMessage(notices, message, handover)] += 1;
          alive();
          return handover.outcome === 'away';
        }),
      );
      if (away.includes(true)) {
        await holdBack(notices, Math.max(...claimed.map(({ attempt }) => retryAfterMs(attempt))));
        break;
      }
    }
    return { ...total, waitMs: await untilNextAttempt(notices) };
  }

  return { freezeNotices, sendMessages };
}

/** The shape the workflow proxies. Import it with `import type`, never the factory. */
export type NoticeActivities = ReturnType<typeof noticeActivities>;
