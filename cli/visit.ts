/** `zhaodan visit ROUND SUBJECT`: one visit recorded, without writing JSON. */
import { randomUUID } from 'node:crypto';
import { Command, InvalidArgumentError, Option } from 'commander';
import { localDate } from '../domain/kernel/civil-day.ts';
import { action, type Call, type Context } from './context.ts';
import { EVIDENCE_OPTION, evidenceOf, keptEvidence, type NamedEvidence } from './evidence.ts';
import { caseIdOf, civilDay } from './input.ts';
import { say, spoken } from './say.ts';

interface FindingWords {
  readonly severity: string;
  readonly item: string;
  readonly text: string;
}

interface VisitOptions {
  readonly on?: string;
  readonly mode: string;
  readonly finding: readonly FindingWords[];
  readonly unmet: readonly string[];
  readonly evidence: readonly NamedEvidence[];
  readonly confirmed: string;
  readonly note?: string;
}

const listed =
  <T>(read: (text: string) => T) =>
  (text: string, before: readonly T[]): readonly T[] => [...before, read(text)];

export function visitCommand(context: Context): Command {
  return new Command('visit')
    .description('记录一次走访;任务清单未指明的项记为符合,发现的问题转为整改')
    .argument('<round>', '轮次,如 2026-Q4/p-12')
    .argument('<subject>', '主体编号')
    .option('--on <day>', '走访日期,默认今日', civilDay)
    .addOption(new Option('--mode <mode>', '方式').choices(['on-site', 'report-meeting', 'video']).default('on-site'))
    .option(
      '--finding <finding>',
      '发现的问题「严重程度:清单项:内容」,可多次;严重程度 minor、general、serious',
      listed(finding),
      [],
    )
    .option('--unmet <item>', '不符合的清单项,可多次', listed(String), [])
    .option(...EVIDENCE_OPTION, evidenceOf, [])
    .addOption(
      new Option('--confirmed <by>', '经营者确认').choices(['business', 'refused', 'none']).default('business'),
    )
    .option('--note <words>', '说明')
    .action(
      action(context, (call, round: string, subject: string, options: VisitOptions) =>
        visit(call, caseIdOf('round', round), subject, options),
      ),
    );
}

async function visit(call: Call, caseId: string, subject: string, options: VisitOptions): Promise<void> {
  const { on, mode, finding: findings, unmet, evidence: files, confirmed, note } = options;
  const visitedOn = on ?? localDate(await call.now());
  const required = await requiredItems(call);
  const notMet = new Set([...unmet, ...findings.map(({ item }) => item)]);
  const codes = [...new Set([...required, ...notMet])];
  await say(
    call,
    caseId,
    spoken({
      type: 'record-visit',
      visit: `v-${randomUUID()}`,
      subject,
      visitedOn,
      mode,
      items: codes.map((code) => ({ code, met: !notMet.has(code) })),
      findings: findings.map((one) => ({ ...one, finding: `f-${randomUUID().slice(0, 8)}` })),
      evidence: await keptEvidence(call, files, visitedOn),
      confirmedBy: confirmed === 'none' ? null : confirmed,
      ...(note === undefined ? {} : { note }),
    }),
  );
}

/** The 任务清单 of the district's policy. */
export async function requiredItems({ cases }: Call): Promise<readonly string[]> {
  const client = await cases.pool.connect();
  try {
    const { policy } = await cases.office.inForce(client);
    return policy
      .value<readonly { readonly code: string; readonly required?: boolean }[]>('supervision.checklist')
      .flatMap(({ code, required }) => (required === false ? [] : [code]));
  } finally {
    client.release();
  }
}

function finding(text: string): FindingWords {
  const [, severity, item, words] = /^(minor|general|serious):([^:]+):(.+)$/s.exec(text) ?? [];
  if (severity === undefined || item === undefined || words === undefined)
    throw new InvalidArgumentError('应为「严重程度:清单项:内容」,如 general:storage:冷柜温度偏高');
  return { severity, item, text: words };
}
