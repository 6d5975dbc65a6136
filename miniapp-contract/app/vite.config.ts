import { fileURLToPath } from 'node:url';
import uniPlugin from '@dcloudio/vite-plugin-uni';
import { defineConfig, type Plugin } from 'vite';
import { withoutOutsideHosts } from './tools/outside-hosts';

// The package is CommonJS: under "type": "module" its function sits one level deeper.
const uni = ((uniPlugin as unknown as { default?: typeof uniPlugin }).default ?? uniPlugin) as () => Plugin[];

export default defineConfig({
  base: './',
  resolve: { alias: { '@qingfeng/client': fileURLToPath(new URL('../client/src/index.ts', import.meta.url)) } },
  plugins: [uni(), withoutOutsideHosts()],
});
