/** What the person at the terminal reads when everything is up: what runs where, and what to try next. */

/**
 * @param {import('./stack/stack.mjs').Addresses} addresses
 * @param {{ empty: boolean; seconds: number }} run
 */
export function welcome({ api, mails, temporalUi, database, temporal, smtp, metrics }, { empty, seconds }) {
  const rows = [
    ['控制台', `${api}${empty ? '' : '  登录页列有示例账号与密码'}`],
    ['接口说明', `${api}/api/docs`],
    ['健康检查', `${api}/health/ready`],
    ['截获的邮件', mails ?? `(外部邮件服务器 ${smtp})`],
    ['Temporal', temporalUi ?? temporal],
    ['PostgreSQL', database],
    ['指标', [`${api}/metrics`, ...metrics].join('  ')],
  ];
  const next = empty
    ? [
        'npx zhaodan register template   台账的模板文件',
        'npx zhaodan register import 文件   导入辖区台账',
        'npx zhaodan --help            全部命令',
      ]
    : [
        'npx zhaodan cycle list        正在进行的督导周期',
        'npx zhaodan case list         案件与下一个时限',
        'npx zhaodan replay 案件       用中文重放一个案件',
        'npx zhaodan verify            核对全部流水',
        'npx zhaodan deadline BB-02 --from 2026-09-30   算一个时限,说明理由',
        'npx zhaodan --help            全部命令',
      ];
  return [
    '',
    `照单已启动(${seconds.toFixed(0)} 秒)。`,
    '',
    ...rows.map(([name = '', where = '']) => `  ${name.padEnd(12 - wide(name))}${where}`),
    '',
    '接下来可以试试(另开一个终端):',
    ...next.map((line) => `  ${line}`),
    '',
    '按 Ctrl-C 停止;再次 npm start 会接着上次的数据继续。',
    '',
  ].join('\n');
}

/** How many characters of a name take two columns. */
const wide = (/** @type {string} */ text) => [...text].filter((character) => character > '\u2e7f').length;
