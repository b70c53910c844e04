import { describe, expect, test } from 'vitest';
import { ConfigError, loadConfig } from '../../config/config.ts';

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
      ALLOW_DEV_HEADER: false,
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

  test('that lets a header name the acting person is refused in production', () => {
    const open = { ...enough, ALLOW_DEV_HEADER: 'true' };
    expect(loadConfig(open).ALLOW_DEV_HEADER).toBe(true);
    expect(complaint({ ...open, NODE_ENV: 'production' })).toContain('ALLOW_DEV_HEADER 在正式环境');
  });
});
