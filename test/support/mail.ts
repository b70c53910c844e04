/** A mail server for tests that keeps what it gets, and refuses to order. */
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/**
 * How the server treats the next messages: takes them, refuses the recipient for good (550) or for now (450), refuses
 * after the body was sent (`refuse-data` 554), or closes the connection without a word.
 */
export type MailMood = 'take' | 'refuse' | 'busy' | 'refuse-data' | 'close';

export interface MailCatcher {
  /** `smtp://127.0.0.1:port` */
  readonly url: string;
  readonly port: number;
  /** Everything taken so far, oldest first. */
  readonly mails: readonly ParsedMail[];
  /** From now on; addresses given are treated so alone, the others are taken. */
  behave(mood: MailMood, ...addresses: string[]): void;
  /** Waits until `count` mails have been taken; throws after `withinMs` (10 s). */
  untilTaken(count: number, withinMs?: number): Promise<readonly ParsedMail[]>;
  /** Stops listening, as a server that is down; `start` brings it back on the same port. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

const reply = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });

/** Starts a catcher on a free loopback port. Stop it in `afterAll`. */
export async function mailCatcher(): Promise<MailCatcher> {
  const mails: ParsedMail[] = [];
  let mood: MailMood = 'take';
  let only: readonly string[] = [];
  let port = 0;
  let server = newServer();

  const moodFor = (address: string): MailMood => (only.length === 0 || only.includes(address) ? mood : 'take');

  function newServer(): SMTPServer {
    return new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onConnect(session, done) {
        if (mood === 'close' && only.length === 0) done(reply(421, 'closing'));
        else done();
      },
      onRcptTo({ address }, _session, done) {
        const treatment = moodFor(address);
        if (treatment === 'refuse') done(reply(550, 'no such mailbox'));
        else if (treatment === 'busy') done(reply(450, 'mailbox busy'));
        else if (treatment === 'close') done(reply(421, 'closing'));
        else done();
      },
      onData(stream, session, done) {
        simpleParser(stream).then((mail) => {
          const refused = session.envelope.rcptTo.some(({ address }) => moodFor(address) === 'refuse-data');
          if (!refused) mails.push(mail);
          done(refused ? reply(554, 'message refused') : null);
        }, done);
      },
    });
  }

  const start = () =>
    new Promise<void>((resolve, reject) => {
      server = newServer();
      server.once('error', reject);
      const listening = server.listen(port, '127.0.0.1', () => {
        const address = listening.address();
        if (address !== null && typeof address === 'object') port = address.port;
        server.on('error', () => undefined); // a client that hangs up mid-way is the client's affair
        resolve();
      });
    });
  const stop = () => new Promise<void>((resolve) => server.close(resolve));

  await start();
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails,
    behave(next, ...addresses) {
      mood = next;
      only = addresses;
    },
    async untilTaken(count, withinMs = 10_000) {
      const giveUpAt = Date.now() + withinMs;
      while (mails.length < count) {
        if (Date.now() > giveUpAt) throw new Error(`${mails.length} of ${count} mails after ${withinMs} ms`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return mails;
    },
    stop,
    start,
  };
}
