/** May this request be kept and read back as it is? Refuses NUL, ill-formed text, names that shadow and bottomless nesting. */
import { isUtf8 } from 'node:buffer';
import type { NextFunction, Request, Response } from 'express';
import { isKeepable } from '../cases/kinds/keepable.ts';
import { ApiProblem } from './problem.ts';

/** Deeper JSON is no form of ours; the walk is iterative, so depth costs no stack. */
const DEEPEST = 32;

/** Body-parser's `verify`: JSON on the wire is UTF-8 (RFC 8259). Anything else would be read as replacement characters. */
export function refuseIllFormedBytes(_request: unknown, _response: unknown, body: Buffer): void {
  if (!isUtf8(body)) throw new ApiProblem('ill-formed-text');
}

/** Looks at every string and every name of a parsed JSON value. Throws `ill-formed-text` or `invalid-request`. */
export function assertKeepable(value: unknown): void {
  const waiting: { readonly at: unknown; readonly depth: number }[] = [{ at: value, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { at, depth } = next;
    if (typeof at === 'string' && !isKeepable(at)) throw new ApiProblem('ill-formed-text');
    if (typeof at !== 'object' || at === null) continue;
    if (depth >= DEEPEST) throw new ApiProblem('invalid-request', { errors: [tooDeep] });
    for (const [name, item] of Object.entries(at)) {
      if (!isKeepable(name)) throw new ApiProblem('ill-formed-text');
      if (name === '__proto__') throw new ApiProblem('invalid-request', { errors: [shadowing] });
      waiting.push({ at: item, depth: depth + 1 });
    }
  }
}

const tooDeep = { path: '', code: 'too-deep', message: `内容嵌套超过 ${DEEPEST} 层。` };
const shadowing = { path: '', code: 'unrecognized-key', message: '不认识的字段 __proto__。' };

/** The address as it was sent: percent-encoding must give well-formed text without NUL. */
export function refuseUnkeepableAddress(request: Request, _response: Response, next: NextFunction): void {
  let address: string;
  try {
    address = decodeURIComponent(request.originalUrl.replaceAll('+', ' '));
  } catch {
    throw new ApiProblem('ill-formed-text');
  }
  if (!isKeepable(address)) throw new ApiProblem('ill-formed-text');
  next();
}
