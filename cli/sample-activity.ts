/**
 * `zhaodan sample activity`: the sample cadres at work on their running quarter, so that lists, boards and cases show what
 * they will. Some are through, some half-way, some have not begun; one visit in eight finds something, and its correction
 * is left at another step each time. Everything is said by the case's holder, through the ordinary commands; repeating it
 * says nothing twice.
 */
import { crc32, deflateSync } from 'node:zlib';
import { apply } from '../cases/apply.ts';
import { digestOf, evidenceOnDisk, keepEvidence } from '../cases/evidence-store.ts';
import { actorOf } from '../cases/register/acting.ts';
import { civilDate, dayNumber, localDate } from '../domain/kernel/civil-day.ts';
import type { Actor, Typed } from '../domain/kernel/process.ts';
import { quarterOf, quarterPeriod } from '../domain/supervision/cycle-request.ts';
import { checkedCommand } from './command-form.ts';
import type { Call } from './context.ts';
import { refusedProblem } from './problem.ts';
import { requiredItems } from './visit.ts';

/** How much of a round is done, round by round. */
const DONE = [1, 0.5, 0, 0.8, 0.3, 1, 0, 0.6] as const;
const FINDINGS = [
  ['minor', '食品贮存区有杂物堆放,未离地离墙'],
  ['general', '进货查验记录缺三日,部分票据未留存'],
  ['general', '从业人员一人健康证明过期未换'],
  ['serious', '冷柜中有超过保质期的预包装食品待售'],
] as const;
const LOOK_MS = 500;
const HANDS = 6;

type Spoken = Typed & { readonly [field: string]: unknown };

export interface Activity {
  readonly visits: number;
  readonly findings: number;
  readonly steps: number;
}

/** Visits, findings and the steps of corrections, as many as there are left to make. */
export async function sampleActivity(call: Call, seconds: number): Promise<Activity> {
  const today = localDate(await call.now());
  const quarter = quarterOf(today);
  const found = await visits(call, quarter, today);
  const steps = await corrections(call, quarter, today, found.findings, seconds);
  return { ...found, steps };
}

interface RoundRow {
  readonly id: string;
  readonly person: string;
  readonly post: string;
  readonly visits: readonly { readonly subject: string; readonly status: string; readonly onSite: boolean }[];
}

async function visits(call: Call, quarter: string, today: string) {
  const from = quarterPeriod(quarter)?.fromOn ?? today;
  const items = await requiredItems(call);
  const { rows } = await call.cases.pool.query<RoundRow>(
    `SELECT id, state->>'person' AS person, state->>'post' AS post, state->'visits' AS visits FROM cases
      WHERE kind = 'round' AND cycle_id = $1 AND state->>'person' IS NOT NULL ORDER BY id`,
    [quarter],
  );
  let [made, findings] = [0, 0];
  const work = rows.map(({ id, person, post, visits: planned }, nth) => {
    const wanted = planned.slice(0, Math.ceil(planned.length * (DONE[nth % DONE.length] ?? 0)));
    const due = wanted.flatMap(({ subject, status, onSite }) => {
      if (status !== 'due') return [];
      made += 1;
      const finds = made % 8 === 3 ? (FINDINGS[findings % FINDINGS.length] ?? null) : null;
      if (finds !== null) findings += 1;
      const visitedOn = latest(from, dayAfter(today, -((made * 5) % 21)));
      return [{ subject, seen: onSite || finds !== null, finds, visitedOn, item: items[made % items.length] ?? '' }];
    });
    return { id, person, post, due };
  });
  await byHands(work, async ({ id, person, post, due }) => {
    const actor = await acting(call, person, post, today);
    for (const { subject, seen, finds, visitedOn, item } of due) {
      await say(call, id, actor, {
        type: 'record-visit',
        visit: `v-${subject}`,
        subject,
        visitedOn,
        mode: seen ? 'on-site' : 'report-meeting',
        items: items.map((code) => ({ code, met: finds === null || code !== item })),
        findings: finds === null ? [] : [{ finding: `f-${subject}`, item, severity: finds[0], text: finds[1] }],
        evidence: seen ? [{ digest: await picture(call, subject, actor), takenOn: visitedOn }] : [],
        confirmedBy: 'business',
      });
    }
  });
  return { visits: made, findings };
}

