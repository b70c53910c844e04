import { expect, test } from 'vitest';
import { CORRECTION_TEMPLATES } from '../../../domain/supervision/correction-notices.ts';
import { CYCLE_TEMPLATES } from '../../../domain/supervision/cycle-notices.ts';
import { ROUND_TEMPLATES } from '../../../domain/supervision/round-notices.ts';
import { knowsTemplate, templateOf } from '../../../domain/notices/templates.ts';
import { office } from '../deadlines/deadline-fixtures.ts';

const named = [
  ...office.ladders.flatMap(({ rungs }) => rungs.map(({ template }) => template)),
  ...ROUND_TEMPLATES,
  ...CORRECTION_TEMPLATES,
  ...CYCLE_TEMPLATES,
  'pledge-wanted',
  'subject-unbound',
  'breach-annulled',
  'undeliverable',
];

test.each([...new Set(named)])('%s has a text', (template) => {
  expect(knowsTemplate(template)).toBe(true);
});

test('a notice nobody wrote a text for still asks to look at the case', () => {
  expect(templateOf('constructor').act).toBe('查看案件');
  expect(templateOf('never-heard-of')).toMatchObject({ ends: 'never', group: 'to-do' });
});
