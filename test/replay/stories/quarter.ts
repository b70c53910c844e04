/** Golden story: a whole quarter of the town and the duties of its register. */
import { publishContent } from '../../../cases/publication.ts';
import { statutoryDays } from '../../../domain/kernel/statutory-days.ts';
import type { StoryWorld } from '../story-world.ts';
import {
  BUREAU,
  CADRE_1,
  CADRE_2,
  CADRE_3,
  OFFICE,
  REGULATOR,
  STATION,
  TOWN_HEAD,
  TOWN_OFFICE,
  bound,
  calendar,
  correctionOf,
  evidence,
  pledged,
  roundOf,
  subject,
  visit,
  type Cast,
  TOWN,
  newcomer,
} from './town.ts';

/** What a year must give for statutory days on weekends, far behind everything that happens here. */
const IN_LIEU = ['2027-11-01', '2027-11-02', '2027-11-03', '2027-11-04', '2027-11-05', '2027-11-08', '2027-11-09'];

/** A quarter: visits, findings, a pause, hand-overs, defaults, figures; the duties of the register meanwhile. */
export async function quarter(world: StoryWorld): Promise<Cast> {
  const { until, register, says, isRefused } = world;
  await register(...TOWN);
  await register(subject('s7', '2026-09-28'), subject('s8', '2026-09-28'), subject('s9', '2026-09-28'));
  await until('2026-09-28T10:00');
  await world.kickOff({ kind: 'quarter', quarter: '2026-Q4' }, OFFICE);
  await until('2026-09-29T15:00');
  await register(bound('s7', CADRE_3, '2026-09-29'), { type: 'subject-closed', subject: 's9', on: '2026-09-29' });

  await until('2026-10-12T10:00');
  const [one, two, three] = [CADRE_1, CADRE_2, CADRE_3].map((cadre) => roundOf(cadre)) as [string, string, string];
  await isRefused(CADRE_2, one, visit('v1', 's1', '2026-10-12'), 'not-holder');
  await isRefused(CADRE_1, one, visit('v1', 's1', '2026-10-13'), 'visited-in-future');
  await isRefused(CADRE_1, one, { ...visit('v3', 's3', '2026-10-12'), mode: 'video', evidence: [] }, 'must-be-on-site');
  await says(
    CADRE_1,
    one,
    visit('v1', 's1', '2026-10-12', [
      ['f1', 'general'],
      ['f2', 'serious'],
      ['f3', 'minor'],
      ['f4', 'general'],
      ['f5', 'general'],
    ]),
  );
  await isRefused(CADRE_1, one, visit('v1b', 's1', '2026-10-12'), 'subject-already-visited');
  await says(CADRE_1, one, {
    type: 'amend-visit',
    visit: 'v1',
    reason: '补充',
    note: '已复核',
    evidence: evidence('2026-10-12'),
  });
  await isRefused(CADRE_1, one, { type: 'excuse', subject: 's2', reason: '停业' }, 'not-office');
  await says(TOWN_OFFICE, one, { type: 'hand-over', toPost: CADRE_3.post, subjects: ['s2'], reason: '调整' });
  await says(TOWN_OFFICE, two, { type: 'excuse', subject: 's5', reason: '停业', document: '西食安〔2026〕1号' });

  await until('2026-10-13T09:30');
  await isRefused(OFFICE, correctionOf('f1'), { type: 'claim' }, 'not-regulator');
  for (const finding of ['f1', 'f2', 'f3']) await says(REGULATOR, correctionOf(finding), { type: 'claim' });
  await isRefused(STATION, correctionOf('f1'), { type: 'claim' }, 'already-claimed');
  await isRefused(
    REGULATOR,
    correctionOf('f1'),
    { type: 'order', dueOn: '2026-10-12', requirement: '补齐' },
    'due-in-past',
  );
  await isRefused(
    REGULATOR,
    correctionOf('f1'),
    { type: 'correct-on-spot', evidence: evidence('2026-10-13') },
    'not-minor',
  );
  await says(REGULATOR, correctionOf('f1'), { type: 'order', dueOn: '2026-10-20', requirement: '补齐台账' });
  await says(REGULATOR, correctionOf('f3'), {
    type: 'correct-on-spot',
    evidence: evidence('2026-10-13'),
    note: '当场改正',
  });
  await says(REGULATOR, correctionOf('f2'), { type: 'pass-on', to: BUREAU.post, clue: '线索' });

  await until('2026-10-19T10:00');
  await says(REGULATOR, correctionOf('f1'), { type: 'report-done', evidence: evidence('2026-10-19') });
  await isRefused(
    REGULATOR,
    correctionOf('f1'),
    { type: 'recheck', passed: true, reason: '自查', evidence: evidence('2026-10-19') },
    'own-work',
  );
  await isRefused(
    STATION,
    correctionOf('f1'),
    { type: 'recheck', passed: false, reason: '未改', evidence: evidence('2026-10-19') },
    'due-missing',
  );
  await says(STATION, correctionOf('f1'), {
    type: 'recheck',
    passed: false,
    reason: '未改',
    evidence: evidence('2026-10-19'),
    dueOn: '2026-10-28',
  });
  await isRefused(
    BUREAU,
    correctionOf('f2'),
    { type: 'filed', number: '西市监立〔2026〕8号', filedOn: '2026-10-30' },
    'filed-in-future',
  );
  await says(BUREAU, correctionOf('f2'), { type: 'filed', number: '西市监立〔2026〕8号', filedOn: '2026-10-19' });
  await until('2026-10-27T10:00');
  await says(CADRE_1, correctionOf('f1'), { type: 'report-done', evidence: evidence('2026-10-27') });
  await says(STATION, correctionOf('f1'), {
    type: 'recheck',
    passed: true,
    reason: '已改',
    evidence: evidence('2026-10-27'),
  });
  // f4 waits until its limit has run out; f5 ends with its subject.
  await says(STATION, correctionOf('f4'), { type: 'claim' });
  await says(STATION, correctionOf('f4'), { type: 'order', dueOn: '2026-11-03', requirement: '补齐台账' });
  await isRefused(
    STATION,
    correctionOf('f4'),
    { type: 'extend', clock: 'claim', amount: 1, unit: 'WD', reason: '多' },
    'clock-not-running',
  );
  await says(OFFICE, correctionOf('f4'), { type: 'escalate', reason: '督办' });

  await until('2026-10-30T10:00');
  await register(bound('s8', CADRE_2, '2026-10-30'), pledged(CADRE_2, CADRE_2.person, '2026-10-30'));
  await register(
    { type: 'tenure-ended', post: CADRE_3.post, person: CADRE_3.person, on: '2026-10-30' },
    ...newcomer('p-new', CADRE_3.post, '2026-10-30'),
  );
  await register(pledged(CADRE_3, 'p-new', '2026-10-30'));
  await register({
    type: 'absence-began',
    person: CADRE_2.person,
    deputy: CADRE_1.person,
    on: '2026-10-30',
    until: '2026-11-20',
    cause: '病假',
  });
  await says(TOWN_HEAD, two, { type: 'urge', note: '请抓紧' });
  await isRefused(TOWN_HEAD, two, { type: 'urge', note: '再催' }, 'urged-recently');
  await says(TOWN_HEAD, two, { type: 'watch', reason: '重点' });

  const cycle = 'cycle/2026-Q4';
  await until('2026-11-02T10:00');
  await isRefused(TOWN_OFFICE, cycle, { type: 'pause', reason: '台风', document: '甲' }, 'other-unit');
  await says(OFFICE, cycle, { type: 'pause', reason: '台风', document: '西食安〔2026〕2号' });
  await isRefused(OFFICE, cycle, { type: 'pause', reason: '台风', document: '甲' }, 'already-paused');
  await until('2026-11-05T10:00');
  await says(OFFICE, cycle, { type: 'resume', reason: '恢复', document: '西食安〔2026〕3号' });
  await register({ type: 'subject-risk-changed', subject: 's4', risk: 'high', on: '2026-11-05' });
  await until('2026-11-20T10:00');
  await says(STATION, correctionOf('f4'), { type: 'report-done', evidence: evidence('2026-11-20') });
  await says(REGULATOR, correctionOf('f4'), {
    type: 'recheck',
    passed: true,
    reason: '已改',
    evidence: evidence('2026-11-20'),
  });
  await register({ type: 'absence-ended', person: CADRE_2.person, on: '2026-11-20' });
  await says(CADRE_1, one, visit('v3', 's3', '2026-11-20'));
  await register({ type: 'subject-closed', subject: 's1', on: '2026-11-20' });
  await says(TOWN_HEAD, two, { type: 'unwatch', reason: '好转' });

  await until('2026-12-10T10:00');
  await publishContent(
    world.cases.deps,
    calendar({
      version: 'cn-2027-story',
      knownThrough: '2027-12-31',
      off: [...new Set(['2027-01-02', '2027-01-03', ...statutoryDays(2027).map(({ date }) => date), ...IN_LIEU])],
    }),
    'p-fso',
  );
  await until('2026-12-30T10:00');
  await register(subject('s10', '2026-12-30'), bound('s10', CADRE_2, '2026-12-30'));
  await until('2027-01-12T10:00');
  await says(CADRE_2, two, visit('v4', 's4', '2027-01-12'));
  await says(CADRE_2, two, visit('v8', 's8', '2027-01-12'));
  await until('2027-01-28T10:00');
  await isRefused(CADRE_3, three, { type: 'write-off', reason: '不再督导' }, 'not-office');
  await says(OFFICE, three, { type: 'write-off', reason: '不再督导' });
  await until('2027-01-29T10:00');
  await says(OFFICE, cycle, { type: 'close', note: '归档' });
  return {
    'cycle/paused-reported-closed': cycle,
    'round/finding-and-hand-over-completed': one,
    'round/absence-default-completed-late': two,
    'round/holder-changed-written-off': three,
    'correction/failed-recheck-struck-off': correctionOf('f1'),
    'correction/passed-on-and-filed': correctionOf('f2'),
    'correction/corrected-on-spot': correctionOf('f3'),
    'correction/overdue-escalated-struck-off-late': correctionOf('f4'),
    'correction/subject-closed': correctionOf('f5'),
    'binding-duty/bound': 'binding-duty/s7/1',
    'binding-duty/bound-late': 'binding-duty/s8/1',
    'binding-duty/subject-closed': 'binding-duty/s9/1',
    'pledge-duty/signed-late': `pledge-duty/${CADRE_2.post}/${CADRE_2.person}/1`,
    'pledge-duty/left': `pledge-duty/${CADRE_3.post}/${CADRE_3.person}/1`,
    'pledge-duty/signed': `pledge-duty/${CADRE_3.post}/p-new/1`,
  };
}
