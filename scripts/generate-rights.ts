/**
 * Writes docs/RIGHTS.md from the table of rights. `--check` writes nothing and exits 1 when the file is stale. Run through
 * `npm run generate`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ROLE_TITLES } from '../domain/notices/role-titles.ts';
import { RIGHT_NAMES, RIGHTS, SCOPES, type Right } from '../domain/rights/rights.ts';
import { ADMINISTRATORS, ROLES, scopeOf } from '../domain/rights/table.ts';
import type { PostRole } from '../domain/kernel/process.ts';

const workers = ROLES.filter((role) => !ADMINISTRATORS.has(role));
const keepers = ROLES.filter((role) => ADMINISTRATORS.has(role));

/** docs/RIGHTS.md as it must stand. */
export function rightsDocument(): string {
  const parts = [
    '# 权限表',
    '本文件由 `npm run generate` 从 `domain/rights` 生成,不要手工修改;控制台的「权限」页显示同一张表。',
    [
      '- 权限属于岗位类别,不属于个人;没有列出的即没有。',
      '- 权限只开门:每一步能不能办,还要看该案件的规则(谁可以复查、谁可以批准延期)。被规则拒绝的,记入「被拒的办理」。',
      '- 代理人以本人名义为被代理的岗位办理,权限是被代理岗位的;记录上两人都写明。',
      '- 超出范围的案件和名册行,与不存在的一样答复;每一次都记入只增不改的访问记录,读取联系方式、当事人文字、证据和导出也逐次记入。',
    ].join('\n'),
    '## 范围',
    table(
      ['范围', '含义'],
      Object.values(SCOPES).map(([title, says]) => [title, says]),
    ),
    '此外,各级都能看督导周期本身(范围、计划件数、阶段);自己上传的证据自己能看;自己包保的主体自己能看。',
    '## 办案与监督岗位',
    matrix(workers),
    '## 三员分立',
    [
      `${keepers.map((role) => ROLE_TITLES[role]).join('、')}须由不同的人担任,也不得兼任或者代理办案岗位;名册拒绝这样的任职和代理。三员都不能办案,也看不到案件、当事人文字和名册。`,
      '- 系统管理员管账号和运行,不能解锁,不能看登录记录。',
      '- 安全管理员解除锁定、取消第二因素、结束会话,不能建立账号或者重置密码。',
      '- 审计管理员看登录记录、访问记录,核验流水,不能改动任何东西。',
    ].join('\n'),
    matrix(keepers),
    '## 每项权限',
    table(
      ['权限', '名称', '可以做什么', '有这项权限的岗位'],
      RIGHT_NAMES.map((right) => [`\`${right}\``, RIGHTS[right][0], RIGHTS[right][1], holders(right)]),
    ),
  ];
  return `${parts.join('\n\n')}\n`;
}

const reachTitle = (role: PostRole, right: Right): string => {
  const scope = scopeOf(role, right);
  return scope === null ? '—' : SCOPES[scope][0];
};

/** Rights that none of the roles has are left out. */
const matrix = (roles: readonly PostRole[]): string =>
  table(
    ['权限', ...roles.map((role) => ROLE_TITLES[role])],
    RIGHT_NAMES.filter((right) => roles.some((role) => scopeOf(role, right) !== null)).map((right) => [
      RIGHTS[right][0],
      ...roles.map((role) => reachTitle(role, right)),
    ]),
  );

const holders = (right: Right): string =>
  ROLES.filter((role) => scopeOf(role, right) !== null)
    .map((role) => `${ROLE_TITLES[role]}(${reachTitle(role, right)})`)
    .join('、');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function main(check: boolean): number {
  const root = ['../docs', '../../docs'].map((path) => fileURLToPath(new URL(path, import.meta.url))).find(existsSync);
  if (root === undefined) throw new Error('docs/ is missing');
  const path = `${root}/RIGHTS.md`;
  const text = rightsDocument();
  const stale = !existsSync(path) || readFileSync(path, 'utf8') !== text;
  if (check && stale) {
    process.stderr.write('docs/RIGHTS.md 已过期:请运行 npm run generate\n');
    return 1;
  }
  if (stale) writeFileSync(path, text);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.includes('--check'));
