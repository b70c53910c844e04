/** Signing on as the configuration wants it. Refuses to go on without the key. */
import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { ConfigError, type Config } from '../config/config.ts';
import type { SignOnDeps } from './deps.ts';
import type { OidcSettings } from './oidc.ts';
import { samplesInForce } from './sample-accounts.ts';

const KEY_BYTES = 32;

/** Throws a `ConfigError` without a key of 32 bytes. */
function keyOf({ SIGN_ON_KEY, SIGN_ON_KEY_FILE }: Pick<Config, 'SIGN_ON_KEY' | 'SIGN_ON_KEY_FILE'>): Buffer {
  const text = SIGN_ON_KEY ?? (SIGN_ON_KEY_FILE === undefined ? undefined : readKey(SIGN_ON_KEY_FILE));
  if (text === undefined)
    throw new ConfigError(
      'SIGN_ON_KEY 没有设置，接口没有启动：请用 openssl rand -base64 32 生成密钥，或以 SIGN_ON_KEY_FILE 指明文件',
    );
  const key = Buffer.from(text, 'base64');
  if (key.length !== KEY_BYTES) throw new ConfigError('SIGN_ON_KEY_FILE 中的密钥应为 32 字节的 base64');
  return key;
}

function readKey(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new ConfigError('SIGN_ON_KEY_FILE 指明的文件读不出来', { cause: error });
  }
}

export const signOnDeps = (pool: pg.Pool, config: Config): SignOnDeps => ({
  pool,
  limits: { idleMs: config.SESSION_IDLE_MINUTES * 60_000, absoluteMs: config.SESSION_HOURS * 3_600_000 },
  key: keyOf(config),
  localMode: config.LOCAL_MODE,
});

/** The single sign-on the configuration names, coming back to `backPath`; `null` without one. */
export function oidcSettings(config: Config, backPath: string): OidcSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = config;
  if (issuer === undefined || clientId === undefined) return null;
  return {
    issuer,
    clientId,
    clientSecret: config.OIDC_CLIENT_SECRET,
    name: config.OIDC_NAME,
    personClaim: config.OIDC_PERSON_CLAIM,
    redirectUri: new URL(backPath, config.PUBLIC_URL).href,
  };
}

/** Throws a `ConfigError` while an account still has the published password, except on one's own machine. */
export async function refuseSamples(deps: SignOnDeps): Promise<void> {
  if (deps.localMode) return;
  const samples = await samplesInForce(deps);
  if (samples.length === 0) return;
  throw new ConfigError(
    [
      `有 ${samples.length} 个账号还在使用公开的示例密码，接口没有启动：${samples.join('、')}`,
      '请用 zhaodan sample accounts --remove 删去它们，或由本人改掉密码；本机试用请设 LOCAL_MODE=true。',
    ].join('\n'),
  );
}
