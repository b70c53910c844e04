/** `zhaodan correction …`: one finding, from being claimed until it is struck off, in words. */
import { Command } from 'commander';
import { localDate } from '../domain/kernel/civil-day.ts';
import { action, type Call, type Context } from './context.ts';
import { EVIDENCE_OPTION, evidenceOf, keptEvidence, type NamedEvidence } from './evidence.ts';
import { caseIdOf, civilDay } from './input.ts';
import { CliProblem } from './problem.ts';
import { say, spoken } from './say.ts';

interface Words {
  readonly due: string;
  readonly requirement: string;
  readonly evidence?: readonly NamedEvidence[];
  readonly note?: string;
  readonly reason: string;
  readonly passed?: true;
  readonly failed?: true;
  readonly to: string;
  readonly clue: string;
}

export function correctionCommand(context: Context): Command {
  const correction = new Command('correction').description('问题整改:认领、责令、报告、复查');

  /** One step: its name, what it is for, and its fields from the options. */
  const step = (type: string, says: string, fields: (words: Words) => Record<string, unknown>): Command =>
    correction
      .command(type)
      .description(says)
      .argument('<correction>', '整改,如 2026-Q4/p-12/f-1')
      .action(
        action(context, async (call: Call, id: string, words: Words) => {
          const said = { ...fields(words), ...(await evidenceFields(call, words)), type };
          await say(call, caseIdOf('correction', id), spoken(said));
        }),
      );

  step('claim', '认领这个问题,开始处置', () => ({}));
  step('order', '责令改正,写明要求和最后一日', ({ due, requirement }) => ({ dueOn: due, requirement }))
    .requiredOption('--due <day>', '最后一日', civilDay)
    .requiredOption('--requirement <words>', '要求');
  step('report-done', '报告整改完成,等待他人复查', ({ note }) => ({ ...noted(note) }))
    .option(...EVIDENCE_OPTION, evidenceOf, [])
    .option('--note <words>', '说明');
  step('correct-on-spot', '轻微问题当场改正,附证据后销号', ({ note }) => ({ ...noted(note) }))
    .option(...EVIDENCE_OPTION, evidenceOf, [])
    .option('--note <words>', '说明');
  step('recheck', '由他人复查:合格销号,不合格另定期限', ({ passed, failed, reason, due }) => {
    if ((passed === true) === (failed === true))
      throw new CliProblem('invalid-request', '请写 --passed(合格)或 --failed(不合格)之一');
    return {
      passed: passed === true,
      reason,
      ...((due as string | undefined) === undefined ? {} : { dueOn: due }),
    };
  })
    .option('--passed', '合格')
    .option('--failed', '不合格,须另定 --due')
    .requiredOption('--reason <words>', '复查意见')
    .option('--due <day>', '不合格时的新期限', civilDay)
    .option(...EVIDENCE_OPTION, evidenceOf, []);
  step('escalate', '上报食药安办协调', ({ reason }) => ({ reason })).requiredOption('--reason <words>', '理由');
  step('pass-on', '严重线索移送执法机构', ({ to, clue }) => ({ to, clue }))
    .requiredOption('--to <post>', '接收岗位')
    .requiredOption('--clue <words>', '线索');
  return correction;
}

/** For the steps that take evidence. */
async function evidenceFields(call: Call, { evidence }: Words): Promise<Record<string, unknown>> {
  if (evidence === undefined) return {};
  return { evidence: await keptEvidence(call, evidence, localDate(await call.now())) };
}

const noted = (note: string | undefined) => (note === undefined ? {} : { note });
