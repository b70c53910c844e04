/** How the console is built: one page, split by route, no inline script, a nonce for the styles that antd writes. */
import react from '@vitejs/plugin-react';
import path from 'node:path';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

export default defineConfig({
  root: path.join(root, 'web'),
  publicDir: path.join(root, 'web', 'public'),
  cacheDir: path.join(root, 'node_modules', '.vite-web'),
  plugins: [react()],
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
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
  },
});
