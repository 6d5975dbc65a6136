// The only file that touches `uni`: everything else is plain TypeScript.
import type { Transport } from '@qingfeng/client';
import { PopupFailure, type ConsentPopup, type Store } from './ports';

const TIMEOUT = 10_000;

export const transport: Transport = ({ url, method, headers, body }) =>
  new Promise((resolve, reject) => {
    uni.request({
      url,
      method,
      header: body === undefined ? headers : { 'Content-Type': 'application/json', ...headers },
      data: body as AnyObject | undefined,
      timeout: TIMEOUT,
      success: (answer) => resolve({ status: answer.statusCode, body: parsed(answer.data) }),
      fail: (error) => reject(new Error(error.errMsg)),
    });
  });

/** `application/problem+json` is not always taken for JSON by the platform. */
function parsed(data: unknown): unknown {
  if (typeof data !== 'string' || !/^\s*[{[]/.test(data)) {
    return data;
  }
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

export const store: Store = {
  get: (key) => {
    const text = uni.getStorageSync(`qf:${key}`);
    return text ? JSON.parse(text) : undefined;
  },
  set: (key, value) => uni.setStorageSync(`qf:${key}`, JSON.stringify(value)),
  remove: (key) => uni.removeStorageSync(`qf:${key}`),
};

export function cookie(name: string): string | undefined {
  let value: string | undefined;
  // #ifdef H5
  value = document.cookie
    .split('; ')
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);
  // #endif
  return value === undefined ? undefined : decodeURIComponent(value);
}

export function toast(title: string): void {
  uni.showToast({ title, icon: 'none', duration: 2500 });
}

export function confirm(title: string, content: string, confirmText = '确定', cancelText = '取消'): Promise<boolean> {
  return new Promise((resolve) => {
    uni.showModal({ title, content, confirmText, cancelText, confirmColor: '#b81c22', success: (answer) => resolve(answer.confirm), fail: () => resolve(false) });
  });
}

const TABS = ['/pages/learn/index', '/pages/quiz/index', '/pages/volunteer/index'];

export function open(url: string): void {
  if (TABS.includes(url.split('?')[0])) {
    uni.switchTab({ url: url.split('?')[0] });
  } else {
    uni.navigateTo({ url });
  }
}

export function replace(url: string): void {
  if (TABS.includes(url.split('?')[0])) {
    uni.switchTab({ url: url.split('?')[0] });
  } else {
    uni.redirectTo({ url });
  }
}

export function back(): void {
  if (getCurrentPages().length > 1) {
    uni.navigateBack();
  } else {
    uni.switchTab({ url: TABS[0] });
  }
}

export function loginCode(): Promise<string> {
  return new Promise((resolve, reject) => {
    uni.login({ provider: 'weixin', success: (answer) => resolve(answer.code), fail: (error) => reject(new Error(error.errMsg)) });
  });
}

/** Text of a code shown by the organiser; undefined when the member closed the camera. */
export function scan(): Promise<string | undefined> {
  return new Promise((resolve) => {
    uni.scanCode({ success: (answer) => resolve(answer.result), fail: () => resolve(undefined) });
  });
}

/** Absent on H5. */
export function consentPopup(): ConsentPopup | undefined {
  let popup: ConsentPopup | undefined;
  // #ifdef MP-WEIXIN
  popup = {
    ask: (tmplIds) =>
      new Promise((resolve, reject) => {
        uni.requestSubscribeMessage({
          tmplIds,
          success: (answer) => resolve(answer as unknown as Record<string, string>),
          fail: (error) => reject(new PopupFailure(error.errCode, error.errMsg)),
        });
      }),
    settings: () =>
      new Promise((resolve) => {
        uni.getSetting({
          withSubscriptions: true,
          success: ({ subscriptionsSetting: setting }) => resolve({ on: setting?.mainSwitch ?? true, choices: setting?.itemSettings ?? {} }),
          fail: () => resolve({ on: true, choices: {} }), // nothing known: the popup itself will tell
        });
      }),
    openSettings: () => new Promise((resolve) => uni.openSetting({ withSubscriptions: true, complete: () => resolve() })),
  };
  // #endif
  return popup;
}

export function openLink(url: string): void {
  // #ifdef H5
  window.location.href = url;
  // #endif
  // #ifdef MP-WEIXIN
  copy(url, '网址已复制，请在浏览器中打开');
  // #endif
}

export function copy(text: string, done: string): void {
  uni.setClipboardData({ data: text, showToast: false, success: () => toast(done), fail: () => toast(text) });
}

export function watchNetwork(changed: (online: boolean) => void): void {
  // #ifdef H5
  // The framework listens to the Network Information API, which many browsers lack.
  changed(navigator.onLine);
  window.addEventListener('online', () => changed(true));
  window.addEventListener('offline', () => changed(false));
  // #endif
  // #ifndef H5
  uni.getNetworkType({ success: (answer) => changed(answer.networkType !== 'none') });
  uni.onNetworkStatusChange((answer) => changed(answer.isConnected));
  // #endif
}

export function stopPullDownRefresh(): void {
  uni.stopPullDownRefresh();
}

export function scrollTo(selector: string): void {
  uni.pageScrollTo({ selector, duration: 0 });
}

/** Distance of every element's lower edge from the top of the screen. */
export function bottomEdges(selector: string, page: unknown): Promise<number[]> {
  return new Promise((resolve) => {
    uni
      .createSelectorQuery()
      .in(page)
      .selectAll(selector)
      .boundingClientRect((areas) => resolve(((areas ?? []) as UniApp.NodeInfo[]).map((area) => area.bottom ?? 0)))
      .exec();
  });
}
