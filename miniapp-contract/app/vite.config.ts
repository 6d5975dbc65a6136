import { fileURLToPath } from 'node:url';
import uniPlugin from '@dcloudio/vite-plugin-uni';
import { defineConfig, type Plugin } from 'vite';
import { withoutOutsideHosts } from './tools/outside-hosts';

// The package is CommonJS: under "type": "module" its function sits one level deeper.
const uni = ((uniPlugin as unknown as { default?: typeof uniPlugin }).default ?? uniPlugin) as () => Plugin[];

// One script and one sheet for the H5 page: a member who walks into a cellar can still open every page, and a page left open
// over an upgrade never asks for a part that is gone. It costs about 20 kB on the first visit.
const whole = { cssCodeSplit: false, rollupOptions: { output: { inlineDynamicImports: true } } };

export default defineConfig({
  base: './',
  build: process.env.UNI_PLATFORM === 'h5' ? whole : {},
  resolve: { alias: { '@qingfeng/client': fileURLToPath(new URL('../client/src/index.ts', import.meta.url)) } },
  plugins: [uni(), withoutOutsideHosts()],
});
