/**
 * The Chinese sentence of every refusal a process or the register can give; the API and the command line share it.
 * `{name}` stands for a value of the refusal's details. test/api/problem-texts.test.ts fails on a code without a sentence.
 */
export const REFUSAL_TEXTS: { readonly [code: string]: string } = {};
