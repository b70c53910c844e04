import { describe, expect, test } from 'vitest';
import { handoverOf, retryAfterMs, type SendError } from '../../../domain/notices/retry.ts';

test('waiting doubles from half a minute and stops at ten minutes', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 100].map(retryAfterMs)).toEqual([
    30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000, 600_000,
  ]);
});

describe('what a failed hand-over means', () => {
  test.each<[string, Omit<SendError, 'message'>, string]>([
    ['an unknown mailbox', { code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }, 'refused'],
    ['a busy mailbox', { code: 'EENVELOPE', responseCode: 450, command: 'RCPT TO' }, 'retry'],
    ['a mailbox over quota for now', { code: 'EENVELOPE', responseCode: 452, command: 'RCPT TO' }, 'retry'],
    ['a message refused after its body', { code: 'EMESSAGE', responseCode: 554, command: 'DATA' }, 'refused'],
    ['a message deferred after its body', { code: 'EMESSAGE', responseCode: 451, command: 'DATA' }, 'retry'],
    ['an address that is none', { code: 'EENVELOPE', command: 'API' }, 'refused'],
    ['a server that closes', { code: 'EENVELOPE', responseCode: 421, command: 'RCPT TO' }, 'away'],
    ['a greeting of 554', { code: 'EPROTOCOL', responseCode: 554, command: 'CONN' }, 'away'],
    ['a refused sender', { code: 'EENVELOPE', responseCode: 553, command: 'MAIL FROM' }, 'retry'],
    ['a wrong password', { code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' }, 'away'],
    ['nobody listening', { code: 'ESOCKET' }, 'away'],
    ['no answer', { code: 'ETIMEDOUT' }, 'away'],
    ['no such host', { code: 'EDNS' }, 'away'],
    ['a certificate nobody vouches for', { code: 'ETLS' }, 'away'],
  ])('%s', (_what, error, outcome) => {
    expect(handoverOf({ message: 'x', ...error }).outcome).toBe(outcome);
  });

  test('the server’s sentence is kept on one line and within bounds', () => {
    const { reply } = handoverOf({
      message: 'm',
      code: 'EENVELOPE',
      response: `550 no\r\nsuch\u0000 ${'x'.repeat(900)}`,
      responseCode: 550,
    });
    expect(reply).toMatch(/^EENVELOPE 550 no such /);
    expect(reply).toHaveLength(500);
  });
});
