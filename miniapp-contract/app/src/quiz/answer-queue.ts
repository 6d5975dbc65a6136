import { ApiError, type Schemas } from '@qingfeng/client';
import { reactive } from 'vue';
import type { Store } from '../platform/ports';
import { isPassing, isSignedOut } from '../text/problem';

type Saved = Schemas['SavedAnswer'];

/** An answer on its way: options or a text. */
type Given = Schemas['AnswerRequest'] & { version: number };

/** saved: all on the server; kept: on the phone only, sent later; closed: the paper takes no more answers. */
export type SaveState = 'saved' | 'saving' | 'kept' | 'closed' | 'signedOut';

export const SAVE_WORDS: Record<SaveState, string> = {
  saved: '已保存',
  saving: '正在保存',
  kept: '网络不好，已先记在手机上',
  closed: '答题已结束',
  signedOut: '登录已过期，答案已记在手机上',
};

export interface AnswerPorts {
  store: Store;
  save(questionId: string, answer: Given): Promise<void>;
  /** Answers as the server has them. */
  load(): Promise<Record<string, Saved>>;
  wait(milliseconds: number): Promise<void>;
  /** Something the member should hear. */
  tell(sentence: string): void;
}

const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 30_000;
/** Whoever types is not asked to wait for each letter: a text is sent when the fingers rest. */
const RESTING_FINGERS = 1_000;

/**
 * Saves each answer as it is given, one request at a time. What is not yet on the server is also in the phone's storage,
 * so neither a closed page nor a dead network loses it. Each answer counts its changes: the server refuses an older count,
 * which is how two phones with one paper agree.
 */
export class AnswerQueue {
  /** By question: the options chosen, or the lines of a written answer. */
  readonly view: { answers: Record<string, string[]>; state: SaveState };
  private readonly versions: Record<string, number> = {};
  private pending: Record<string, Given>;
  private sending: Promise<void> | undefined;
  private wakeUp: () => void = () => undefined;
  private stopped = false;

  constructor(
    private readonly attemptId: string,
    answers: Record<string, Saved>,
    private readonly ports: AnswerPorts,
  ) {
    this.view = reactive({ answers: {}, state: 'saved' });
    this.pending = ports.store.get<Record<string, Given>>(this.key) ?? {};
    for (const [questionId, answer] of Object.entries(answers)) {
      this.accept(questionId, answer);
    }
    for (const [questionId, answer] of Object.entries(this.pending)) {
      if (answer.version > (this.versions[questionId] ?? 0)) {
        this.accept(questionId, answer);
      } else {
        delete this.pending[questionId];
      }
    }
    this.keep();
  }

  answer(questionId: string, optionIds: string[]): void {
    if (this.view.state === 'closed') {
      return;
    }
    this.note(questionId, { optionIds, version: this.nextVersion(questionId) });
    this.send();
  }

  /** A written answer, with a line for each blank: on the phone at once, on the server when the typing rests. */
  write(questionId: string, lines: string[]): void {
    if (this.view.state === 'closed') {
      return;
    }
    const version = this.nextVersion(questionId);
    this.note(questionId, { text: lines.some((line) => line.trim()) ? lines.join('\n') : '', version });
    this.view.state = this.view.state === 'saved' ? 'saving' : this.view.state;
    void this.ports.wait(RESTING_FINGERS).then(() => {
      if (this.versions[questionId] === version) {
        this.send();
      }
    });
  }

  /** Sends what waits; resolves when all is on the server (true) or cannot be for now (false). */
  async flush(): Promise<boolean> {
    if (this.waiting === 0) {
      return this.view.state !== 'closed';
    }
    this.stopped = false;
    this.view.state = 'saving';
    this.send();
    this.wakeUp();
    await this.settled();
    return this.waiting === 0;
  }

  /** The network is back, or the page is shown again. */
  wake(): void {
    this.stopped = false;
    this.send();
    this.wakeUp();
  }

  /** The page is gone: no more retries; the storage keeps what waits. */
  stop(): void {
    this.stopped = true;
    this.wakeUp();
  }

  /** The paper was handed in. */
  forget(): void {
    this.pending = {};
    this.keep();
  }

  private get waiting(): number {
    return Object.keys(this.pending).length;
  }

  private get key(): string {
    return `attempt:${this.attemptId}`;
  }

  private nextVersion(questionId: string): number {
    return (this.versions[questionId] ?? 0) + 1;
  }

  private note(questionId: string, answer: Given): void {
    this.accept(questionId, answer);
    this.pending[questionId] = answer;
    this.keep();
  }

  private accept(questionId: string, answer: Saved | Given): void {
    this.versions[questionId] = answer.version;
    this.view.answers[questionId] = answer.text != null ? answer.text.split('\n') : (answer.optionIds ?? []);
  }

  private keep(): void {
    if (this.waiting) {
      this.ports.store.set(this.key, this.pending);
    } else {
      this.ports.store.remove(this.key);
    }
  }

  private async settled(): Promise<void> {
    while (this.view.state === 'saving' && this.waiting) {
      await new Promise<void>((resolve) => this.afterEachTry.push(resolve));
    }
  }

  private readonly afterEachTry: (() => void)[] = [];

  private send(): void {
    this.sending ??= this.sendAll().finally(() => {
      this.sending = undefined;
    });
  }

  private async sendAll(): Promise<void> {
    let pause = FIRST_PAUSE;
    while (this.waiting && !this.stopped) {
      const again = await this.sendNext();
      this.afterEachTry.splice(0).forEach((resolve) => resolve());
      if (again) {
        pause = FIRST_PAUSE;
      } else if (this.view.state === 'kept') {
        await Promise.race([this.ports.wait(pause), new Promise<void>((resolve) => (this.wakeUp = resolve))]);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      } else {
        return;
      }
    }
  }

  /** Whether to go on at once. */
  private async sendNext(): Promise<boolean> {
    const [questionId, answer] = Object.entries(this.pending)[0];
    this.view.state = 'saving';
    try {
      await this.ports.save(questionId, answer);
      this.done(questionId, answer);
      return true;
    } catch (error) {
      return this.failed(questionId, answer, error);
    }
  }

  private done(questionId: string, answer: Given): void {
    if (this.pending[questionId]?.version === answer.version) {
      delete this.pending[questionId];
      this.keep();
    }
    if (!this.waiting) {
      this.view.state = 'saved';
    }
  }

  private async failed(questionId: string, answer: Given, error: unknown): Promise<boolean> {
    if (isPassing(error)) {
      this.view.state = 'kept';
      return false;
    }
    if (isSignedOut(error)) {
      this.view.state = 'signedOut';
      return false;
    }
    if (error instanceof ApiError && error.kind === 'attempt-closed') {
      this.forget();
      this.view.state = 'closed';
      return false;
    }
    if (error instanceof ApiError && error.kind === 'stale-answer') {
      return this.takeOver(questionId, answer);
    }
    this.done(questionId, answer);
    this.ports.tell('有一道题没有保存成功，请重新作答。');
    delete this.view.answers[questionId];
    return true;
  }

  /** Another phone answered this question later: its answer counts. */
  private async takeOver(questionId: string, answer: Given): Promise<boolean> {
    try {
      const theirs = (await this.ports.load())[questionId];
      if (theirs && this.versions[questionId] === answer.version) {
        this.accept(questionId, theirs);
        this.ports.tell('这道题已在另一台手机上作答，已换成最新答案。');
      }
      this.done(questionId, answer);
      return true;
    } catch (error) {
      this.view.state = isSignedOut(error) ? 'signedOut' : 'kept';
      return false;
    }
  }
}
