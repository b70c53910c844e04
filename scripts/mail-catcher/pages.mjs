/** What the mail catcher shows: the caught mails, and one of them as text. HTML parts are never rendered. */

const ESCAPES = /** @type {Record<string, string>} */ ({
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
});
const safe = (/** @type {string} */ text) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');

const when = (/** @type {Date} */ at) =>
  at.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false, dateStyle: 'medium', timeStyle: 'medium' });

const STYLE = `body{font:15px/1.6 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1a1a1a}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #ddd}
pre{white-space:pre-wrap;background:#f6f6f6;padding:1rem;font:inherit}a{color:#0b57d0}`;

const page = (/** @type {string} */ title, /** @type {string} */ body) => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${safe(title)}</title><style>${STYLE}</style></head>
<body>${body}</body></html>`;

export const PAGE_SIZE = 100;

/**
 * @param {readonly import('./store.mjs').Heading[]} mails
 * @param {number} from
 * @param {number} total
 */
export function listPage(mails, from, total) {
  const rows = mails.map(
    ({ id, at, to, subject }) =>
      `<tr><td>${safe(when(at))}</td><td>${safe(to)}</td><td><a href="/mail/${safe(id)}">${safe(subject || '(无主题)')}</a></td></tr>`,
  );
  const links = [
    from > 0 ? `<a href="/?from=${Math.max(0, from - PAGE_SIZE)}">较新</a>` : '',
    from + mails.length < total ? `<a href="/?from=${from + PAGE_SIZE}">较早</a>` : '',
  ];
  return page(
    '截获的邮件',
    `<h1>截获的邮件(${total})</h1><p>本机环境不向外发信,所有通知都停在这里。</p>
<table><tr><th>时间</th><th>收件人</th><th>主题</th></tr>${rows.join('')}</table><p>${links.join(' ')}</p>`,
  );
}

/** @param {import('mailparser').ParsedMail} mail */
export function mailPage(mail) {
  const to = [mail.to ?? []].flat().map(({ text }) => text);
  const facts = [
    ['发件人', mail.from?.text ?? ''],
    ['收件人', to.join(', ')],
    ['时间', mail.date ? when(mail.date) : ''],
    ['编号', mail.messageId ?? ''],
  ];
  const rows = facts.map(([name = '', value = '']) => `<tr><th>${name}</th><td>${safe(value)}</td></tr>`);
  return page(
    mail.subject ?? '邮件',
    `<p><a href="/">← 全部邮件</a></p><h1>${safe(mail.subject ?? '(无主题)')}</h1>
<table>${rows.join('')}</table><pre>${safe(mail.text ?? '')}</pre>`,
  );
}

export const missingPage = () => page('没有这封邮件', '<p>没有这封邮件。<a href="/">全部邮件</a></p>');
