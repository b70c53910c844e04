import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliverInbox } from '../../cases/inbox.ts';
import { loadSample } from '../../cases/register/sample/load.ts';
import { caseWorker } from '../../cases/supervision/work.ts';
import { caseWorld, type CaseWorld } from '../support/case-world.ts';
import { zhaodanIn, type Zhaodan } from './zhaodan.ts';

let world: CaseWorld;
let folder = '';
let zhaodan: Zhaodan;
beforeAll(async () => {
  world = await caseWorld({ start: '2026-10-12T09:00' });
  folder = await mkdtemp(path.join(os.tmpdir(), 'zhaodan-cli-'));
  zhaodan = zhaodanIn(world, { evidence: path.join(folder, 'evidence') });
  await loadSample(world.deps, { scale: 0.02 });
  await writeFile(path.join(folder, 'photo.png'), Buffer.from('\x89PNG\r\n\x1a\nphoto', 'latin1'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await world.close();
});

const settled = async (): Promise<void> => {
  while ((await deliverInbox(world.deps)) > 0);
};

interface Line {
  readonly id: string;
  readonly holder: { readonly person: string } | null;
}

async function cases(kind: string): Promise<readonly Line[]> {
  const { out } = await zhaodan('case', 'list', '--kind', kind, '--limit', '500', '--json');
  return (JSON.parse(out) as { rows: Line[] }).rows;
}

/** A round of a community's cadre, and a subject in it that need not be seen on site. */
async function someRound(): Promise<{ round: string; person: string; subject: string }> {
  const { rows } = await world.pool.query<{ round: string; person: string; subject: string }>(
    `SELECT c.id AS round, c.state->>'person' AS person, v->>'subject' AS subject
       FROM cases c, jsonb_array_elements(c.state->'visits') v
      WHERE c.kind = 'round' AND c.id LIKE '%beishan-06-d-01' AND NOT (v->>'onSite')::boolean AND v->>'status' = 'due' LIMIT 1`,
  );
  const [found] = rows;
  if (found === undefined) throw new Error('no such round');
  return found;
}

describe('the main job on the command line', () => {
  test('a preview says its problems first, then rounds, totals and the hash to confirm', async () => {
    const { out, err, code } = await zhaodan('cycle', 'preview', '--limit', '3');
    expect(code).toBe(0);
    expect(err).toContain('以示例辖区的区食药安办主任');
    const [problems, rounds, totals, hash] = ['问题 ', '包保干部', '合计:43 个轮次', 'cycle confirm '].map((words) =>
      out.indexOf(words),
    );
    expect([problems, rounds, totals, hash]).toEqual([problems, rounds, totals, hash].sort((a = 0, b = 0) => a - b));
    expect(out).toContain('……另有 40 个轮次');
    expect(out).toMatch(/期限:2026-12-31,规则 BB-04/);
  });

  test('confirming opens the cycle once; the plan says what became of each row', async () => {
    const { out } = await zhaodan('cycle', 'preview', '--json');
    const { hash } = JSON.parse(out) as { hash: string };
    expect((await zhaodan('cycle', 'confirm', hash, '--key', 'k1')).out).toContain('启动「2026 年第 4 季度包保督导」');
    expect((await zhaodan('cycle', 'confirm', hash, '--key', 'k1')).code).toBe(0);
    await caseWorker(world.deps)('cycle/2026-Q4', 'open-rounds', () => undefined);
    expect((await zhaodan('cycle', 'list')).out).toMatch(/2026-Q4 +进行中 +2026-12-31 +43 +43/);
    expect((await zhaodan('cycle', 'plan', '2026-Q4', '--result', 'opened', '--limit', '3')).out).toContain('opened');
    expect((await zhaodan('cycle', 'show', 'cycle/2026-Q4')).out).toContain('状态:进行中');
    expect((await zhaodan('sample', 'kickoff')).out).toContain('已开 43 个');
    expect(await cases('round')).toHaveLength(43);
  });

  test('a visit of another is refused and says who may; the holder records it with a finding', async () => {
    const { round, person, subject } = await someRound();
    const photo = path.join(folder, 'photo.png');
    const stranger = await zhaodan('visit', round, subject, '--evidence', photo);
    expect(stranger).toMatchObject({ code: 2, err: expect.stringMatching(new RegExp(`--as ${person}.*not-holder`)) });
    const finding = 'general:licence-valid:健康证明过期';
    const visit = await zhaodan('--as', person, 'visit', round, subject, '--evidence', photo, '--finding', finding);
    expect(visit).toMatchObject({ code: 0, out: expect.stringContaining('「健康证明过期」') });
    const { rows } = await world.pool.query<{ digest: string }>('SELECT digest FROM evidence');
    const digest = rows[0]?.digest ?? '';
    await stat(path.join(folder, 'evidence', digest.slice(0, 2), digest.slice(2, 4), digest));
    await settled();
  });

  test('its correction goes from hand to hand until it is struck off', async () => {
    const [correction] = (await cases('correction')).map(({ id }) => id);
    const photo = path.join(folder, 'photo.png');
    const by = async (person: string, ...words: string[]) => {
      const said = await zhaodan('correction', ...words, '--as', person);
      await settled();
      return said;
    };
    const id = correction ?? '';
    expect((await by('p00002', 'claim', id)).err).toContain('not-regulator');
    expect((await by('p00034', 'claim', id)).code).toBe(0);
    expect((await by('p00034', 'order', id, '--due', '2026-10-30', '--requirement', '补办')).code).toBe(0);
    expect((await by('p00034', 'report-done', id, '--evidence', photo)).code).toBe(0);
    expect((await by('p00034', 'recheck', id, '--passed', '--reason', '齐全', '--evidence', photo)).err).toContain(
      'own-work',
    );
    expect((await by('p00035', 'recheck', id, '--passed', '--reason', '齐全', '--evidence', photo)).out).toContain(
      '按期销号',
    );
  });

  test('an office urges, watches, excuses and hands over', async () => {
    const { round, subject } = await someRound();
    expect((await zhaodan('urge', round, '--note', '请抓紧')).out).toContain('催办「请抓紧」');
    expect(await zhaodan('urge', round, '--note', '请抓紧')).toMatchObject({
      code: 2,
      err: expect.stringContaining('urged-recently'),
    });
    expect((await zhaodan('watch', round, '--reason', '进度慢')).out).toContain('列入督办');
    expect((await zhaodan('unwatch', round, '--reason', '已跟上')).code).toBe(0);
    expect((await zhaodan('excuse', round, subject, '--reason', '停业')).out).toContain('免除对');
    const hand = await zhaodan(
      'hand-over',
      round,
      '--to',
      'cuiyuan-03-d-01',
      '--reason',
      '调整',
      '--subject',
      (await someRound()).subject,
    );
    expect(hand).toMatchObject({ code: 0, out: expect.stringContaining('移交给翠苑三区社区包保干部') });
    expect((await zhaodan('case', 'do', round, 'urge', '--note', '再催')).err).toContain('urged-recently');
  });

  test('replay tells it, at once and as it was; rates and the report count it', async () => {
    const { round } = await someRound();
    const now = await zhaodan('replay', round);
    expect(now.out).toContain('催办「请抓紧」');
    expect((await zhaodan('replay', round, '--at', '2026-10-12T01:00:00Z', '--json')).code).toBe(0);
    expect((await zhaodan('replay', round, '--at', '2026-10-11')).err).toContain('not-yet-opened');
    expect((await zhaodan('rates', '--missing')).out).toMatch(/包保关系建立率缺 3 个/);
    expect((await zhaodan('cycle', 'figures', '2026-Q4')).out).toContain('尚未冻结');
    const file = path.join(folder, 'report.xlsx');
    expect((await zhaodan('cycle', 'report', '2026-Q4', '-o', file)).code).toBe(0);
    expect((await stat(file)).size).toBeGreaterThan(2_000);
    expect((await zhaodan('cycle', 'propose')).out).toContain('2027-Q1 尚未启动');
    expect((await zhaodan('notices', 'list', '--case', round)).out).toContain('催办');
  });

  test('an ad-hoc cycle is planned, confirmed, and withdrawn while nobody touched it', async () => {
    const asked = [
      'cycle',
      'preview',
      '--name',
      'national-day',
      '--from',
      '2026-10-13',
      '--to',
      '2026-10-31',
      '--class',
      'D',
      '--json',
    ];
    const { hash } = JSON.parse((await zhaodan(...asked)).out) as { hash: string };
    expect((await zhaodan('cycle', 'confirm', hash)).code).toBe(0);
    const withdrawn = await zhaodan('cycle', 'withdraw', '2026-Q4/national-day', '--reason', '改期');
    expect(withdrawn).toMatchObject({ code: 0, out: expect.stringContaining('撤回本周期') });
    expect((await zhaodan('cycle', 'pause', '2026-Q4', '--reason', '台风', '--document', '1号')).code).toBe(0);
    expect((await zhaodan('cycle', 'resume', '2026-Q4', '--reason', '恢复', '--document', '2号')).out).toContain(
      '状态:进行中',
    );
  });
});
