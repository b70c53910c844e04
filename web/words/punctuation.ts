/** Sentences of the API in the punctuation of a Chinese page: full width beside Chinese, as written between figures and codes. */

const WIDE: Readonly<Record<string, string>> = {
  ',': '，',
  ';': '；',
  ':': '：',
  '(': '（',
  ')': '）',
  '?': '？',
  '!': '！',
};
const CHINESE = /[\p{Script=Han}「」《》“”、。，；：（）]/u;

/** `任职,须签订(版本 2026)` reads `任职，须签订（版本 2026）`; times, ids and figures stay as they are. */
export function fullWidth(text: string): string {
  const open: boolean[] = [];
  return [...text]
    .map((char, at, all) => {
      const wide = WIDE[char];
      if (wide === undefined) return char;
      const [before = '', after = ''] = [
        all.slice(0, at).findLast((one) => one !== ' '),
        all.slice(at + 1).find((one) => one !== ' '),
      ];
      if (char === ')') return open.pop() === true ? wide : char;
      const chinese = CHINESE.test(before) || CHINESE.test(after);
      if (char === '(') open.push(chinese);
      return chinese ? wide : char;
    })
    .join('');
}
