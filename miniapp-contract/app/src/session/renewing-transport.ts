import type { Transport } from '@qingfeng/client';

const LOGIN = /\/api\/v1\/sessions$/;

/** Answers a 401 with one silent login and one more try. */
export function renewing(transport: Transport, renew: () => Promise<boolean>, headers: (headers: Record<string, string>) => Record<string, string>): Transport {
  return async (request) => {
    const answer = await transport(request);
    if (answer.status !== 401 || LOGIN.test(request.url) || !(await renew())) {
      return answer;
    }
    return transport({ ...request, headers: headers(request.headers) });
  };
}
