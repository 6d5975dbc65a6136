import type { Store } from '../platform/ports';

export interface PositionPorts {
  store: Store;
  /** The member's own place on the server; absent without a login. */
  remote?: { load(): Promise<number>; save(paragraph: number): Promise<unknown> };
  delay?: (work: () => void) => void;
}

const REST = 3_000;

/** Remembers the paragraph where somebody stopped reading: at once on the phone, soon after on the server. */
export class PositionKeeper {
  private reachedParagraph = 0;
  private savedParagraph = 0;
  private planned = false;

  constructor(
    private readonly articleId: string,
    private readonly ports: PositionPorts,
  ) {}

  async restore(): Promise<number> {
    const here = this.ports.store.get<number>(this.key) ?? 0;
    const there = await this.ports.remote?.load().catch(() => undefined);
    this.reachedParagraph = there || here;
    this.savedParagraph = there ?? 0;
    return this.reachedParagraph;
  }

  reached(paragraph: number): void {
    if (paragraph === this.reachedParagraph) {
      return;
    }
    this.reachedParagraph = paragraph;
    this.ports.store.set(this.key, paragraph);
    if (!this.planned) {
      this.planned = true;
      (this.ports.delay ?? ((work) => setTimeout(work, REST)))(() => {
        this.planned = false;
        this.save();
      });
    }
  }

  /** A lost place in an article is not worth a message: the phone still has it. */
  async save(): Promise<void> {
    const paragraph = this.reachedParagraph;
    if (this.ports.remote && paragraph !== this.savedParagraph) {
      this.savedParagraph = paragraph;
      await this.ports.remote.save(paragraph).catch(() => {
        this.savedParagraph = -1;
      });
    }
  }

  private get key(): string {
    return `position:${this.articleId}`;
  }
}
