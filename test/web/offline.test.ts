import { describe, expect, test } from 'vitest';
import { deliver, type ParcelStore, type Transport } from '../../web/offline/courier.ts';
import {
  after,
  again,
  asAmendment,
  isUnsent,
  nextTask,
  placeOf,
  waitMs,
  type Outcome,
  type Parcel,
  type Photo,
} from '../../web/offline/delivery.ts';
import { bodyOf, gapsOf, packed, unpacked, type Draft } from '../../web/offline/draft.ts';
import { outcomeOf } from '../../web/offline/transport.ts';

const photo = (digest: string, item: string | null = null): Photo => ({
  digest,
  takenAt: 1,
  takenOn: '2026-11-24',
  size: 10,
  item,
});

const CHECKLIST = [
  { code: 'staff', title: '在岗', required: true },
  { code: 'ledger', title: '台账', required: true },
  { code: 'seal', title: '封签', required: false },
];
const ASKED = { checklist: CHECKLIST, requiredModes: ['on-site' as const], onSite: true };

const draft = (part: Partial<Draft> = {}): Draft => ({
  key: 'k',
  visit: 'v',
  post: 'cadre',
  round: '2026-Q4/cadre',
  subject: 'S1',
  subjectName: '食堂',
  startedAt: 1,
  visitedOn: '2026-11-24',
  mode: 'on-site',
  answers: { staff: 'yes', ledger: 'yes' },
  findings: [],
  photos: [photo('a')],
  note: '',
  ...part,
});

const parcel = (name: string, at: number, photos: readonly Photo[] = []): Parcel => ({
  ...packed(
    draft({ key: name, visit: name, photos }),
    bodyOf(draft({ visit: name, photos }), 'business', CHECKLIST),
    at,
  ),
});

const receipt = { seq: 7, head: 'f'.repeat(64), at: 2 };

/** An office that counts each number once, behind a network that does as it is told. */
function office(
  parcels: readonly Parcel[],
  network: (nth: number) => 'through' | 'lost before' | 'lost after' | Outcome,
) {
  const kept = new Map(parcels.map((one) => [one.body.visit, one]));
  const recorded: string[] = [];
  const files: string[] = [];
  const log: string[] = [];
  const numbers = new Set<string>();
  let sent = 0;
  const cross = (arrive: () => void, answer: Outcome): Outcome => {
    const how = network((sent += 1));
    if (typeof how === 'object') return how;
    if (how === 'lost before') return { kind: 'unknown' };
    arrive();
    return how === 'lost after' ? { kind: 'unknown' } : answer;
  };
  const store: ParcelStore = {
    all: async () => [...kept.values()],
    put: async (one) => void kept.set(one.body.visit, one),
    file: async (digest) => (digest === 'gone' ? undefined : new Blob([digest])),
  };
  const transport: Transport = {
    facts: async (one) => {
      log.push(`facts ${one.body.visit}`);
      const arrive = () => {
        if (!numbers.has(one.key)) recorded.push(one.body.visit);
        numbers.add(one.key);
      };
      return cross(arrive, { kind: 'arrived', receipt });
    },
    photo: async (_one, { digest }) => {
      log.push(`photo ${digest}`);
      return cross(() => files.push(digest), { kind: 'arrived', receipt: null });
    },
  };
  return { kept, recorded, files, log, run: () => deliver(store, transport) };
}

