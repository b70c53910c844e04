/** What people of the district do in the quarter, through the product's own doors; a refusal fails the test. */
import { apply } from '../../../cases/apply.ts';
import { actorOf } from '../../../cases/register/acting.ts';
import { changeRegister } from '../../../cases/register/change-register.ts';
import { localDate } from '../../../domain/kernel/civil-day.ts';
import type { Actor, Typed } from '../../../domain/kernel/process.ts';
import type { RegisterChange } from '../../../domain/register/change.ts';
import type { CorrectionCommand } from '../../../domain/supervision/correction-messages.ts';
import type { CheckedItem, Mode, RoundCommand, Severity } from '../../../domain/supervision/round-messages.ts';
import type { TextRef } from '../../../domain/kernel/text.ts';
import { loadOfficeData } from '../../../cases/office-data.ts';
import { holderOf } from './district.ts';
import type { QuarterWorld } from './world.ts';

/** Commands carry plain text at the door; the journal keeps a reference. */
export type AtTheDoor<T> = T extends TextRef
  ? string
  : T extends readonly (infer E)[]
    ? readonly AtTheDoor<E>[]
    : T extends object
      ? { [K in keyof T]: AtTheDoor<T[K]> }
      : T;

const checklist = loadOfficeData().policies.at(-1)?.values['supervision.checklist']?.value as readonly {
  code: string;
}[];
const ALL_MET: readonly AtTheDoor<CheckedItem>[] = checklist.map(({ code }) => ({ code, met: true }));
const DIGEST = 'a'.repeat(64);

export interface Act {
  /** Who acts, for which post; the post's first holder unless given. */
  readonly post: string;
  readonly person?: string;
}

export interface Visit extends Act {
  readonly subject: string;
  readonly visitedOn?: string;
  readonly mode?: Mode;
  readonly findings?: readonly { readonly finding: string; readonly severity: Severity; readonly onSpot?: boolean }[];
}

export function actsOf(world: Pick<QuarterWorld, 'cases' | 'deps' | 'now'>, cycle: string) {
  let keys = 0;

  async function as({ post, person = holderOf(post) }: Act): Promise<Actor> {
    const acting = await actorOf(world.cases.pool, person, post, localDate(await world.now()));
    if ('problem' in acting) throw new Error(`${person} may not act for ${post}: ${JSON.stringify(acting.problem)}`);
    return acting.actor;
  }

  /** The answer's refusal code, or `ok`. */
  async function tried(caseId: string, command: Typed, act: Act): Promise<string> {
    keys += 1;
    const answer = await apply(world.deps, command, { caseId, key: `act-${String(keys)}`, actor: await as(act) });
    return answer.ok ? 'ok' : answer.refusal.code;
  }

  async function done(caseId: string, command: Typed, act: Act): Promise<void> {
    const outcome = await tried(caseId, command, act);
    if (outcome !== 'ok') throw new Error(`${caseId} refused ${command.type} by ${act.post}: ${outcome}`);
  }

  return {
    as,
    async register(changes: readonly RegisterChange[], act: Act): Promise<void> {
      keys += 1;
      const answer = await changeRegister(world.deps, changes, {
        actor: await as(act),
        key: `register-${String(keys)}`,
      });
      if (!answer.ok) throw new Error(`the register refused: ${JSON.stringify(answer.refusal)}`);
    },
    /** `ok` or the refusal's code. */
    async tryVisit(visit: Visit): Promise<string> {
      const { post, subject, mode = 'on-site', findings = [] } = visit;
      const visitedOn = visit.visitedOn ?? localDate(await world.now());
      const command: AtTheDoor<RoundCommand> = {
        type: 'record-visit',
        visit: `v-${subject}`,
        subject,
        visitedOn,
        mode,
        items: ALL_MET,
        findings: findings.map(({ finding, severity, onSpot = false }) => ({
          finding,
          item: ALL_MET[0]?.code ?? '',
          severity,
          ...(onSpot ? { correctedOnSpot: true } : {}),
          text: '台账不全',
        })),
        evidence: mode === 'on-site' ? [{ digest: DIGEST, takenOn: visitedOn }] : [],
        confirmedBy: 'business',
      };
      return tried(`round/${cycle}/${post}`, command, visit);
    },
    async visit(visit: Visit): Promise<void> {
      const outcome = await this.tryVisit(visit);
      if (outcome !== 'ok') throw new Error(`the visit to ${visit.subject} was refused: ${outcome}`);
    },
    round: (post: string, command: AtTheDoor<RoundCommand>, act: Act) => done(`round/${cycle}/${post}`, command, act),
    /** `finding` as `<post>/<finding id>`. */
    correction: (finding: string, command: AtTheDoor<CorrectionCommand>, act: Act) =>
      done(`correction/${cycle}/${finding}`, command, act),
    evidenceOn: (takenOn: string) => [{ digest: DIGEST, takenOn }],
  };
}

export type Acts = ReturnType<typeof actsOf>;
