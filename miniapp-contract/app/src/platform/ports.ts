/** What the logic wants of a phone: tests give it a plain object, the app gives it `phone`. */
export interface Store {
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
  remove(key: string): void;
}

/** WeChat's popup for subscription messages, which only a mini-program has. */
export interface ConsentPopup {
  /** Shows it; WeChat wants the call in the tap itself. Answers by template; rejects with PopupFailure. */
  ask(templateIds: string[]): Promise<Record<string, string>>;
  /** What the member decided for good: the main switch, and the templates that are not asked about any more. */
  settings(): Promise<ConsentSettings>;
  /** Answers when the member came back from WeChat's settings. */
  openSettings(): Promise<void>;
}

export interface ConsentSettings {
  on: boolean;
  choices: Record<string, string>;
}

export class PopupFailure extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}
