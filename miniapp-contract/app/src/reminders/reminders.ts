import type { MemberApi, Schemas } from '@qingfeng/client';
import { reactive } from 'vue';
import { loading, type Loading } from '../display/loading';
import { PopupFailure, type ConsentPopup, type ConsentSettings } from '../platform/ports';
import { isPassing } from '../text/problem';

export type Consent = Schemas['Consent'];
export type Standing = 'unasked' | 'allowed' | 'lasting' | 'spent' | 'declined' | 'closed';

export interface ReminderPorts {
  api: MemberApi;
  /** Absent on H5. */
  popup?: ConsentPopup;
}

export interface Reminder {
  consent: Consent;
  standing: Standing;
}

export interface Reachable {
  consents: Consent[];
  /** Followers are reminded by the public account, whatever the mini-program may send. */
  follows: boolean;
  settings: ConsentSettings;
}

const MAIN_SWITCH_OFF = 20004;
const NO_NETWORK = [10002, 10003];
/** Older WeChats refuse a popup with more. */
const MOST_AT_ONCE = 3;
const EVERYTHING: ConsentSettings = { on: true, choices: {} };

/** How a member is reminded on this phone, and WeChat's popup that allows it. */
export class Reminders {
  readonly loaded: Loading<Reachable>;
  readonly view = reactive({ asking: false });

  constructor(private readonly ports: ReminderPorts) {
    this.loaded = loading(() => this.look());
  }

  get canAsk(): boolean {
    return !!this.ports.popup;
  }

  get all(): Reminder[] {
    const reachable = this.loaded.data.value;
    return (reachable?.consents ?? []).map((consent) => ({ consent, standing: standingOf(consent, reachable!.settings) }));
  }

  /** Which templates one popup can ask about: WeChat does not mix one-time and long-term ones. */
  get askable(): Consent[] {
    const open = this.all.filter(({ standing }) => standing !== 'closed' && standing !== 'lasting').map(({ consent }) => consent);
    return open.filter(({ longTerm }) => longTerm === open[0].longTerm).slice(0, MOST_AT_ONCE);
  }

  /** To be called in a tap, with no waiting before. Answers with a sentence for the member. */
  async ask(): Promise<string> {
    const asked = this.askable;
    if (!this.ports.popup || !asked.length || this.view.asking) {
      return '';
    }
    this.view.asking = true;
    try {
      const choices = await this.ports.popup.ask(asked.map(({ templateId }) => templateId));
      return await this.chosen(asked, choices);
    } catch (error) {
      if (!(error instanceof PopupFailure)) {
        throw error;
      }
      return this.failed(error);
    } finally {
      this.view.asking = false;
    }
  }

  async openSettings(): Promise<void> {
    await this.ports.popup?.openSettings();
    await this.loaded.load();
  }

  private async look(): Promise<Reachable> {
    const [{ items }, { follows }, settings] = await Promise.all([this.ports.api.get('/api/v1/me/consents'), this.ports.api.get('/api/v1/me'), this.settings()]);
    return { consents: items, follows, settings };
  }

  private settings(): Promise<ConsentSettings> {
    return this.ports.popup ? this.ports.popup.settings() : Promise.resolve(EVERYTHING);
  }

  private async chosen(asked: Consent[], choices: Record<string, string>): Promise<string> {
    const accepted = asked.filter(({ templateId }) => choices[templateId]?.startsWith('accept'));
    const rejected = asked.filter(({ templateId }) => choices[templateId] === 'reject');
    this.show(accepted.map((consent) => ({ ...consent, grants: consent.longTerm ? 1 : consent.grants + 1, answer: 'accept' as const })));
    this.show(rejected.map((consent) => ({ ...consent, answer: 'reject' as const })));
    if (rejected.length) {
      this.loaded.data.value = { ...this.loaded.data.value!, settings: await this.settings() };
    }
    if (!accepted.length && !rejected.length) {
      return '微信没有让您选择这类提醒，请以后再试';
    }
    await this.report(accepted, rejected);
    return accepted.length ? '好的，会在微信里提醒您' : '';
  }

  /** Tells the server the answer. WeChat tells it, too, and only that counts: what gets lost here is news late, not a reminder. */
  private async report(accepted: Consent[], rejected: Consent[]): Promise<void> {
    const results = [...accepted.map(({ templateId }) => ({ templateId, result: 'accept' as const })), ...rejected.map(({ templateId }) => ({ templateId, result: 'reject' as const }))];
    try {
      const { items } = await this.ports.api.post('/api/v1/me/consents', { body: { results } });
      const shown = this.loaded.data.value!.consents;
      this.show(items.map((item) => ({ ...item, grants: Math.max(item.grants, grantsOf(shown, item)) })));
    } catch (error) {
      if (!isPassing(error)) {
        throw error;
      }
    }
  }

  private failed({ code }: PopupFailure): string {
    if (code === MAIN_SWITCH_OFF) {
      this.loaded.data.value = { ...this.loaded.data.value!, settings: { on: false, choices: {} } };
      return '';
    }
    return NO_NETWORK.includes(code) ? '网络不给力，请检查网络后再试。' : '微信没有打开提醒窗口，请稍后再试。';
  }

  private show(changed: Consent[]): void {
    const reachable = this.loaded.data.value!;
    this.loaded.data.value = { ...reachable, consents: reachable.consents.map((consent) => changed.find(({ templateId }) => templateId === consent.templateId) ?? consent) };
  }
}

function grantsOf(consents: Consent[], { templateId }: Consent): number {
  return consents.find((consent) => consent.templateId === templateId)?.grants ?? 0;
}

function standingOf(consent: Consent, settings: ConsentSettings): Standing {
  if (!settings.on || ['reject', 'ban'].includes(settings.choices[consent.templateId])) {
    return 'closed';
  }
  if (consent.grants > 0) {
    return consent.longTerm ? 'lasting' : 'allowed';
  }
  return consent.answer ? (consent.answer === 'reject' ? 'declined' : 'spent') : 'unasked';
}

/** How things stand, for a member. */
export function standingWords({ consent, standing }: Reminder): string {
  switch (standing) {
    case 'unasked':
      return '有新消息时，可以在微信里提醒您';
    case 'allowed':
      return `还可以提醒您 ${consent.grants} 次`;
    case 'lasting':
      return '已开启，有新消息时会在微信里提醒您';
    case 'spent':
      return '提醒次数用完了，点一下可以再提醒';
    case 'declined':
      return '您上次选择了不接收提醒';
    case 'closed':
      return '您已关闭这项提醒，要再收到，请在微信设置里打开';
  }
}
