// `node install.mjs <folder>`: unpacks a headless Chromium, the libraries it may miss and a Chinese font for the browser tests.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress, inflateSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const [folder, ...flags] = process.argv.slice(2);
if (flags.includes('true')) {
  process.exit(0); // tests are skipped
}
const target = resolve(folder);
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`浏览器测试需要 Node 20.19 以上，这台机器上是 ${process.versions.node}。`);
}
if (process.platform !== 'linux' || process.arch !== 'x64') {
  fail('自带的浏览器只适用于 Linux x64：请用环境变量 QINGFENG_BROWSER 指定 Chrome 或 Chromium 的路径。', !process.env.QINGFENG_BROWSER);
}

const digest = createHash('sha256')
  .update(readFileSync(join(here, 'package-lock.json')))
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .digest('hex');
const stamp = join(target, '.stamp');
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) {
  process.exit(0);
}
rmSync(target, { recursive: true, force: true });
mkdirSync(join(target, 'fonts'), { recursive: true });
npmCi();
const modules = join(here, 'node_modules');
const bin = join(modules, '@sparticuz/chromium/bin');
await pipeline(createReadStream(join(bin, 'chromium.br')), createBrotliDecompress(), createWriteStream(join(target, 'chromium')));
chmodSync(join(target, 'chromium'), 0o755);
await unpack('al2023.tar.br', target);
for (const part of ['chinese-simplified-400', 'chinese-simplified-700', 'latin-400', 'latin-700']) {
  const woff = readFileSync(join(modules, `@fontsource/noto-sans-sc/files/noto-sans-sc-${part}-normal.woff`));
  writeFileSync(join(target, 'fonts', `noto-sans-sc-${part}.ttf`), toTrueType(woff));
}
writeFileSync(join(target, 'fonts.conf'), `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(target, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(target, 'fontcache')}</cachedir>
</fontconfig>
`);
writeFileSync(stamp, digest);

async function unpack(archive, into) {
  const tar = createRequire(import.meta.url)('tar-fs');
  await pipeline(createReadStream(join(bin, archive)), createBrotliDecompress(), tar.extract(into));
}

/** A WOFF is a TrueType file whose tables are deflated one by one. */
function toTrueType(woff) {
  const tables = woff.readUInt16BE(12);
  const power = Math.floor(Math.log2(tables));
  const header = Buffer.alloc(12 + 16 * tables);
  header.writeUInt32BE(woff.readUInt32BE(4), 0);
  header.writeUInt16BE(tables, 4);
  header.writeUInt16BE(16 << power, 6);
  header.writeUInt16BE(power, 8);
  header.writeUInt16BE(tables * 16 - (16 << power), 10);
  const parts = [header];
  let offset = header.length;
  for (let i = 0; i < tables; i++) {
    const entry = woff.subarray(44 + 20 * i, 64 + 20 * i);
    const packed = woff.subarray(entry.readUInt32BE(4), entry.readUInt32BE(4) + entry.readUInt32BE(8));
    const length = entry.readUInt32BE(12);
    const table = packed.length < length ? inflateSync(packed) : packed;
    entry.copy(header, 12 + 16 * i, 0, 4);
    header.writeUInt32BE(entry.readUInt32BE(16), 16 + 16 * i);
    header.writeUInt32BE(offset, 20 + 16 * i);
    header.writeUInt32BE(length, 24 + 16 * i);
    parts.push(table, Buffer.alloc((4 - (length % 4)) % 4));
    offset += length + ((4 - (length % 4)) % 4);
  }
  return Buffer.concat(parts);
}

function npmCi() {
  // The package asks for Node 22 because of its own start script; only its files are used here.
  const result = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--prefer-offline', '--loglevel=error'], {
    cwd: here,
    stdio: 'inherit',
  });
  if (result.error || result.status !== 0) {
    fail(`npm ci 没有成功，浏览器测试无法进行${result.error ? `：${result.error.message}` : ''}`);
  }
}

function fail(message, when = true) {
  if (when) {
    console.error(message);
    process.exit(1);
  }
  process.exit(0);
}
