/** How the console is built: one page, split by route, no inline script, a nonce for the styles that antd writes. */
import react from '@vitejs/plugin-react';
import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const root = import.meta.dirname;

/**
 * Ant Design's helpers write a few styles (a locked page, a measured scroll bar) and forget the nonce that its ConfigProvider was
 * given. Their one writer gets the page's nonce here, so that the policy needs no exception. A release that writes them
 * otherwise stops the build.
 */
const nonceForEveryStyle: Plugin = {
  name: 'nonce-for-every-style',
  transform(code, id) {
    if (!/@rc-component\/util\/es\/Dom\/dynamicCSS\.js$/.test(id)) return undefined;
    const theirs = /if \(csp\?\.nonce\) \{\s*styleNode\.nonce = csp\?\.nonce;\s*\}/;
    if (!theirs.test(code)) throw new Error(`${id} 写样式的方式变了:改 vite.config.ts 的 nonceForEveryStyle`);
    const ours = `styleNode.nonce = csp?.nonce ?? document.querySelector('meta[property=csp-nonce]')?.nonce ?? '';`;
    return { code: code.replace(theirs, ours), map: null };
  },
};

export default defineConfig({
  root: path.join(root, 'web'),
  publicDir: path.join(root, 'web', 'public'),
  cacheDir: path.join(root, 'node_modules', '.vite-web'),
  plugins: [react(), nonceForEveryStyle],
  // The API replaces the word at each answer; see api/console.ts.
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: path.join(root, 'dist', 'web'),
    emptyOutDir: true,
    target: 'es2022',
    // A data: URL for an asset would need an exception in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    rollupOptions: {
      input: {
        index: path.join(root, 'web', 'index.html'),
        // A service worker is found by its name: no hash.
        'rounds-worker': path.join(root, 'web', 'offline', 'shell-worker.ts'),
      },
      output: {
        entryFileNames: ({ name }) => (name === 'rounds-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
  },
});
