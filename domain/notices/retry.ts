/** When is a message tried again after the mail server did not take it. Knows no server. */

const FIRST_MS = 30_000;
const LONGEST_MS = 600_000;

/** How long to wait after the `attempts`-th failure: 30 s, doubling, at most 10 min; it lasts through any outage. */
export function retryAfterMs(attempts: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(10, Math.max(0, attempts - 1)));
}

/** What became of one attempt to hand a message over. `reply` is the server's sentence, or the error's code. */
export type Handover =
  | { readonly outcome: 'sent'; readonly reply: string }
  /** The server said never (5xx): this message is not tried again. */
  | { readonly outcome: 'refused'; readonly reply: string }
  /** The server said not now, for this message (4xx). */
  | { readonly outcome: 'retry'; readonly reply: string }
  /** No server to talk to, or none that lets us in: every message waits, none is blamed. */
  | { readonly outcome: 'away'; readonly reply: string };

/** What nodemailer throws, as far as it is looked at. */
export interface SendError {
  readonly code?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly command?: string | undefined;
  readonly response?: string | undefined;
  readonly message: string;
}

/** Only these answers are about this recipient or this message; a refused sender or log-in is about us. */
const ABOUT_THE_MESSAGE = new Set(['RCPT TO', 'DATA']);

/**
 * Sorts a failed attempt. 550 and 451 arrive under one error code: the response code tells them apart (RFC 5321 §4.2.1).
 * 421 means the server is closing, whatever it was asked.
 */
export function handoverOf(error: SendError): Handover {
  const { code, responseCode, command } = error;
  const reply = singleReply(error);
  if (code === 'EENVELOPE' && responseCode === undefined) return { outcome: 'refused', reply };
  if (responseCode === undefined || responseCode === 421 || code === 'EAUTH' || code === 'ETLS')
    return { outcome: 'away', reply };
  const aboutMessage = code === 'EMESSAGE' || ABOUT_THE_MESSAGE.has(command ?? '');
  if (!aboutMessage) return { outcome: command === 'MAIL FROM' ? 'retry' : 'away', reply };
  return { outcome: responseCode >= 500 ? 'refused' : 'retry', reply };
}

function singleReply({ code, response, message }: SendError): string {
  // eslint-disable-next-line no-control-regex -- a server may answer anything
  return `${code ?? 'ERROR'} ${response ?? message}`.replace(/[\u0000-\u001f\u007f]+/g, ' ').slice(0, 500);
}