/** Several at once, as cadres do: each hand takes the next when it has done one. */
async function byHands<T>(things: readonly T[], work: (thing: T) => Promise<void>): Promise<void> {
  const queue = things.values();
  const hand = async (): Promise<void> => {
    for (const thing of queue) await work(thing);
  };
  await Promise.all(Array.from({ length: HANDS }, hand));
}

/** The corrections that the findings opened, each taken some steps further. The worker opens them; at most `seconds`. */
async function corrections(call: Call, quarter: string, today: string, expected: number, seconds: number) {
  const opened = async () => {
    const { rows } = await call.cases.pool.query<{ id: string; post: string; person: string; severity: string }>(
      // One of the station's people takes it: the station of the subject's town.
      `SELECT DISTINCT ON (c.id) c.id, p.id AS post, t.person_id AS person, c.state->>'severity' AS severity
         FROM cases c JOIN units u ON u.id = c.unit_id
              JOIN posts p ON p.role = 'regulator' AND p.unit_id IN (u.id, u.parent_id)
              JOIN tenures t ON t.post_id = p.id AND t.to_on IS NULL
        WHERE c.kind = 'correction' AND c.stage = 'submitted' AND c.id LIKE $1 ORDER BY c.id, p.id`,
      [`correction/${quarter}/%`],
    );
    return rows;
  };
  const until = performance.now() + seconds * 1_000;
  let rows = await opened();
  while (rows.length < expected && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    rows = await opened();
  }
  let steps = 0;
  await byHands(rows, async ({ id, person, post, severity }) => {
    const actor = await acting(call, person, post, today);
    const dueOn = dayAfter(today, severity === 'minor' ? 3 : 14);
    const evidence = [{ digest: await picture(call, id, actor), takenOn: today }];
    const said: readonly Spoken[] = [
      { type: 'claim' },
      { type: 'order', dueOn, requirement: '限期改正,并留存整改前后照片' },
      { type: 'report-done', evidence, note: '已按要求整改' },
    ];
    for (const command of said.slice(0, crc32(id) % (said.length + 1))) {
      await say(call, id, actor, command);
      steps += 1;
    }
  });
  return steps;
}

const dayAfter = (on: string, days: number): string => civilDate(dayNumber(on) + days);
const latest = (a: string, b: string): string => (a > b ? a : b);

async function acting({ cases }: Call, person: string, post: string, on: string): Promise<Actor> {
  const found = await actorOf(cases.pool, person, post, on);
  if ('problem' in found) throw new Error(`${person} may not act for ${post}: ${found.problem.code}`);
  return found.actor;
}

async function say(call: Call, caseId: string, actor: Actor, said: Spoken): Promise<void> {
  const about = typeof said['subject'] === 'string' ? said['subject'] : '';
  const key = `sample/${caseId}/${said.type}/${about}`;
  const answer = await apply(call.cases, checkedCommand(caseId, said), { caseId, key, actor });
  if (!answer.ok) throw refusedProblem(answer.refusal);
}

/** A plain picture, another colour for each name: recognisably no photograph. */
async function picture({ cases, config }: Call, name: string, { person }: Actor): Promise<string> {
  const bytes = plainPng(240, 160, crc32(name));
  const digest = digestOf(bytes);
  await keepEvidence(
    { pool: cases.pool, store: evidenceOnDisk(config.EVIDENCE_DIR) },
    { digest, bytes, mediaType: 'image/png', person },
  );
  return digest;
}

function plainPng(width: number, height: number, colour: number): Buffer {
  const row = Buffer.alloc(1 + width * 3);
  for (let x = 0; x < width; x += 1) row.writeUIntBE((colour >>> 8) & 0xff_ff_ff, 1 + x * 3, 3);
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [size, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    size.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
