/** What the keeper does now and then in this process: missing duties, and the daily checkpoint for the auditor. */
import type { Mailer } from '../activities/mailer.ts';
import { writeCheckpoint } from '../cases/checkpoint.ts';
import type { CasesDeps } from '../cases/deps.ts';
import { keepInvariants } from '../cases/invariants.ts';
import type { Chore } from '../cases/keeper.ts';
import type { Logger } from '../config/log.ts';

const INVARIANTS_MS = 60_000;
const CHECKPOINT_MS = 3_600_000;

export interface ChoresDeps {
  readonly cases: CasesDeps;
  readonly log: Logger;
  /** Outside the office: whoever keeps what the checkpoints said. */
  readonly auditor?: { readonly mailer: Mailer; readonly address: string };
}

export function chores({ cases, log, auditor }: ChoresDeps): readonly Chore[] {
  async function checkpoint(): Promise<void> {
    const written = await writeCheckpoint(cases);
    if (written === null) return;
    log.info({ checkpoint: written.id, hash: written.hash }, 'checkpoint written');
    if (auditor === undefined) return;
    const text = `照单审计核对点 ${String(written.id)}\n\n本次哈希:${written.hash}\n上次哈希:${written.previous}\n\n${written.body}\n`;
    const id = `checkpoint-${String(written.id)}-${written.hash.slice(0, 16)}@zhaodan`;
    const { mailer, address } = auditor;
    const handover = await mailer.send({
      id,
      address,
      subject: `照单审计核对点 ${String(written.id)}`,
      text,
      html: `<pre>${text}</pre>`,
      attempt: 1,
    });
    if (handover.outcome !== 'sent')
      log.error({ checkpoint: written.id, outcome: handover.outcome }, 'the auditor was not sent the checkpoint');
  }

  return [
    { name: 'invariants', everyMs: INVARIANTS_MS, run: () => keepInvariants(cases) },
    { name: 'checkpoint', everyMs: CHECKPOINT_MS, run: checkpoint },
  ];
}
