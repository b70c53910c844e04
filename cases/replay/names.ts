/** The names and texts that sentences about a case need, read once: register rows by id, and what was not erased. */
import { isTextRef, type TextRef } from '../../domain/kernel/text.ts';
import type { Speaker } from '../../domain/words/speaker.ts';
import type { Queryable } from '../office.ts';
import { absenceIn } from '../register/acting.ts';

/** What stands where an erased text stood. */
export const ERASED = '「已删除」';

/** Unit and title of a post `p` in unit `u`; a title that names its unit stands alone. */
export const POST_NAME = "CASE WHEN starts_with(p.title, u.name) THEN p.title ELSE concat_ws(' ', u.name, p.title) END";

/** Every string in a JSON value: ids are among them. */
export function stringsIn(value: unknown): readonly string[] {
  const found = new Set<string>();
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'string') found.add(next);
    else if (typeof next === 'object' && next !== null) waiting.push(...(Object.values(next) as unknown[]));
  }
  return [...found];
}

/** A speaker, and the plain name of a subject for places that are no sentence. */
export interface Names extends Omit<Speaker, 'item'> {
  subjectName(id: string): string;
  /** For whom somebody acts on this authority; `null` where it is nobody's absence. */
  absent(authority: string): string | null;
}

/** Names and texts of whatever `values` mentions. An id the register does not have stands for itself. */
export async function speakerOf(client: Queryable, values: unknown): Promise<Names> {
  const ids = stringsIn(values);
  const { rows } = await client.query<{
    of: 'subject' | 'post' | 'unit' | 'person' | 'absence';
    id: string;
    name: string;
  }>({
    name: 'replay-names',
    text: `SELECT 'subject' AS of, id, name FROM subjects WHERE id = ANY($1::text[])
           UNION ALL SELECT 'unit', id, name FROM units WHERE id = ANY($1::text[])
           UNION ALL SELECT 'person', id, name FROM persons WHERE id = ANY($1::text[])
           UNION ALL SELECT 'post', p.id, ${POST_NAME}
             FROM posts p LEFT JOIN units u ON u.id = p.unit_id WHERE p.id = ANY($1::text[])
           UNION ALL SELECT 'absence', a.id, h.name
             FROM absences a JOIN persons h ON h.id = a.person_id WHERE a.id = ANY($2::text[])`,
    values: [ids, ids.map(absenceIn).filter((id) => id !== null)],
  });
  const names = new Map(rows.map(({ of, id, name }) => [`${of}/${id}`, name]));
  // A correction repeats the words of its finding, whose text stands in the round's chain: by id, not by chain.
  const { rows: kept } = await client.query<{ id: string; body: string | null }>({
    name: 'replay-texts',
    text: 'SELECT id, body FROM texts WHERE id = ANY($1::text[])',
    values: [ids],
  });
  const texts = new Map(kept.map(({ id, body }) => [id, body]));
  const named = (of: string) => (id: string) => names.get(`${of}/${id}`) ?? id;
  return {
    subjectName: named('subject'),
    subject: (id) => `「${named('subject')(id)}」`,
    post: named('post'),
    unit: named('unit'),
    person: (id) => (id === null ? '(无人)' : named('person')(id)),
    absent: (authority) => names.get(`absence/${absenceIn(authority) ?? ''}`) ?? null,
    text: (ref) => textOf(texts, ref),
  };
}

/** Erased, or not kept at all: either way nobody can read it any more. */
function textOf(texts: ReadonlyMap<string, string | null>, ref: TextRef): string {
  if (!isTextRef(ref)) return '';
  const body = texts.get(ref.text) ?? null;
  return body === null ? ERASED : `「${body}」`;
}
