/** Golden story: limits that move, and rounds that gain and lose subjects. */
import { publishContent } from '../../../cases/publication.ts';
import type { StoryWorld } from '../story-world.ts';
import {
  BUREAU,
  CADRE_1,
  CADRE_2,
  CADRE_3,
  DIGEST,
  OFFICE,
  REGULATOR,
  STATION,
  acting,
  bound,
  calendar,
  post,
  roundOf,
  subject,
  visit,
  type Cast,
  TOWN,
} from './town.ts';

/** Limits that move: extended, paused, and found by a late calendar not to have run out; rounds that gain and lose subjects. */
export async function movedLimits(world: StoryWorld): Promise<Cast> {
  const { until, register, says, isRefused } = world;
  await register(...TOWN);
  await world.kickOff({ kind: 'key-period', name: 'fair', fromOn: '2026-11-02', toOn: '2026-11-27' }, OFFICE);
  const key = '2026-Q4/fair';
  const [one, two, three] = [CADRE_1, CADRE_2, CADRE_3].map((cadre) => roundOf(cadre, key)) as [string, string, string];
  const correctionAt = (finding: string): string => `correction/${key}/${CADRE_1.post}/${finding}`;
  await until('2026-11-03T10:00');
  await says(
    CADRE_1,
    one,
    visit('v1', 's1', '2026-11-03', [
      ['f1', 'general'],
      ['f2', 'serious'],
    ]),
  );
  await says(CADRE_3, three, visit('v6', 's6', '2026-11-03'));
  await register(subject('s8', '2026-11-03'), bound('s8', CADRE_3, '2026-11-03'));
  await register({ type: 'subject-closed', subject: 's2', on: '2026-11-03' });
  await register({ type: 'unbound', subject: 's3', post: CADRE_1.post, on: '2026-11-03', reason: '调整' });
  await register(subject('s11', '2026-11-03'), bound('s11', CADRE_1, '2026-11-03'));
  await isRefused(
    STATION,
    correctionAt('f1'),
    { type: 'extend', clock: 'claim', amount: 1, unit: 'WD', reason: '人手不足' },
    'extension-not-provided',
  );
  await says(REGULATOR, correctionAt('f1'), { type: 'claim' });
  await isRefused(
    REGULATOR,
    correctionAt('f1'),
    { type: 'reassign', toPost: STATION.post, reason: '回避' },
    'not-allowed',
  );
  await says(STATION, correctionAt('f1'), { type: 'reassign', toPost: STATION.post, reason: '回避' });
  await says(STATION, correctionAt('f1'), { type: 'claim' });
  await says(STATION, correctionAt('f1'), { type: 'order', dueOn: '2026-11-10', requirement: '补齐台账' });
  await isRefused(
    STATION,
    correctionAt('f1'),
    { type: 'extend', clock: 'correction', amount: 2, unit: 'WD', reason: '工期' },
    'extension-by-handler',
  );
  await says(OFFICE, correctionAt('f1'), {
    type: 'extend',
    clock: 'correction',
    amount: 2,
    unit: 'WD',
    reason: '工期',
  });
  await says(REGULATOR, correctionAt('f2'), { type: 'claim' });
  await says(REGULATOR, correctionAt('f2'), { type: 'pass-on', to: BUREAU.post, clue: '线索' });
  await isRefused(
    BUREAU,
    correctionAt('f2'),
    { type: 'extend', clock: 'filing', amount: 5, unit: 'WD', reason: '复杂' },
    'extension-by-handler',
  );
  await until('2026-11-04T10:00');
  await says(BUREAU, correctionAt('f2'), { type: 'not-filed', reason: '证据不足' });
  await says(OFFICE, `cycle/${key}`, { type: 'pause', reason: '停电', document: '西食安〔2026〕5号' });
  await until('2026-11-06T10:00');
  await says(OFFICE, `cycle/${key}`, { type: 'resume', reason: '恢复', document: '西食安〔2026〕6号' });
  await isRefused(CADRE_1, one, { type: 'extend', amount: 3, unit: 'WD', reason: '忙' }, 'not-office');
  await says(OFFICE, one, { type: 'extend', amount: 3, unit: 'WD', reason: '任务多' });
  const late = acting('t1-c1-d4', 'cadre', 't1-c1');
  await register(...post(late, 't1-head', 'D'), subject('s12', '2026-11-06'), bound('s12', late, '2026-11-06'));
  // The register has opened the newcomer's round already.
  await isRefused(
    OFFICE,
    `cycle/${key}`,
    { type: 'add-late', planHash: DIGEST, rounds: 0, visits: 0, reason: '补充' },
    'nothing-to-add',
  );
  await until('2026-12-01T10:00');
  await says(CADRE_2, two, visit('v4', 's4', '2026-12-01'));
  await publishContent(
    world.cases.deps,
    calendar({
      version: 'cn-2026-fair',
      knownThrough: '2026-12-31',
      off: ['2026-11-28', '2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02'],
    }),
    'p-fso',
  );
  await until('2026-12-01T11:00');
  await says(CADRE_2, two, visit('v5', 's5', '2026-12-01'));
  return {
    'round/extended': one,
    'round/default-annulled': two,
    'round/reopened-by-a-late-joiner': three,
    'cycle/period-resumed': `cycle/${key}`,
    'correction/extended-and-reassigned': correctionAt('f1'),
    'correction/not-filed': correctionAt('f2'),
  };
}
