/** Golden story: a calendar that comes too late, and a cycle taken back. */
import { publishContent } from '../../../cases/publication.ts';
import type { StoryWorld } from '../story-world.ts';
import { CADRE_1, CADRE_2, OFFICE, TOWN_HEAD, calendar, roundOf, subject, visit, type Cast, TOWN } from './town.ts';

/** Limits run out, and then a calendar says that they had not; and a cycle that is taken back. */
export async function lateCalendar(world: StoryWorld): Promise<Cast> {
  const { until, register, says, isRefused } = world;
  await register(...TOWN, subject('s7', '2026-11-02'));
  const request = { kind: 'key-period', name: 'autumn', fromOn: '2026-11-02', toOn: '2026-11-30' } as const;
  await world.kickOff({ ...request, name: 'mistaken' }, OFFICE);
  await isRefused(TOWN_HEAD, 'cycle/2026-Q4/mistaken', { type: 'withdraw', reason: '误发', touched: 0 }, 'not-office');
  await says(OFFICE, 'cycle/2026-Q4/mistaken', { type: 'withdraw', reason: '误发', touched: 0 });
  await world.kickOff(request, OFFICE);
  await until('2026-11-03T10:00');
  const autumn = '2026-Q4/autumn';
  await says(CADRE_1, roundOf(CADRE_1, autumn), visit('v1', 's1', '2026-11-03', [['f1', 'general']]));
  await until('2026-12-01T10:00');
  const off = Array.from({ length: 28 }, (_, n) => `2026-11-${String(n + 3).padStart(2, '0')}`);
  await publishContent(
    world.cases.deps,
    calendar({ version: 'cn-2026-late', knownThrough: '2026-12-31', off }),
    'p-fso',
  );
  await until('2026-12-01T10:30');
  return {
    'cycle/withdrawn': 'cycle/2026-Q4/mistaken',
    'round/withdrawn': roundOf(CADRE_1, '2026-Q4/mistaken'),
    'round/overdue-by-the-end-of-its-period': roundOf(CADRE_2, autumn),
    'cycle/period-ended': `cycle/${autumn}`,
    'binding-duty/overdue-annulled': 'binding-duty/s7/1',
    'pledge-duty/overdue-annulled': `pledge-duty/${CADRE_2.post}/${CADRE_2.person}/1`,
    'correction/overdue-annulled': `correction/${autumn}/${CADRE_1.post}/f1`,
  };
}
