import { describe, expect, test } from 'vitest';
import { localIso } from '../../../domain/kernel/calendar.ts';
import { BadPolicy, sendingPolicy, type SendingPolicy } from '../../../domain/notices/sending-policy.ts';
import { lastWindow, nextWindow, readyAt, windowAt } from '../../../domain/notices/sending-window.ts';
import { compilePolicy } from '../../../cases/office.ts';
import { calendar2026, office } from '../deadlines/deadline-fixtures.ts';

const at = (local: string): number => Date.parse(`${local}+08:00`);
const [data] = office.policies.slice(-1);
if (data === undefined) throw new Error('no policy');
const policy = sendingPolicy(compilePolicy(data, 'test'));

describe('sending hours', () => {
  test.each([
    ['a working day before nine', '2026-11-24T08:59:59', null],
    ['a working day at nine', '2026-11-24T09:00:00', '2026-11-24/09:00'],
    ['a working day just before the end', '2026-11-24T17:29:59', '2026-11-24/09:00'],
    ['a working day at the end', '2026-11-24T17:30:00', null],
    ['a Saturday', '2026-11-28T10:00:00', null],
    ['National Day', '2026-10-01T10:00:00', null],
    ['a Wednesday inside the holiday', '2026-10-07T10:00:00', null],
    ['a Saturday made a working day', '2026-10-10T10:00:00', '2026-10-10/09:00'],
  ])('%s', (_day, local, id) => {
    expect(windowAt(at(local), policy, calendar2026)?.id ?? null).toBe(id);
  });

  test.each([
    ['the evening before National Day', '2026-09-30T17:30:00', '2026-10-08/09:00'],
    ['inside an open window', '2026-11-24T10:00:00', '2026-11-25/09:00'],
    ['before today’s window', '2026-11-24T07:00:00', '2026-11-24/09:00'],
    ['a Friday night', '2026-11-27T23:00:00', '2026-11-30/09:00'],
  ])('after %s the next window is %s', (_when, local, id) => {
    expect(nextWindow(at(local), policy, calendar2026).id).toBe(id);
  });

  test('the last window that opened may be closed by now', () => {
    expect(lastWindow(at('2026-10-07T12:00:00'), policy, calendar2026).id).toBe('2026-09-30/09:00');
    expect(lastWindow(at('2026-11-24T12:00:00'), policy, calendar2026).id).toBe('2026-11-24/09:00');
  });

  test('a district without quiet days sends on National Day', () => {
    const always: SendingPolicy = { ...policy, quietDays: 'none' };
    expect(windowAt(at('2026-10-01T10:00:00'), always, calendar2026)?.id).toBe('2026-10-01/09:00');
    expect(nextWindow(at('2026-10-01T18:00:00'), always, calendar2026).id).toBe('2026-10-02/09:00');
  });

  test('a stack that is only shown sends in short slots, day and night', () => {
    const slots: SendingPolicy = { ...policy, slotMs: 300_000 };
    const now = at('2026-10-01T03:07:00');
    const open = windowAt(now, slots, calendar2026);
    expect(open).toEqual({
      id: `slot/${at('2026-10-01T03:05:00')}`,
      opensAt: at('2026-10-01T03:05:00'),
      closesAt: at('2026-10-01T03:10:00'),
    });
    expect(lastWindow(now, slots, calendar2026)).toEqual(open);
    expect(nextWindow(now, slots, calendar2026).opensAt).toBe(open?.closesAt);
  });
});

describe('a digest', () => {
  const window = windowAt(at('2026-11-24T09:00:00'), policy, calendar2026);
  if (window === null) throw new Error('closed');
  const ready = (oldest: string, newest: string): string =>
    localIso(readyAt({ oldestAt: at(oldest), newestAt: at(newest) }, window, 60_000)).slice(11, 19);

  test('waits a minute after the window opens for what was queued overnight', () => {
    expect(ready('2026-11-23T20:00:00', '2026-11-23T21:00:00')).toBe('09:01:00');
  });
  test('waits a minute after the last notice that joined it', () => {
    expect(ready('2026-11-23T20:00:00', '2026-11-24T09:00:40')).toBe('09:01:40');
  });
  test('waits no longer than five minutes, whatever still arrives', () => {
    expect(ready('2026-11-23T20:00:00', '2026-11-24T09:04:59')).toBe('09:05:00');
    expect(ready('2026-11-24T10:00:00', '2026-11-24T10:04:50')).toBe('10:05:00');
  });
});

describe('a sending policy that says nothing usable', () => {
  const changed = (key: string, value: unknown) => {
    const entry = { title: 't', mark: 'D', why: 'w', value } as never;
    return () => sendingPolicy(compilePolicy({ ...data, values: { ...data.values, [key]: entry } }, 'test'));
  };
  test.each([
    ['notices.sendingHours', { from: '9:00', to: '17:30' }],
    ['notices.sendingHours', { from: '18:00', to: '09:00' }],
    ['notices.sendingHours', ['09:00']],
    ['notices.quietDays', 'sundays'],
    ['notices.atOnceOutsideHours', 'yes'],
    ['notices.gatherSeconds', -1],
    ['notices.giveUpAfterHours', 0],
    ['notices.stuckAfterMinutes', 1.5],
  ])('%s = %j is refused by name', (key, value) => {
    expect(changed(key, value)).toThrow(BadPolicy);
    expect(changed(key, value)).toThrow(key);
  });
});
