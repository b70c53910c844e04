#!/usr/bin/env node
/**
 * Draws what a command prints, for the README: `npx zhaodan replay CASE | node scripts/picture.mjs docs/images/replay.png`.
 * Needs Debian's chromium and a Chinese font (fonts-noto-cjk).
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const [target, title = 'npx zhaodan'] = process.argv.slice(2);
if (target === undefined) throw new Error('usage: … | node scripts/picture.mjs FILE.png [TITLE]');
const escaped = (/** @type {string} */ plain) => plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
/** Chinese takes two columns. */
const columns = (/** @type {string} */ line) => [...line].reduce((sum, one) => sum + (one > '\u2e7f' ? 2 : 1), 0);
const said = (await text(process.stdin)).trimEnd();
const rows = said.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(columns(line) / 138)), 0);
const page = `<meta charset="utf-8"><style>
body{margin:0;padding:28px 34px;background:#F5F4EF;font:14px/1.65 "Noto Sans Mono CJK SC","Noto Sans CJK SC",monospace;color:#1D2320}
h1{font-size:14px;margin:0 0 14px;color:#1B5E4B}pre{margin:0;white-space:pre-wrap;font:inherit;background:#fff;border:1px solid #E6E4DC;padding:18px 22px}
</style><h1>$ ${escaped(title)}</h1><pre>${escaped(said)}</pre>`;
const home = mkdtempSync(path.join(tmpdir(), 'zhaodan-picture-'));
writeFileSync(path.join(home, 'page.html'), page);
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--no-first-run',
  '--hide-scrollbars',
];
execFileSync(
  'chromium',
  [
    ...flags,
    `--user-data-dir=${path.join(home, 'profile')}`,
    `--window-size=1240,${String(110 + rows * 23)}`,
    `--screenshot=${path.resolve(target)}`,
    `file://${path.join(home, 'page.html')}`,
  ],
  { stdio: ['ignore', 'ignore', 'ignore'] },
);
rmSync(home, { recursive: true, force: true });
