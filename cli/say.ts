/** Gives a case a command and writes what became of it. Knows no kind. */
import { apply, type Answer } from '../cases/apply.ts';
import { lineOfCase } from '../cases/lists.ts';
import { itemsOf } from '../cases/replay/items.ts';
import { speakerOf } from '../cases/replay/names.ts';
import type { Typed } from '../domain/kernel/process.ts';
import { stageWords, wordsOf } from '../domain/words/index.ts';
import { instantText } from '../domain/words/kernel-said.ts';
import { eventSaid } from '../domain/words/said.ts';
import { checkedCommand } from './command-form.ts';
import type { Call } from './context.ts';
import { CliProblem, refusedProblem } from './problem.ts';

/** A command as a person says it; its form is checked when it is said. */
export const spoken = (command: Typed & { readonly [field: string]: unknown }): Typed => command;

/** Checks the command's form, applies it as the acting person, prints the answer; throws what was refused. */
export async function say(call: Call, caseId: string, said: Typed): Promise<void> {
  const command = checkedCommand(caseId, said);
  const actor = await call.actor();
  const { key } = call;
  await answered(call, await apply(call.cases, command, { caseId, key, actor }));
}

/** Refusals of right: a hint names who may. */
const OTHERS = new Set(['not-holder', 'not-claimant', 'not-regulator']);

/** Prints what was written, or throws the refusal. */
export async function answered(call: Call, answer: Answer): Promise<void> {
  const { pool } = call.cases;
  if (!answer.ok) {
    const problem = refusedProblem(answer.refusal);
    if (!OTHERS.has(problem.code)) throw problem;
    const holder = (await lineOfCase(pool, answer.caseId))?.holder;
    const person = holder?.person ?? null;
    const hint = person === null ? '' : `;此案现由 ${holder?.name ?? ''}(--as ${person})承办`;
    throw new CliProblem(problem.code, `${problem.message}${hint}`);
  }
  const { caseId, seq, at, events, summary } = answer;
  const words = wordsOf(caseId);
  const { policy } = await call.cases.office.inForce(pool);
  const speaker = { ...(await speakerOf(pool, events)), item: itemsOf(policy) };
  call.answer(answer, () =>
    [
      `已办理:${words?.title ?? ''} ${caseId} 第 ${String(seq)} 条,${instantText(at)}`,
      ...events.map((event) => `  ${eventSaid(caseId.slice(0, caseId.indexOf('/')), event, speaker)}`),
      `状态:${stageWords(words, summary.stage, summary.closedAs)}`,
    ].join('\n'),
  );
}
