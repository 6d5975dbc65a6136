/** Where the login of the H5 page begins; it comes back to `page`. A fragment would not survive the redirects, hence `to`. */
export function authorizeUrl(base: string, page: string): string {
  return `/api/v1/oauth/authorize?return=${encodeURIComponent(`${base}?to=${encodeURIComponent(page)}`)}`;
}

/** The address to show after the login: pages of our own only. */
export function addressAfterLogin(path: string, search: string): string | undefined {
  const to = /[?&]to=([^&]*)/.exec(search)?.[1];
  if (to === undefined) {
    return undefined;
  }
  const page = decodeURIComponent(to);
  return /^\/pages\/[\w/-]+(\?[\w=&%.-]*)?$/.test(page) ? `${path}#${page}` : `${path}#/`;
}
