import { cookie, transport } from './phone';

/**
 * On one's own machine the sandbox plays WeChat, and its phone can vouch for its number on an H5 page as a mini-program's
 * would. A production server has no such address.
 */
export async function localPhoneCode(): Promise<string | undefined> {
  let code: string | undefined;
  // #ifdef H5
  const answer = await transport({
    url: '/_local/phone-code',
    method: 'POST',
    headers: { Accept: 'application/json', 'X-XSRF-TOKEN': cookie('XSRF-TOKEN') ?? '' },
  }).catch(() => undefined); // no such address here: the binding code remains
  code = answer?.status === 200 ? (answer.body as { code?: string }).code : undefined;
  // #endif
  return code;
}
