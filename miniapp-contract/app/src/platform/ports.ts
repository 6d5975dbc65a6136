/** What the logic wants of a phone: tests give it a plain object, the app gives it `phone`. */
export interface Store {
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
  remove(key: string): void;
}
