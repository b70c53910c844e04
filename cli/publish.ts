/** `zhaodan calendar|ladder|policy list|publish`: what the office counts by, in versions; publishing counts open cases again. */
import { Command } from 'commander';
import type { z } from 'zod';
import { previewCalendar, type CalendarPreview } from '../cases/calendar-preview.ts';
import { CalendarBody, LadderBody, PolicyBody } from '../cases/office-bodies.ts';
import { listContents } from '../cases/office-lists.ts';
import { CALENDAR_NAME } from '../cases/office.ts';
import { faultsOf, publishContent } from '../cases/publication.ts';
import { instantText } from '../domain/words/kernel-said.ts';
import './command-form.ts';
import { action, type Call, type Context } from './context.ts';
import { jsonBody } from './input.ts';
import { CliProblem, refusedProblem } from './problem.ts';
import { table } from './table.ts';

export type Published = 'calendar' | 'ladder' | 'policy';

const TITLES: Readonly<Record<Published, string>> = {
  calendar: '放假安排',
  ladder: '提醒与升级阶梯',
  policy: '区政策值',
};

export function publishCommand(context: Context, kind: Published): Command {
  const command = new Command(kind).description(`${TITLES[kind]}:各版本与公布`);
  command
    .command('list')
    .description('各版本,新的在前')
    .action(
      action(context, async (call) => {
        const rows = await listContents(call.cases.pool, kind);
        call.answer(rows, () =>
          table(
            ['公布', '名称', '版本', '时间', '由谁', '施行', '内容哈希'],
            rows.map(({ publication, name, version, at, person, inForce, hash }) => [
              publication,
              name,
              version,
              instantText(at),
              person,
              inForce ? '现行' : '',
              hash.slice(0, 16),
            ]),
          ),
        );
      }),
    );
  const publish = command
    .command('publish')
    .description(`公布一个版本(JSON 文件);未了结的案件随后逐案重新计算`)
    .argument('<file>')
    .action(
      action(context, (call, file: string, { dryRun }: { readonly dryRun?: true }) =>
        put(call, kind, file, dryRun === true),
      ),
    );
  if (kind === 'calendar') publish.option('--dry-run', '只看哪些期限会变,不公布');
  return command;
}

async function put(call: Call, kind: Published, file: string, dryRun: boolean): Promise<void> {
  const content = await contentOf(call, kind, jsonBody(`@${file}`));
  if (dryRun && kind === 'calendar') {
    const preview = await previewCalendar(call.cases, CalendarBody.parse(content.body));
    call.answer(preview, () => previewText(preview));
    return;
  }
  const actor = await call.actor();
  if (actor.role !== 'district-office') throw refusedProblem({ code: 'not-office' });
  const { publication, touched, hash } = await publishContent(call.cases, { kind, ...content }, actor.person);
  call.answer({ publication, touched, hash }, () =>
    publication === null
      ? `这一内容已在施行(${hash.slice(0, 16)}),没有变化`
      : `已公布${TITLES[kind]} ${content.version},公布号 ${publication};将重新计算 ${String(touched)} 个案件`,
  );
}

async function contentOf(
  call: Call,
  kind: Published,
  body: unknown,
): Promise<{ name: string; version: string; body: unknown }> {
  switch (kind) {
    case 'calendar': {
      const calendar = formed(CalendarBody, body);
      mustFit(await faultsOf(call.cases.pool, { kind, body: calendar }));
      return { name: CALENDAR_NAME, version: calendar.version, body: calendar };
    }
    case 'ladder': {
      const ladder = formed(LadderBody, body);
      mustFit(await faultsOf(call.cases.pool, { kind, body: ladder }));
      return { name: ladder.name, version: ladder.version, body: ladder };
    }
    case 'policy': {
      const policy = formed(PolicyBody, body);
      mustFit(await faultsOf(call.cases.pool, { kind, body: policy }));
      return { name: policy.name, version: policy.version, body: policy };
    }
  }
}

function formed<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  mustFit(parsed.error.issues.slice(0, 20).map(({ path, message }) => `${path.join('.')}:${message}`));
  throw parsed.error;
}

function mustFit(faults: readonly string[]): void {
  if (faults.length > 0) throw new CliProblem('invalid-request', `文件内容不合要求\n  ${faults.join('\n  ')}\n`);
}

function previewText({ days, touched, counted, moved }: CalendarPreview): string {
  return [
    `与现行相比有变的日子:${days.length === 0 ? '无' : days.join('、')}`,
    `跨过这些日子的未了结案件 ${String(touched)} 个,已试算 ${String(counted)} 个,期限有变 ${String(moved.length)} 个`,
    ...moved.slice(0, 100).map(({ caseId, clock, dueOn, wouldBe }) => `  ${caseId} ${clock}:${dueOn} → ${wouldBe}`),
  ].join('\n');
}
