/**
 * What did whoever started this process decide? Read once, at the edge; everything inside takes what it needs as an
 * argument. Knows no default that would be unsafe in production, and prints nothing: a wrong value may be a secret.
 */
import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535);
const count = z.coerce.number().int().min(1).max(1_000);
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
const address = z.string().regex(/^[^\s:/]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/);
const key = z.base64().refine((text) => Buffer.from(text, 'base64').length === 32);
const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6(), z.enum(['loopback', 'linklocal', 'uniquelocal'])]);
const listed = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** Every variable, and the sentence shown when its value will not do. `.env.example` lists the same names. */
export const variables = {
  NODE_ENV: [
    z.enum(['development', 'test', 'production']).default('development'),
    '应为 development、test 或 production',
  ],
  DATABASE_URL: [
    z.url({ protocol: /^postgres(ql)?$/ }),
    '应为应用角色(zhaodan_app)的 PostgreSQL 连接地址,例如 postgresql://zhaodan_app:密码@127.0.0.1:5432/zhaodan',
  ],
  DATABASE_POOL: [count.default(16), '应为 1 到 1000 的整数:每个进程的数据库连接数'],
  TEMPORAL_ADDRESS: [address.default('127.0.0.1:7233'), '应为 主机:端口,例如 127.0.0.1:7233'],
  TEMPORAL_NAMESPACE: [name.default('zhaodan'), '应为 Temporal 命名空间的名称,只含字母、数字、点、横线和下划线'],
  TEMPORAL_UI_URL: [z.url({ protocol: /^https?$/ }).optional(), '应为 Temporal 自带网页的网址'],
  WORKFLOW_BUNDLE: [z.string().optional(), '应为打包好的工作流代码文件的路径'],
  BUILD_ID: [name.default('dev'), '应为构建编号:写进每条日志与流水,只含字母、数字、点、横线和下划线'],
  SMTP_URL: [z.url({ protocol: /^smtps?$/ }), '应为邮件服务器地址,例如 smtp://用户:密码@mail.example.gov.cn:587'],
  SMTP_TLS: [z.enum(['off', 'starttls', 'tls']).default('starttls'), '应为 off、starttls 或 tls'],
  MAIL_FROM: [z.email(), '应为一个邮箱地址:通知邮件的发件人'],
  AUDITOR_MAIL: [z.email().optional(), '应为一个邮箱地址:每日核对点寄给本机关以外的审计人'],
  PUBLIC_URL: [z.url({ protocol: /^https?$/ }).optional(), '应为网址:邮件里的链接由它开头'],
  HOST: [z.string().default('127.0.0.1'), '应为监听地址,例如 127.0.0.1 或 0.0.0.0'],
  PORT: [port.default(3000), '应为 1 到 65535 的端口号'],
  METRICS_PORT: [port.default(9464), '应为 1 到 65535 的端口号:工作进程的指标'],
  LOG_LEVEL: [
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    '应为 fatal、error、warn、info、debug、trace 或 silent',
  ],
  SIGN_ON_KEY: [key.optional(), '应为 32 字节的 base64:加密第二步验证的密钥(openssl rand -base64 32)'],
  SIGN_ON_KEY_FILE: [z.string().optional(), '应为存有上述密钥的文件的路径'],
  SESSION_IDLE_MINUTES: [count.default(30), '应为 1 到 1000 的整数:多少分钟无操作即须重新登录'],
  SESSION_HOURS: [z.coerce.number().int().min(1).max(24).default(12), '应为 1 到 24 的整数:登录后最长多少小时'],
  TRUSTED_PROXIES: [
    z
      .string()
      .refine((text) => z.array(network).safeParse(listed(text)).success)
      .optional(),
    '应为前置代理的地址,以逗号分隔,例如 127.0.0.1,10.0.0.0/8:只相信它们报告的访问者地址',
  ],
  LOCAL_MODE: [flag.default(false), '应为 true 或 false:本机试用,登录页列出示例账号;正式环境不得为 true'],
  OIDC_ISSUER: [z.url({ protocol: /^https?$/ }).optional(), '应为统一身份认证的签发者网址'],
  OIDC_CLIENT_ID: [z.string().optional(), '应为在统一身份认证登记的客户端编号'],
  OIDC_CLIENT_SECRET: [z.string().optional(), '应为在统一身份认证登记的客户端密钥'],
  OIDC_NAME: [z.string().max(20).default('统一身份认证'), '应为不超过 20 字的名称:登录页按钮上的字'],
  OIDC_PERSON_CLAIM: [
    z.string().optional(),
    '应为 ID 令牌中一项的名称,其值就是名册的人员编号;不设则只认管理员绑定的账号',
  ],
  NOTICE_SLOT_MINUTES: [
    count.optional(),
    '应为 1 到 1000 的整数:只用于演示,每隔几分钟发一次摘要,不看发送时段与休息日;正式环境不设',
  ],
  EVIDENCE_DIR: [z.string().default('.zhaodan/evidence'), '应为存放佐证材料的目录'],
} as const satisfies Record<string, readonly [z.ZodType, string]>;

