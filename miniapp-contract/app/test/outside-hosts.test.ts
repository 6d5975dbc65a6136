import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { outsideHosts } from '../tools/outside-hosts';

const H5 = join(__dirname, '../../target/classes/META-INF/resources/m');
const MINI_PROGRAM = join(__dirname, '../dist/mp-weixin');

test('an address of another host is recognised, a namespace is not', () => {
  expect(outsideHosts('a="https://cdn.dcloud.net.cn/img/x.png" b="http://www.w3.org/2000/svg"')).toEqual(['https://cdn.dcloud.net.cn/img/x.png']);
});

test.each([
  ['H5 page', H5],
  ['mini-program', MINI_PROGRAM],
])('the built %s names no other host', (_name, folder) => {
  const texts = (readdirSync(folder, { recursive: true }) as string[]).filter((file) => /\.(js|css|html|json|wxml|wxss)$/.test(file));
  expect(texts.length).toBeGreaterThan(2);
  expect(texts.flatMap((file) => outsideHosts(readFileSync(join(folder, file), 'utf8')).map((host) => `${file}: ${host}`))).toEqual([]);
});
