import { describe, expect, test } from 'vitest';
import { readerOf, type Directory } from '../../../domain/notices/addressee.ts';

const directory = (
  posts: readonly (readonly [id: string, holder: string | null, superior: string | null])[],
  absent: Readonly<Record<string, string | null>> = {},
): Directory => ({
  posts: new Map(posts.map(([id, holder, superior]) => [id, { id, title: id, holder, superior }])),
  persons: new Map(['ann', 'ben', 'cam', 'dan'].map((id) => [id, { id, name: id, address: `${id}@x.example` }])),
  absent: new Map(Object.entries(absent)),
});

const read = (found: ReturnType<typeof readerOf>) => found && `${found.person.id} ${found.capacity} ${found.through}`;

describe('the reader of a notice', () => {
  test('is the holder of the post', () => {
    expect(read(readerOf('cadre', directory([['cadre', 'ann', null]])))).toBe('ann holder cadre');
  });
  test('is the deputy while the holder is absent', () => {
    expect(read(readerOf('cadre', directory([['cadre', 'ann', null]], { ann: 'ben' })))).toBe('ben deputy cadre');
  });
  test('is the deputy’s deputy while both are absent', () => {
    expect(read(readerOf('cadre', directory([['cadre', 'ann', null]], { ann: 'ben', ben: 'cam' })))).toBe(
      'cam deputy cadre',
    );
  });
  test('is the superior for a vacant post', () => {
    const posts = [
      ['cadre', null, 'head'],
      ['head', 'ben', null],
    ] as const;
    expect(read(readerOf('cadre', directory(posts)))).toBe('ben superior head');
  });
  test('is the superior’s deputy when the superior is absent', () => {
    const posts = [
      ['cadre', null, 'head'],
      ['head', 'ben', null],
    ] as const;
    expect(read(readerOf('cadre', directory(posts, { ben: 'cam' })))).toBe('cam superior head');
  });
  test('is found above two vacancies', () => {
    const posts = [
      ['cadre', null, 'head'],
      ['head', null, 'leader'],
      ['leader', 'dan', null],
    ] as const;
    expect(read(readerOf('cadre', directory(posts)))).toBe('dan superior leader');
  });
  test('is the superior when the holder is absent without a deputy', () => {
    const posts = [
      ['cadre', 'ann', 'head'],
      ['head', 'ben', null],
    ] as const;
    expect(read(readerOf('cadre', directory(posts, { ann: null })))).toBe('ben superior head');
  });
  test('is the superior when deputies stand in for each other', () => {
    const posts = [
      ['cadre', 'ann', 'head'],
      ['head', 'dan', null],
    ] as const;
    expect(read(readerOf('cadre', directory(posts, { ann: 'ben', ben: 'ann' })))).toBe('dan superior head');
  });
  test('is nobody in a circle of vacancies, an unknown post, or a vacancy at the top', () => {
    expect(
      readerOf(
        'a',
        directory([
          ['a', null, 'b'],
          ['b', null, 'a'],
        ]),
      ),
    ).toBeNull();
    expect(readerOf('-', directory([]))).toBeNull();
    expect(readerOf('a', directory([['a', null, null]]))).toBeNull();
  });
});
