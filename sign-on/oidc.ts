/**
 * The government's single sign-on (OpenID Connect, code flow with PKCE). What goes out is kept here and spent by whoever
 * comes back first; who the answer is, is a link an administrator made, or a claim that is the person's id.
 */
import * as client from 'openid-client';
import type pg from 'pg';
import { readClock } from '../cases/deps.ts';
import { inTransaction } from '../cases/transaction.ts';
import { findAccount, foldedName, type Account } from './account.ts';
import { insertAccount } from './account-office.ts';
import { SignOnRefused, type Caller, type SignOnDeps } from './deps.ts';
import { logSecurity } from './security-log.ts';
import { begin, type Begun } from './sign-in.ts';
import { digestOf, newToken } from './tokens.ts';

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  /** What the button says. */
  readonly name: string;
  /** The claim whose value is the person's id in the register. */
  readonly personClaim: string | undefined;
  /** Where the provider sends people back to: from the configuration, never from a request's Host. */
  readonly redirectUri: string;
}

/** Whoever is away longer starts again. */
const FLOW_MS = 10 * 60_000;

export interface Oidc {
  readonly name: string;
  readonly issuer: string;
  /** Where to send the browser, and the token of this visit for its cookie. */
  start(next: string): Promise<{ readonly url: string; readonly flowToken: string }>;
  /**
   * The session of whoever comes back with `query`. Throws `oidc-refused` (nothing of the answer is believed),
   * `oidc-person-unknown`, `account-disabled`, `oidc-unreachable`.
   */
  finish(visit: {
    readonly query: string;
    readonly flowToken: string | undefined;
    readonly sessionToken: string | undefined;
    readonly caller: Caller;
  }): Promise<Begun & { readonly next: string }>;
}

interface Flow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly next: string;
}

export function oidcSignOn(deps: SignOnDeps, settings: OidcSettings): Oidc {
  let found: Promise<client.Configuration> | undefined;
  /** Asked once; asked again after a failure. */
  const configuration = async (): Promise<client.Configuration> => {
    found ??= client.discovery(
      new URL(settings.issuer),
      settings.clientId,
      settings.clientSecret,
      undefined,
      settings.issuer.startsWith('http:') ? { execute: [client.allowInsecureRequests] } : undefined,
    );
    try {
      return await found;
    } catch (error) {
      found = undefined;
      throw Object.assign(new SignOnRefused('oidc-unreachable'), { cause: error });
    }
  };

  return {
    name: settings.name,
    issuer: settings.issuer,

    async start(next) {
      const provider = await configuration();
      const flowToken = newToken();
      const flow: Flow = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        next,
      };
      await keepFlow(deps, flowToken, flow);
      const url = client.buildAuthorizationUrl(provider, {
        redirect_uri: settings.redirectUri,
        scope: 'openid profile',
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, flowToken };
    },

    async finish({ query, flowToken, sessionToken, caller }) {
      const provider = await configuration();
      const flow = flowToken === undefined ? null : await spendFlow(deps, flowToken);
      if (flow === null) return refused(deps, caller, 'flow');
      let claims: client.IDToken | undefined;
      try {
        const back = new URL(settings.redirectUri);
        back.search = query;
        const tokens = await client.authorizationCodeGrant(provider, back, {
          pkceCodeVerifier: flow.verifier,
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          idTokenExpected: true,
        });
        claims = tokens.claims();
      } catch (error) {
        return refused(deps, caller, reasonOf(error));
      }
      if (claims === undefined) return refused(deps, caller, 'no-id-token');
      const { iss, sub } = claims;
      const person = settings.personClaim === undefined ? undefined : claims[settings.personClaim];
      const outcome = await inTransaction(deps.pool, async (connection) => {
        const at = await readClock(deps, connection);
        const account = await accountOf(connection, { iss, sub, person }, caller, at);
        const why = account === null ? 'person-unknown' : account.disabled ? 'disabled' : null;
        if (account === null || why !== null) {
          const of = account?.person ?? null;
          await logSecurity(connection, { at, event: 'oidc-refused', person: of, caller, details: { why: why ?? '' } });
          return new SignOnRefused(account === null ? 'oidc-person-unknown' : 'account-disabled');
        }
        return begin(deps, connection, account, { caller, sessionToken, method: 'oidc' }, at);
      });
      if (outcome instanceof SignOnRefused) throw outcome;
      return { ...outcome, next: flow.next };
    },
  };
}

const keepFlow = (deps: SignOnDeps, token: string, { state, nonce, verifier, next }: Flow): Promise<void> =>
  inTransaction(deps.pool, async (connection) => {
    const at = await readClock(deps, connection);
    await connection.query('DELETE FROM oidc_flows WHERE at < $1', [at - FLOW_MS]);
    await connection.query(
      'INSERT INTO oidc_flows (digest, state, nonce, verifier, next, at) VALUES ($1, $2, $3, $4, $5, $6)',
      [digestOf(token), state, nonce, verifier, next, at],
    );
  });

/** Found once: whoever comes second, with the same state or another, finds nothing. */
const spendFlow = (deps: SignOnDeps, token: string): Promise<Flow | null> =>
  inTransaction(deps.pool, async (connection) => {
    const at = await readClock(deps, connection);
    const { rows } = await connection.query<Flow>(
      'DELETE FROM oidc_flows WHERE digest = $1 AND at >= $2 RETURNING state, nonce, verifier, next',
      [digestOf(token), at - FLOW_MS],
    );
    return rows[0] ?? null;
  });

/** A short code of the library's own, never what the provider wrote. */
const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code.slice(0, 60) : 'failed';

async function refused(deps: SignOnDeps, caller: Caller, why: string): Promise<never> {
  await inTransaction(deps.pool, async (connection) => {
    const at = await readClock(deps, connection);
    await logSecurity(connection, { at, event: 'oidc-refused', person: null, caller, details: { why } });
  });
  throw new SignOnRefused('oidc-refused');
}

/**
 * The account of a subject: linked before, or linked now because the claim names a person of the register, who is given
 * an account without a password where there is none.
 */
async function accountOf(
  connection: pg.ClientBase,
  { iss, sub, person }: { readonly iss: string; readonly sub: string; readonly person: unknown },
  caller: Caller,
  at: number,
): Promise<Account | null> {
  const { rows } = await connection.query<{ person: string }>(
    'SELECT person_id AS person FROM oidc_links WHERE issuer = $1 AND subject = $2',
    [iss, sub],
  );
  const [link] = rows;
  if (link !== undefined) return findAccount(connection, { person: link.person });
  if (typeof person !== 'string') return null;
  const { rowCount } = await connection.query('SELECT 1 FROM persons WHERE id = $1', [person]);
  if (rowCount === 0) return null;
  if ((await findAccount(connection, { person }, { lock: true })) === null) {
    await insertAccount(connection, { person, name: foldedName(person), hash: null, at });
    await logSecurity(connection, { at, event: 'account-created', person, caller, details: { by: 'oidc' } });
  }
  await connection.query('INSERT INTO oidc_links (issuer, subject, person_id, linked_at) VALUES ($1, $2, $3, $4)', [
    ...[iss, sub, person, at],
  ]);
  await logSecurity(connection, { at, event: 'oidc-linked', person, caller, details: { by: 'claim' } });
  return findAccount(connection, { person });
}
