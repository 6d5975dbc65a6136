// Turns a built mini-program folder into one script that glass-easel, WeChat's own component engine, runs in any DOM.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler');
const HERE = dirname(fileURLToPath(import.meta.url));

export interface MiniProgram {
  script: string;
  files: string[];
  /** What the template compiler complains about. */
  warnings: string[];
}

export async function bundle(folder: string): Promise<MiniProgram> {
  const files = (readdirSync(folder, { recursive: true }) as string[]).map((file) => file.replaceAll('\\', '/'));
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const ending = (end: string) => files.filter((file) => file.endsWith(end));
  const app = JSON.parse(read('app.json'));

  const templates = new TmplGroup();
  const warnings = ending('.wxml').flatMap((file) =>
    (templates.addTmpl(file.slice(0, -5), read(file)) ?? []).map((warning: any) => `${warning.path}:${warning.startLine} ${warning.message}`),
  );

  const components: Record<string, any> = {};
  for (const name of ending('.json').map((file) => file.slice(0, -5))) {
    if (files.includes(`${name}.wxml`) && files.includes(`${name}.js`)) {
      const settings = JSON.parse(read(`${name}.json`));
      // Scoped class names would need WeChat's stylesheet compiler; the app's own scopes are enough here.
      components[name] = { ...settings, styleIsolation: 'shared', usingComponents: { ...app.usingComponents, ...settings.usingComponents } };
    }
  }
  const styles = Object.fromEntries(ending('.wxss').map((file) => [file.slice(0, -5), forBrowsers(read(file))]));
  const modules = ending('.js').map((file) => `${JSON.stringify(file)}: function (require, module, exports) {${read(file)}\n}`);
  const entry = `
    import * as adapter from 'glass-easel-miniprogram-adapter';
    import { install } from './runtime.mjs';
    install({
      adapter,
      modules: {${modules.join(',\n')}},
      components: ${JSON.stringify(components)},
      styles: ${JSON.stringify(styles)},
      app: ${JSON.stringify(app)},
      templates: ${templates.getTmplGenObjectGroups()},
    });`;
  const built = await build({ stdin: { contents: entry, resolveDir: HERE, loader: 'js' }, bundle: true, write: false, target: 'es2020', format: 'iife', logLevel: 'error' });
  return { script: built.outputFiles[0].text, files, warnings };
}

function forBrowsers(wxss: string): string {
  return wxss.replace(/(-?[\d.]+)rpx/g, 'calc(100vw * $1 / 750)').replace(/(^|[{},])\s*page(?=[\s,{.:])/g, '$1 body');
}

/** Modules that a built folder asks for and does not have. */
export function missingModules(folder: string): string[] {
  const scripts = (readdirSync(folder, { recursive: true }) as string[]).filter((file) => file.endsWith('.js')).map((file) => file.replaceAll('\\', '/'));
  return scripts.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/require\(["'](.+?)["']\)/g)]
      .map((match) => posix.join(posix.dirname(file), match[1]))
      .filter((module) => !existsSync(join(folder, module)) && !existsSync(join(folder, `${module}.js`)))
      .map((module) => `${file} → ${module}`),
  );
}
