/** What the quarter left behind, as sorted lines that do not depend on when or where the test ran. */
import type { ParsedMail } from 'mailparser';
import { cycleFigures } from '../../../cases/supervision/figures.ts';
import type { EntryContent } from '../../../cases/entry.ts';
import type { KernelEvent } from '../../../domain/kernel/alarms.ts';
import type { QuarterWorld } from './world.ts';

/** `2026-11-16 09h` in Shanghai. */
const hour = (at: number): string => `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 13).replace('T', ' ')}h`;
const day = (at: number): string => hour(at).slice(0, 10);

/** A rung is on time when it fired within ten minutes: reminders are spread over one. */
const ON_TIME_MS = 600_000;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const file = (header: readonly string[], lines: readonly string[]): string =>
  [...header.map((line) => `# ${line}`), ...[...lines].sort(compare), ''].join('\n');

/** One line a mail as the server took it. */
export async function mailLines({ cases, catcher }: QuarterWorld): Promise<string> {
  const { rows } = await cases.pool.query<{ id: string; sent_at: string }>(
    "SELECT id, sent_at FROM messages WHERE state = 'sent'",
  );
  const sentAt = new Map(rows.map(({ id, sent_at }) => [`<${id}>`, Number(sent_at)]));
  const lines = catcher.mails.map((mail) => {
    const at = sentAt.get(mail.messageId ?? '');
    if (at === undefined) throw new Error(`a mail nobody sent: ${mail.messageId ?? ''}`);
    return [day(at), recipientOf(mail), mail.subject ?? '', casesIn(mail).join(' ')].join(' | ');
  });
  return file(['Every mail of the quarter: day sent | recipient | subject | cases it links to.'], lines);
}

const recipientOf = ({ to }: ParsedMail): string => (to === undefined || Array.isArray(to) ? '?' : to.text);

const casesIn = ({ text = '' }: ParsedMail): readonly string[] =>
  [
    ...new Set([...text.matchAll(/https:\/\/z\.test\/cases\/(\S+)/g)].map(([, path = '']) => decodeURIComponent(path))),
  ].sort(compare);

export interface KernelLine {
  readonly caseId: string;
  readonly event: KernelEvent;
}

export async function kernelEvents({ cases }: QuarterWorld): Promise<readonly KernelLine[]> {
  const { rows } = await cases.pool.query<{ id: string; body: string }>(
    'SELECT c.id, e.body FROM cases c JOIN entries e ON e.chain = c.id ORDER BY c.id, e.seq',
  );
  return rows.flatMap(({ id, body }) =>
    (JSON.parse(body) as EntryContent).kernel.map((event) => ({ caseId: id, event })),
  );
}

/** One line an arming, a rung and an annulment. */
export async function ladderLines(world: QuarterWorld): Promise<string> {
  const lines = (await kernelEvents(world)).map(
    ({ caseId, event }) => `${caseId} | ${event.clock} ${String(event.arming)} | ${told(event)}`,
  );
  return file(
    [
      'Every step of every ladder: case | clock and number of its arming | what happened. Hours are local.',
      '"armed": why, until which day, which rungs were past by then. "on time": within ten minutes of the instant reached.',
    ],
    lines,
  );
}

function told(event: KernelEvent): string {
  switch (event.type) {
    case 'clock-armed': {
      const from = event.before === undefined ? '' : `${event.before.dueOn} -> `;
      const past = event.overtaken.length === 0 ? '' : `, past: ${event.overtaken.join(' ')}`;
      return `0 armed, ${event.cause}: ${from}${event.dueOn}${event.provisional ? ' (provisional)' : ''}${past}`;
    }
    case 'rung-fired':
    case 'rung-overtaken': {
      const how = event.type === 'rung-fired' ? 'fired' : 'overtaken';
      const when = event.at - event.reachedAt <= ON_TIME_MS ? 'on time' : hour(event.at);
      return `${hour(event.reachedAt)} ${event.rung} | ${how} ${when}`;
    }
    case 'breach-annulled':
      return `breach annulled by ${event.calendar}, due ${event.dueOn}`;
  }
}

/** The frozen rates: figures, what is missing, and for each unit the ids that count; JSON with one unit a line. */
export async function rates(world: QuarterWorld, cycle: string): Promise<string> {
  const { total, units, frozenAt } = await cycleFigures(world.deps, `cycle/${cycle}`);
  const lines = Object.entries(total).flatMap(([name, { numerator, denominator, missing }]) => [
    `"${name}": {`,
    `  "numerator": ${String(numerator.length)}, "denominator": ${String(denominator.length)},`,
    `  "missing": ${JSON.stringify(missing)},`,
    ...units.map(({ unit, rates: own }) => `  "${unit}": ${JSON.stringify(own[name as keyof typeof own].numerator)},`),
    `  "units": ${String(units.length)}`,
    name === 'coverage' ? '}' : '},',
  ]);
  const frozenOn = frozenAt === null ? 'null' : `"${hour(frozenAt)}"`;
  return ['{', `"frozenOn": ${frozenOn},`, ...lines, '}', ''].join('\n');
}
