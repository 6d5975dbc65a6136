// What Maven calls: `node tools/build.mjs <step> [flags]`. A step whose inputs did not change since it last succeeded costs a few milliseconds.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const app = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const contract = resolve(app, '..');
const target = join(contract, 'target');
const [step, ...flags] = process.argv.slice(2);

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`手机页面需要 Node 20.19 以上，这台机器上是 ${process.versions.node}：请升级 Node，或在 Maven 命令后加 -Dweb.skip=true 跳过手机页面。`);
  process.exit(1);
}

const lock = [join(app, 'package.json'), join(app, 'package-lock.json')];
const openapi = [join(contract, 'src/main/openapi/member.yaml')];
const sources = [...lock, ...openapi, join(app, 'index.html'), join(app, 'vite.config.ts'), join(app, 'tools'), join(app, 'src'), join(contract, 'client/src')];

const steps = {
  install: () =>
    once('install', lock, join(app, 'node_modules'), () => npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--prefer-offline')),
  types: () => once('types', [...lock, ...openapi], join(contract, 'client/generated'), () => npm('run', 'generate')),
  h5: () => build('h5', join(target, 'classes/META-INF/resources/m')),
  'mp-weixin': async () => {
    if (!testsSkipped()) {
      await build('mp-weixin', join(app, 'dist/mp-weixin'));
      await simulator(join(app, 'dist/mp-weixin'), join(target, 'simulator'));
    }
  },
  check: () => {
    if (!testsSkipped()) {
      npm('run', 'type-check');
      npm('test');
    }
  },
};

if (!steps[step]) {
  throw new Error(`unknown step ${step}`);
}
await steps[step]();

function build(platform, output) {
  return once(platform, sources, output, () => {
    rmSync(output, { recursive: true, force: true });
    npm('run', `build:${platform}`, { UNI_OUTPUT_DIR: output });
  });
}

/** The mini-program as a page that any browser opens, for tests beside a real server. */
function simulator(folder, output) {
  const inputs = [...sources, join(app, 'test/simulator')];
  return once('simulator', inputs, output, async () => {
    const { createServer } = await import('vite');
    const vite = await createServer({ root: app, configFile: false, logLevel: 'error', optimizeDeps: { noDiscovery: true }, server: { middlewareMode: true, hmr: false, ws: false, watch: null } });
    try {
      const { bundle } = await vite.ssrLoadModule('/test/simulator/bundle.ts');
      const { script } = await bundle(folder);
      mkdirSync(output, { recursive: true });
      writeFileSync(join(output, 'mini-program.js'), script);
    } finally {
      await vite.close();
    }
  });
}

async function once(name, inputs, output, work) {
  const stamp = name === 'install' ? join(output, '.stamp') : join(target, 'web', `${name}.stamp`);
  const digest = digestOf(inputs);
  if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) {
    return;
  }
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
}

function digestOf(paths) {
  const hash = createHash('sha256').update(process.env.VITE_API_BASE ?? '');
  for (const file of paths.flatMap(filesOf)) {
    hash.update(relative(contract, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesOf(path) {
  try {
    return readdirSync(path, { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => filesOf(join(path, entry.name)));
  } catch (error) {
    if (error.code === 'ENOTDIR') {
      return [path];
    }
    throw error;
  }
}

function testsSkipped() {
  return flags.includes('true');
}

function npm(...args) {
  const env = { ...process.env, ...(typeof args.at(-1) === 'object' ? args.pop() : {}) };
  const result = spawnSync('npm', args, { cwd: app, env, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.error || result.status !== 0) {
    console.error(`npm ${args.join(' ')} 没有成功${result.error ? `：${result.error.message}` : ''}`);
    process.exit(result.status || 1);
  }
}
