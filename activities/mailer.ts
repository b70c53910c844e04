/** How one message reaches the mail server. Knows no ledger: it hands over, and says what the server answered. */
import { createTransport } from 'nodemailer';
import type { Outgoing } from '../cases/notices/outgoing.ts';
import { handoverOf, type Handover } from '../domain/notices/retry.ts';

export interface Mailer {
  /** Never rejects: whatever goes wrong is an outcome. Takes at most `SEND_TIMEOUT_MS`. */
  send(message: Outgoing): Promise<Handover>;
  close(): void;
}

export interface MailerOptions {
  /** `smtp://user:password@host:port`; anything after the port is ignored, so that no option hides in it. */
  readonly url: string;
  /** `starttls` and `tls` insist on encryption and a valid certificate; `off` never encrypts. */
  readonly tls: 'off' | 'starttls' | 'tls';
  readonly from: string;
}

/** Longer than any honest server takes; a message unanswered by then may yet have arrived, and is sent again as it is. */
export const SEND_TIMEOUT_MS = 60_000;
/** As many connections as messages are handed over at a time. */
export const CONNECTIONS = 4;

const DEFAULT_PORTS = { off: 25, starttls: 587, tls: 465 } as const;

export function createMailer({ url, tls, from }: MailerOptions): Mailer {
  const { hostname, port, username, password, protocol } = new URL(url);
  const mode = protocol === 'smtps:' ? 'tls' : tls;
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? DEFAULT_PORTS[mode] : Number(port),
    secure: mode === 'tls',
    requireTLS: mode === 'starttls',
    ignoreTLS: mode === 'off',
    tls: { minVersion: 'TLSv1.2' },
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    pool: true,
    maxConnections: CONNECTIONS,
    maxMessages: 100,
    // Mail comes in bursts; between them no connection is kept from the server.
    idleTimeout: 2_000,
    // A connection lost while sending is the ledger's to try again, not the pool's.
    maxRequeues: 0,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  async function send({ id, address, subject, text, html }: Outgoing): Promise<Handover> {
    const attempt = transport.sendMail({
      from: { name: '照单', address: from },
      // An object, never a string: nodemailer parses strings, and a crafted one names other recipients.
      to: { name: '', address },
      messageId: `<${id}>`,
      subject,
      text,
      html,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    });
    try {
      return await within(
        SEND_TIMEOUT_MS,
        attempt.then(({ response }) => ({ outcome: 'sent', reply: response.slice(0, 500) }) as const),
      );
    } catch (error) {
      return handoverOf(error instanceof Error ? error : { message: String(error) });
    }
  }

  return { send, close: () => transport.close() };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
