import { reactive } from 'vue';
import { sentenceFor } from '../text/problem';

export interface PageOf<T> {
  items: T[];
  nextCursor: string | null;
}

export interface Listing<T> {
  items: T[];
  state: 'loading' | 'ready' | 'more' | 'failed';
  problem: string;
  complete: boolean;
}

/** A list that grows page by page; a page that comes late for an older question is dropped. */
export class Pages<T> {
  readonly view: Listing<T>;
  private cursor: string | undefined;
  private turn = 0;

  constructor(private readonly fetch: (cursor: string | undefined) => Promise<PageOf<T>>) {
    this.view = reactive({ items: [], state: 'loading', problem: '', complete: false }) as Listing<T>;
  }

  /** From the first page; what is shown stays until the answer is there unless `empty`. */
  async restart(empty = false): Promise<void> {
    if (empty) {
      this.view.items = [];
    }
    this.view.state = this.view.items.length ? 'more' : 'loading';
    await this.take(undefined);
  }

  async more(): Promise<void> {
    if (this.view.state === 'ready' && !this.view.complete) {
      this.view.state = 'more';
      await this.take(this.cursor);
    }
  }

  /** After a failure: the page that failed. */
  async retry(): Promise<void> {
    this.view.state = this.view.items.length ? 'more' : 'loading';
    await this.take(this.view.items.length ? this.cursor : undefined);
  }

  private async take(cursor: string | undefined): Promise<void> {
    const mine = ++this.turn;
    try {
      const page = await this.fetch(cursor);
      if (mine === this.turn) {
        this.view.items = cursor === undefined ? page.items : [...this.view.items, ...page.items];
        this.cursor = page.nextCursor ?? undefined;
        this.view.complete = page.nextCursor === null;
        this.view.state = 'ready';
        this.view.problem = '';
      }
    } catch (error) {
      if (mine === this.turn) {
        this.view.problem = sentenceFor(error);
        this.view.state = 'failed';
      }
    }
  }
}
