/** How a name that people typed may stand in a header, a list or a sentence: on one line, without tricks. */

// Control characters, line and paragraph separators, direction marks, zero-width characters, lone surrogates.
const UNWANTED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]+/gu;

/** The text on one line, at most `longest` characters (code points), an ellipsis in place of what is cut. */
export function singleLine(text: string, longest = 120): string {
  const line = text.replace(UNWANTED, ' ').replace(/\s+/gu, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and attribute values in HTML. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
