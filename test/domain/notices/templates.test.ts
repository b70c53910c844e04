import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { knowsTemplate, templateOf } from '../../../domain/notices/templates.ts';
import { SUPERVISION_TEMPLATES } from '../../../domain/supervision/index.ts';
import { office } from '../deadlines/deadline-fixtures.ts';

/** Templates named in a notice written out in the sources. */
function namedIn(folder: string): string[] {
  const root = fileURLToPath(new URL(`../../../${folder}`, import.meta.url));
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('notices'))
    .flatMap((file) => [...readFileSync(`${root}/${file}`, 'utf8').matchAll(/template: '([^']+)'/g)])
    .map(([, template = '']) => template);
}

const named = [
  ...office.ladders.flatMap(({ rungs }) => rungs.map(({ template }) => template)),
  ...SUPERVISION_TEMPLATES,
  ...namedIn('domain'),
  ...namedIn('cases'),
  'undeliverable',
];

test.each([...new Set(named)])('%s has a text', (template) => {
  expect(knowsTemplate(template)).toBe(true);
});

test('the sources name notices beside the lists', () => {
  expect(named).toEqual(expect.arrayContaining(['pledge-wanted', 'subject-unbound', 'breach-annulled']));
});

test('a notice nobody wrote a text for still asks to look at the case', () => {
  expect(templateOf('constructor').act).toBe('查看案件');
  expect(templateOf('never-heard-of')).toMatchObject({ ends: 'never', group: 'to-do' });
});
