import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig, trustedProxies } from '../../config/config.ts';

const enough = {
  DATABASE_URL: 'postgresql://zhaodan_app:s3cret@127.0.0.1:5432/zhaodan',
  SMTP_URL: 'smtp://127.0.0.1:1025',
  MAIL_FROM: 'zhaodan@example.gov.cn',
};

const complaint = (env: Record<string, string>): string => {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the configuration was accepted');
};

describe('a configuration', () => {
  test('needs a database, a mail server and a sender, and has a default for the rest', () => {
    expect(loadConfig(enough)).toMatchObject({
      NODE_ENV: 'development',
      TEMPORAL_ADDRESS: '127.0.0.1:7233',
      PORT: 3000,
      PUBLIC_URL: 'http://127.0.0.1:3000',
      SMTP_TLS: 'starttls',
      LOCAL_MODE: false,
      SESSION_IDLE_MINUTES: 30,
      SESSION_HOURS: 12,
    });
  });

  test('is frozen', () => {
    expect(Object.isFrozen(loadConfig(enough))).toBe(true);
  });

  test('takes an empty value as not set', () => {
    expect(loadConfig({ ...enough, PORT: '', AUDITOR_MAIL: '' })).toMatchObject({ PORT: 3000 });
    expect(complaint({ ...enough, MAIL_FROM: '' })).toContain('MAIL_FROM 没有设置');
  });

  test('that is wrong in several places is answered with one sentence a variable', () => {
    expect(complaint({ SMTP_URL: 'http://x', PORT: '70000' }).split('\n')).toEqual([
      '配置有误,程序没有启动:',
      expect.stringMatching(/^- DATABASE_URL 没有设置,/),
      expect.stringMatching(/^- SMTP_URL 的值不对,/),
      expect.stringMatching(/^- MAIL_FROM 没有设置,/),
      expect.stringMatching(/^- PORT 的值不对,/),
    ]);
  });

  test('is never quoted in its complaint, since a value may be a secret', () => {
    expect(complaint({ ...enough, DATABASE_URL: 'mysql://root:hunter2@db/x' })).not.toContain('hunter2');
  });

  test('that shows sample accounts is refused in production and away from this machine', () => {
    const local = { ...enough, LOCAL_MODE: 'true' };
    expect(loadConfig(local).LOCAL_MODE).toBe(true);
    expect(complaint({ ...local, NODE_ENV: 'production' })).toContain('LOCAL_MODE 在正式环境');
    expect(complaint({ ...local, HOST: '0.0.0.0' })).toContain('LOCAL_MODE 为 true 时 HOST');
  });

  test('that names a single sign-on must say where it comes back to', () => {
    const half = { ...enough, OIDC_ISSUER: 'https://sso.example.gov.cn' };
    expect(complaint(half)).toContain('OIDC_CLIENT_ID 和 PUBLIC_URL');
    const whole = { ...half, OIDC_CLIENT_ID: 'zhaodan', PUBLIC_URL: 'https://zhaodan.example.gov.cn' };
    expect(loadConfig(whole).OIDC_ISSUER).toBe('https://sso.example.gov.cn');
  });

  test('that trusts a proxy must say which', () => {
    expect(trustedProxies(loadConfig({ ...enough, TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' }))).toEqual([
      '127.0.0.1',
      '10.0.0.0/8',
    ]);
    expect(complaint({ ...enough, TRUSTED_PROXIES: 'everyone' })).toContain('TRUSTED_PROXIES');
  });

  test('that gives a short key is refused', () => {
    expect(complaint({ ...enough, SIGN_ON_KEY: Buffer.alloc(16).toString('base64') })).toContain('SIGN_ON_KEY');
  });
});
