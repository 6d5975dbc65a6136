// Puts the parts together for both platforms.
import { createMemberApi, type Request } from '@qingfeng/client';
import { TextSizeSetting } from './display/text-size';
import { whenOnlineAgain } from './platform/network';
import { consentPopup, cookie, loginCode, open, store, toast, transport } from './platform/phone';
import { Reminders } from './reminders/reminders';
import { renewing } from './session/renewing-transport';
import { Session } from './session/session';
import { isPassing, sentenceFor } from './text/problem';
import { CheckInQueue } from './volunteer/check-in-queue';

let base = '';
// #ifdef MP-WEIXIN
base = import.meta.env.VITE_API_BASE || 'http://127.0.0.1:8080';
// #endif

function credentials(): Record<string, string> {
  const token = session.token;
  return token ? { Authorization: `Bearer ${token}` } : {};
}

function headers(method: Request['method']): Record<string, string> {
  const xsrf = method === 'GET' ? undefined : cookie('XSRF-TOKEN');
  return { 'Accept-Language': 'zh-CN', ...credentials(), ...(xsrf ? { 'X-XSRF-TOKEN': xsrf } : {}) };
}

export const api = createMemberApi(
  base,
  renewing(
    transport,
    () => session.renew(),
    (before) => ({ ...before, ...credentials() }),
  ),
  headers,
);

let code: (() => Promise<string>) | undefined;
// #ifdef MP-WEIXIN
code = loginCode;
// #endif

export const session: Session = new Session({ store, api, loginCode: code });

export const textSize = new TextSizeSetting(store, api);

/** Fresh for each page, as members may change between two. */
export const newReminders = (): Reminders => new Reminders({ api, popup: consentPopup() });

export const checkIns = new CheckInQueue({
  store,
  memberId: () => session.view.member?.id,
  upload: async (items) => (await api.post('/api/v1/check-ins', { body: { items } })).results,
});

/** Uploads what waits on the phone; a dead network is no news here, the queue stays. */
export async function uploadCheckIns(): Promise<void> {
  if (!checkIns.waiting().length) {
    return;
  }
  try {
    const recorded = await checkIns.upload();
    if (recorded) {
      toast(`${recorded} 条离线签到已上报`);
    }
  } catch (error) {
    if (!isPassing(error)) {
      toast(sentenceFor(error));
    }
  }
}

whenOnlineAgain(uploadCheckIns);

/** True for a bound member; otherwise the login page opens and comes back to `page`. Rejects when nobody could be asked. */
export async function memberOrLogin(page: string): Promise<boolean> {
  await session.restore();
  if (session.view.standing === 'bound') {
    return true;
  }
  open(`/pages/login/index?to=${encodeURIComponent(page)}`);
  return false;
}
