/** May this text be kept and read back as it is? */

// eslint-disable-next-line no-control-regex -- NUL is what is looked for
const UNKEEPABLE = /\u0000|\p{Surrogate}/u;

/** Whether PostgreSQL and canonical JSON can keep `text` unchanged: no NUL, well-formed UTF-16. */
export const isKeepable = (text: string): boolean => !UNKEEPABLE.test(text);
