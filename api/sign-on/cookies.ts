/** Where the browser keeps what it must not read: names, attributes, and how a request's cookies are taken. */
import type { Request } from 'express';

export interface Cookies {
  /** The session's token. */
  readonly session: string;
  /** Says that a person has signed in here before. */
  readonly browser: string;
  /** The visit to the single sign-on under way. */
  readonly flow: string;
  readonly secure: boolean;
}

/** `__Host-` binds a cookie to this host, this whole site and TLS; a loopback address without TLS cannot have it. */
export function cookiesOf(publicUrl: string): Cookies {
  const secure = publicUrl.startsWith('https:');
  const name = (plain: string) => (secure ? `__Host-${plain}` : plain);
  return { session: name('zhaodan'), browser: name('zhaodan-browser'), flow: name('zhaodan-flow'), secure };
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The token in the named cookie; anything that is none of ours counts as not there. */
export function tokenIn(request: Request, name: string): string | undefined {
  for (const pair of (request.get('Cookie') ?? '').split(';')) {
    const at = pair.indexOf('=');
    const value = pair.slice(at + 1).trim();
    if (at > 0 && pair.slice(0, at).trim() === name && TOKEN.test(value)) return value;
  }
  return undefined;
}

/** A `Set-Cookie` that scripts cannot read and other sites cannot send with their forms; without `seconds` it ends with the browser. */
export const given = (name: string, token: string, { secure }: Cookies, seconds?: number): string =>
  [
    `${name}=${token}; Path=/; HttpOnly; SameSite=Lax`,
    ...(secure ? ['Secure'] : []),
    ...(seconds === undefined ? [] : [`Max-Age=${seconds}`]),
  ].join('; ');

/** A `Set-Cookie` that takes the cookie away. */
export const taken = (name: string, cookies: Cookies): string => given(name, '', cookies, 0);
