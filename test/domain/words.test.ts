import { describe, expect, test } from 'vitest';
import { bindingDutySaid, pledgeDutySaid } from '../../domain/words/duties-said.ts';
import { correctionSaid } from '../../domain/words/correction-said.ts';
import { cycleSaid } from '../../domain/words/cycle-said.ts';
import { KIND_WORDS, stageWords, wordsOf } from '../../domain/words/index.ts';
import { roundSaid } from '../../domain/words/round-said.ts';
import { eventSaid } from '../../domain/words/said.ts';
import type { Speaker } from '../../domain/words/speaker.ts';
import { PROCESSES } from '../../cases/processes.ts';

const SAID: Readonly<Record<string, object>> = {
  round: roundSaid,
  correction: correctionSaid,
  cycle: cycleSaid,
  'binding-duty': bindingDutySaid,
  'pledge-duty': pledgeDutySaid,
};

const say: Speaker = {
  subject: (id) => `「${id}」`,
  post: (id) => id,
  unit: (id) => id,
  person: (id) => id ?? '(无人)',
  item: (code) => `〔${code}〕`,
  text: ({ text }) => `「${text}」`,
};

describe('the words of every kind', () => {
  test('there is a table for each process, and no other', () => {
    expect(KIND_WORDS.map(({ kind }) => kind).sort()).toEqual([...PROCESSES.keys()].sort());
  });

  test.each(KIND_WORDS.map(({ kind }) => kind))('every event of a %s has a label and a sentence', (kind) => {
    expect(Object.keys(SAID[kind] ?? {}).sort()).toEqual(Object.keys(wordsOf(kind)?.events ?? {}).sort());
  });

  test('a stage is told by how it ended once it is closed', () => {
    expect(stageWords(wordsOf('round/2026-Q4/p'), 'running')).toBe('走访中');
    expect(stageWords(wordsOf('round'), 'closed', 'completed-late')).toBe('超期完成');
    expect(stageWords(undefined, 'unheard-of')).toBe('unheard-of');
  });
});

describe('sentences', () => {
  const by = { person: 'p', post: 'o' };
  const reason = { text: '停业', digest: 'd' };
  test.each([
    [
      'round',
      { type: 'visit-excused', subject: 's1', onSite: false, cause: 'office', reason, document: '12 号', by, at: 0 },
      '免除对「s1」的走访,文号 12 号,理由「停业」',
    ],
    [
      'round',
      {
        type: 'visit-excused',
        subject: 's1',
        onSite: false,
        cause: 'late-joiner',
        reason: null,
        document: null,
        by,
        at: 0,
      },
      '「s1」建立包保时已近期末,首次走访归入下期',
    ],
    [
      'round',
      { type: 'written-off', subjects: ['a', 'b', 'c', 'd', 'e', 'f'], reason, by, at: 0 },
      '核销逾期未走访的「a」、「b」、「c」、「d」、「e」 等 6 户,违约记录保留,理由「停业」',
    ],
    [
      'round',
      { type: 'extended', extension: { amount: 3, unit: 'WD' }, reason, by, at: 0 },
      '批准延期 3 个工作日,理由「停业」',
    ],
    [
      'correction',
      { type: 'recheck-failed', reason, evidence: [], dueOn: '2026-12-08', by, at: 0 },
      '复查不合格,另定最后一日 2026-12-08,理由「停业」',
    ],
    ['correction', { type: 'overdue', clock: 'claim', by, at: 0 }, '认领期限届满未办,记为超期,长期保留'],
    [
      'cycle',
      { type: 'follow-up-proposed', unit: 'u1', rates: ['binding', 'completion'], by, at: 0 },
      '建议督查u1:包保关系建立率、督导完成率未达 100%',
    ],
    ['pledge-duty', { type: 'signed', pledge: 'x', signedOn: '2026-10-20', at: 0 }, '承诺书已于 2026-10-20 签订'],
    ['round', { type: 'of-another-build' }, 'of-another-build'],
  ])('%s %o reads as an officer would write it', (kind, event, sentence) => {
    expect(eventSaid(kind, event, say)).toBe(sentence);
  });
});