describe('the queue', () => {
  test('goes oldest first, facts before photographs', async () => {
    const { run, log, kept } = office(
      [parcel('late', 20, [photo('c')]), parcel('early', 10, [photo('a'), photo('b')])],
      () => 'through',
    );
    expect(await run()).toBe('all-sent');
    expect(log).toEqual(['facts early', 'facts late', 'photo a', 'photo b', 'photo c']);
    expect([...kept.values()].map(placeOf)).toEqual(['delivered', 'delivered']);
  });

  test('counts a visit once whose answer was lost', async () => {
    const { run, recorded, kept } = office([parcel('one', 1)], (nth) => (nth === 1 ? 'lost after' : 'through'));
    expect(await run()).toBe('unanswered');
    expect(placeOf([...kept.values()][0] as Parcel)).toBe('facts');
    expect(await run()).toBe('all-sent');
    expect(recorded).toEqual(['one']);
    expect([...kept.values()][0]?.receipt).toEqual(receipt);
  });

  test('loses nothing to a connection that breaks at every other step', async () => {
    const { run, recorded, files } = office([parcel('one', 1, [photo('a'), photo('b')]), parcel('two', 2)], (nth) =>
      nth % 2 === 1 ? 'lost before' : 'through',
    );
    const stops: string[] = [];
    for (let round = 0; round < 10 && stops.at(-1) !== 'all-sent'; round += 1) stops.push(await run());
    expect(stops.at(-1)).toBe('all-sent');
    expect(recorded).toEqual(['one', 'two']);
    expect(files).toEqual(['a', 'b']);
  });

  test('waits whole when the session has ended, and goes on where it stopped', async () => {
    const { run, recorded, kept } = office([parcel('one', 1), parcel('two', 2)], (nth) =>
      nth === 2 ? { kind: 'signed-out' } : 'through',
    );
    expect(await run()).toBe('signed-out');
    expect([...kept.values()].map(placeOf)).toEqual(['delivered', 'facts']);
    expect(await run()).toBe('all-sent');
    expect(recorded).toEqual(['one', 'two']);
  });

  test('leaves a refused visit to a person and sends the others', async () => {
    const trouble = { code: 'visit-handed-over', detail: '已移交' };
    const { run, recorded, kept } = office([parcel('one', 1), parcel('two', 2)], (nth) =>
      nth === 1 ? { kind: 'refused', trouble } : 'through',
    );
    expect(await run()).toBe('all-sent');
    expect(recorded).toEqual(['two']);
    const refused = [...kept.values()][0] as Parcel;
    expect(placeOf(refused)).toBe('decision');
    expect(isUnsent(refused)).toBe(true);
    expect(refused.trouble).toEqual(trouble);
  });

  test('says that a photograph is gone from the phone, with the facts delivered', async () => {
    const { run, recorded, kept } = office([parcel('one', 1, [photo('gone')])], () => 'through');
    expect(await run()).toBe('all-sent');
    expect(recorded).toEqual(['one']);
    expect([...kept.values()][0]).toMatchObject({ receipt, trouble: { code: 'photo-lost' } });
  });

  test('sends nothing that was shelved', () => {
    expect(nextTask([{ ...parcel('one', 1), shelved: true }])).toBeNull();
  });

  test('waits longer and longer, five minutes at most', () => {
    expect([1, 2, 3, 4].map(waitMs)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(waitMs(30)).toBe(300_000);
  });
});

describe('a decision', () => {
  const refused = after(
    { send: 'facts', parcel: parcel('one', 1) },
    { kind: 'refused', trouble: { code: 'round-closed', detail: '已了结' } },
  );

  test('to send again is another act, of the same visit', () => {
    const next = again(refused, 'k2');
    expect(next).toMatchObject({ key: 'k2', trouble: null, body: { visit: 'one' } });
    expect(placeOf(next)).toBe('facts');
  });

  test('keeps the number where the facts have arrived', () => {
    expect(again({ ...refused, receipt }, 'k2').key).toBe('one');
  });

  test('may turn the visit into an amendment', () => {
    expect(asAmendment(refused, 'k3', 'v-other', '同日各记一次')).toMatchObject({
      key: 'k3',
      telling: { as: 'amendment', of: 'v-other', reason: '同日各记一次' },
    });
  });

  test('may turn it back into a draft with everything in it', () => {
    const findings = [{ finding: 'f', item: 'ledger', text: '缺页', severity: 'minor' as const, onSpot: true }];
    const before = draft({ answers: { staff: 'na', ledger: 'no' }, findings, note: '下午再来' });
    const back = unpacked(packed(before, bodyOf(before, 'business', CHECKLIST), 5), 'k4', 'v4');
    expect(back).toEqual({ ...before, key: 'k4', visit: 'v4', startedAt: 5 });
  });
});

describe('an answer', () => {
  test.each([
    [200, { seq: 7, head: receipt.head, at: 2 }, { kind: 'arrived', receipt }],
    [201, { digest: 'a' }, { kind: 'arrived', receipt: null }],
    [401, { code: 'not-signed-in', detail: '' }, { kind: 'signed-out' }],
    [
      409,
      { code: 'round-closed', detail: '已了结' },
      { kind: 'refused', trouble: { code: 'round-closed', detail: '已了结' } },
    ],
    [429, {}, { kind: 'unknown' }],
    [500, {}, { kind: 'unknown' }],
    [503, {}, { kind: 'unknown' }],
  ])('%s is understood', (status, said, outcome) => {
    expect(outcomeOf(status, said)).toEqual(outcome);
  });
});

describe('a draft', () => {
  test('names what is missing, and where', () => {
    const none = draft({ answers: {}, photos: [], mode: 'video' });
    expect(gapsOf(none, ASKED).map(({ at }) => at)).toEqual(['mode', 'item-staff', 'item-ledger']);
    expect(gapsOf(draft({ photos: [] }), ASKED)).toEqual([{ at: 'photos', words: '现场走访须至少拍一张照片' }]);
    expect(gapsOf(draft({ answers: { staff: 'no', ledger: 'yes' } }), ASKED).map(({ at }) => at)).toEqual([
      'item-staff',
    ]);
    expect(gapsOf(draft(), ASKED)).toEqual([]);
  });

  test('sends findings and photographs of what was answered 否, and 不涉及 as what does not apply', () => {
    const findings = [
      { finding: 'f1', item: 'staff', text: '不在岗 ', severity: 'general' as const, onSpot: false },
      { finding: 'f2', item: 'ledger', text: '后来改答了是', severity: 'general' as const, onSpot: false },
    ];
    const photos = [photo('a'), photo('b', 'staff'), photo('c', 'ledger')];
    const told = draft({ answers: { staff: 'no', ledger: 'yes', seal: 'na' }, findings, photos });
    expect(bodyOf(told, 'refused', CHECKLIST)).toEqual({
      visit: 'v',
      subject: 'S1',
      visitedOn: '2026-11-24',
      mode: 'on-site',
      items: [
        { code: 'staff', met: false },
        { code: 'ledger', met: true },
        { code: 'seal', met: false, applies: false },
      ],
      findings: [{ finding: 'f1', item: 'staff', severity: 'general', text: '不在岗' }],
      evidence: [
        { digest: 'a', takenOn: '2026-11-24' },
        { digest: 'b', takenOn: '2026-11-24' },
      ],
      confirmedBy: 'refused',
    });
    expect(packed(told, bodyOf(told, null, CHECKLIST), 9)).toMatchObject({
      key: 'k',
      at: 9,
      photos: photos.slice(0, 2),
    });
  });
});