type Variables = typeof variables;
type Variable = keyof Variables;

const shape = Object.fromEntries(Object.entries(variables).map(([key, [schema]]) => [key, schema])) as {
  readonly [K in Variable]: Variables[K][0];
};

const Env = z.object(shape);

/** The configuration, frozen. `PUBLIC_URL` is always set; without one given it is the address listened on. */
export type Config = Readonly<z.infer<typeof Env> & { PUBLIC_URL: string }>;

/** The configuration will not do. `message` is for the person who wrote it: one line a variable, values left out. */
export class ConfigError extends Error {}

/** Throws a `ConfigError` that names every variable at fault. An empty value counts as not set. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = Env.safeParse(given);
  const complaints = parsed.success ? [] : complaintsOf(parsed.error, given);
  if (given['NODE_ENV'] === 'production' && given['LOCAL_MODE'] === 'true') {
    complaints.push('LOCAL_MODE 在正式环境(NODE_ENV=production)不得为 true:示例账号的密码是公开的');
  }
  if (given['LOCAL_MODE'] === 'true' && !LOOPBACK.has(parsed.data?.HOST ?? '127.0.0.1')) {
    complaints.push('LOCAL_MODE 为 true 时 HOST 须为本机回环地址:示例账号的密码是公开的');
  }
  if (given['NODE_ENV'] === 'production' && parsed.data?.OIDC_ISSUER?.startsWith('http:') === true) {
    complaints.push('OIDC_ISSUER 在正式环境(NODE_ENV=production)须为 https');
  }
  if (
    given['OIDC_ISSUER'] !== undefined &&
    (given['OIDC_CLIENT_ID'] === undefined || given['PUBLIC_URL'] === undefined)
  ) {
    complaints.push('设了 OIDC_ISSUER,就须同时设 OIDC_CLIENT_ID 和 PUBLIC_URL(回调地址由它开头)');
  }
  if (given['NODE_ENV'] === 'production' && given['NOTICE_SLOT_MINUTES'] !== undefined) {
    complaints.push('NOTICE_SLOT_MINUTES 在正式环境(NODE_ENV=production)不得设置:会在夜间和休息日发信');
  }
  if (!parsed.success || complaints.length > 0) {
    throw new ConfigError(['配置有误,程序没有启动:', ...complaints.map((line) => `- ${line}`)].join('\n'));
  }
  const { PUBLIC_URL = `http://${parsed.data.HOST}:${parsed.data.PORT}`, ...rest } = parsed.data;
  return Object.freeze({ ...rest, PUBLIC_URL });
}

function complaintsOf(error: z.ZodError, given: Readonly<Record<string, unknown>>): string[] {
  const faulty = new Set(error.issues.map((issue) => String(issue.path[0])));
  return Object.entries(variables)
    .filter(([key]) => faulty.has(key))
    .map(([key, [, sentence]]) => `${key} ${key in given ? '的值不对' : '没有设置'},${sentence}`);
}

/** The proxies whose word about a caller's address is taken. */
export const trustedProxies = ({ TRUSTED_PROXIES = '' }: Pick<Config, 'TRUSTED_PROXIES'>): string[] =>
  listed(TRUSTED_PROXIES);

/** Settings of the notices that the configuration holds; the district's own hours where no slot is set. */
export const noticeSettings = ({
  PUBLIC_URL,
  NOTICE_SLOT_MINUTES,
}: Pick<Config, 'PUBLIC_URL' | 'NOTICE_SLOT_MINUTES'>) => ({
  publicUrl: PUBLIC_URL,
  mailDomain: `zhaodan.${new URL(PUBLIC_URL).hostname}`,
  ...(NOTICE_SLOT_MINUTES === undefined ? {} : { slotMs: NOTICE_SLOT_MINUTES * 60_000 }),
});
