/** The names and texts that sentences about a case need, read once: register rows by id, and what was not erased. */
import { isTextRef, type TextRef } from '../../domain/kernel/text.ts';
import type { Speaker } from '../../domain/words/speaker.ts';
import type { Queryable } from '../office.ts';
import { readTexts } from '../texts.ts';

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

/** Names of whatever `values` mentions, and the texts of the chain. An id the register does not have stands for itself. */
export async function speakerOf(client: Queryable, chain: string, values: unknown): Promise<Speaker> {
  const ids = stringsIn(values);
  const { rows } = await client.query<{ of: 'subject' | 'post' | 'unit' | 'person'; id: string; name: string }>({
    name: 'replay-names',
    text: `SELECT 'subject' AS of, id, name FROM subjects WHERE id = ANY($1::text[])
           UNION ALL SELECT 'unit', id, name FROM units WHERE id = ANY($1::text[])
           UNION ALL SELECT 'person', id, name FROM persons WHERE id = ANY($1::text[])
           UNION ALL SELECT 'post', p.id, ${POST_NAME}
             FROM posts p LEFT JOIN units u ON u.id = p.unit_id WHERE p.id = ANY($1::text[])`,
    values: [ids],
  });
  const names = new Map(rows.map(({ of, id, name }) => [`${of}/${id}`, name]));
  const texts = await readTexts(client, chain);
  const named = (of: string) => (id: string) => names.get(`${of}/${id}`) ?? id;
  return {
    subject: (id) => `「${named('subject')(id)}」`,
    post: named('post'),
    unit: named('unit'),
    person: (id) => (id === null ? '(无人)' : named('person')(id)),
    text: (ref) => textOf(texts, ref),
  };
}

/** A text that came sealed from another case stands in that case's chain; it is not repeated here. */
function textOf(texts: ReadonlyMap<string, string | null>, ref: TextRef): string {
  if (!isTextRef(ref)) return '';
  const body = texts.get(ref.text);
  if (body === undefined) return '「原文在来源案件」';
  return body === null ? ERASED : `「${body}」`;
}
