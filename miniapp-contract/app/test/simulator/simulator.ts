import { JSDOM, VirtualConsole } from 'jsdom';
import type { MiniProgram } from './bundle';

interface State {
  toasts: string[];
  modals: string[];
  calls: string[];
  popups: string[][];
  choose(templateId: string): string;
  mainSwitch: boolean;
  /** What is not asked about any more. */
  decided: Record<string, string>;
  page: string;
  go(url: string): void;
  setOnline(online: boolean): void;
  type(element: Element, text: string): void;
}

/** A WeChat with the mini-program open, as far as one fits into jsdom. */
export class Simulator {
  readonly errors: string[] = [];
  private readonly dom: JSDOM;

  constructor(program: MiniProgram) {
    const console = new VirtualConsole();
    console.on('jsdomError', (error) => this.errors.push(String((error as any).detail?.stack ?? error)));
    console.on('error', (...words) => this.errors.push(words.join(' ')));
    this.dom = new JSDOM('<!DOCTYPE html><html><body><div id="page"></div></body></html>', {
      url: 'http://127.0.0.1/',
      runScripts: 'outside-only',
      pretendToBeVisual: true,
      virtualConsole: console,
    });
    Object.assign(this.dom.window, { fetch, matchMedia: () => ({ matches: false }) });
    this.dom.window.eval(program.script);
  }

  get state(): State {
    return (this.dom.window as any).simulator;
  }

  get text(): string {
    return this.dom.window.document.getElementById('page')!.textContent ?? '';
  }

  open(url: string): void {
    this.state.go(url);
  }

  all(selector: string): Element[] {
    return [...this.dom.window.document.querySelectorAll(selector)];
  }

  async until<T>(what: () => T, described: string): Promise<NonNullable<T>> {
    for (let tries = 0; tries < 3000; tries++) {
      const found = what();
      if (found) {
        return found;
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`${described} did not come; on the screen: ${this.text}\nerrors: ${this.errors.join('\n')}`);
  }

  see(text: string): Promise<true> {
    return this.until(() => this.text.includes(text) || undefined, text) as Promise<true>;
  }

  async tap(text: string): Promise<void> {
    const element = await this.until(() => this.all('button, .tap').find((each) => each.textContent?.trim() === text && !each.hasAttribute('disabled')), `a button ${text}`);
    this.touch(element);
  }

  touch(element: Element): void {
    for (const kind of ['mousedown', 'mouseup']) {
      element.dispatchEvent(new this.dom.window.MouseEvent(kind, { bubbles: true, clientX: 5, clientY: 5 }));
    }
  }

  type(element: Element, text: string): void {
    this.state.type(element, text);
  }

  close(): void {
    this.dom.window.close();
  }
}
