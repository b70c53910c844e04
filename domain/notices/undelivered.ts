/** Why a notice reached nobody, as the office reads it. */
export const UNDELIVERED: Readonly<Record<string, string>> = {
  'no-addressee': '岗位空缺,逐级向上也没有可收件的人',
  'no-address': '收件人没有登记电子邮箱',
  refused: '收件人的邮件服务器拒收',
  'gave-up': '邮件服务器长时间无法送达,已停止重试',
};
