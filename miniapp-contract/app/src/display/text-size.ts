import type { MemberApi, Schemas } from '@qingfeng/client';
import { reactive } from 'vue';
import type { Store } from '../platform/ports';

export type TextSize = Schemas['Preferences']['textSize'];

const SCALES: Record<TextSize, number> = { standard: 1, large: 1.2, extraLarge: 1.4 };

export const TEXT_SIZES: { key: TextSize; name: string }[] = [
  { key: 'standard', name: '标准' },
  { key: 'large', name: '大' },
  { key: 'extraLarge', name: '特大' },
];

/** How large the text is: at once from the phone's storage, then as the member keeps it on the server. */
export class TextSizeSetting {
  readonly view: { size: TextSize };

  constructor(
    private readonly store: Store,
    private readonly api: MemberApi,
  ) {
    const kept = store.get<TextSize>('textSize');
    this.view = reactive({ size: kept && kept in SCALES ? kept : 'standard' });
  }

  get style(): string {
    return `font-size:${18 * SCALES[this.view.size]}px`;
  }

  async refresh(): Promise<void> {
    this.show((await this.api.get('/api/v1/me/preferences')).textSize);
  }

  /** Shows it at once; rejects when the server could not keep it. */
  async choose(textSize: TextSize, signedIn: boolean): Promise<void> {
    this.show(textSize);
    if (signedIn) {
      const preferences = await this.api.get('/api/v1/me/preferences');
      await this.api.put('/api/v1/me/preferences', { body: { ...preferences, textSize } });
    }
  }

  private show(size: TextSize): void {
    this.view.size = size;
    this.store.set('textSize', size);
  }
}
