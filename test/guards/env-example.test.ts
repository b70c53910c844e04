import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadConfig, variables } from '../../config/config.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** Each variable of .env.example with its value and the comment above it. */
const examples = read('.env.example')
  .split('\n\n')
  .flatMap((paragraph) => {
    const lines = paragraph.trim().split('\n');
    const comment = lines.filter((line) => line.startsWith('#')).join('\n');
    return lines
      .filter((line) => /^[A-Z_]+=/.test(line))
      .map((line) => ({ name: line.slice(0, line.indexOf('=')), value: line.slice(line.indexOf('=') + 1), comment }));
  });

/** What docker-compose.yml itself asks of the environment. */
const composeVariables = [...read('docker-compose.yml').matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name);

describe('.env.example', () => {
  test('names every variable that the configuration or docker compose reads, and no other', () => {
    const wanted = new Set([...Object.keys(variables), ...composeVariables]);
    expect(examples.map(({ name }) => name).sort()).toEqual([...wanted].sort());
  });

  test.each(examples)('explains $name in Chinese', ({ comment }) => {
    expect(comment).toMatch(/\p{Script=Han}/u);
  });

  test('is a configuration that the program accepts', () => {
    const env = Object.fromEntries(examples.map(({ name, value }) => [name, value]));
    expect(loadConfig(env)).toMatchObject({ NODE_ENV: 'production', LOCAL_MODE: false });
  });
});
