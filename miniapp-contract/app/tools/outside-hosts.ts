import type { Plugin } from 'vite';

/** Namespaces and a link inside an error message: named in the bundle, never fetched. */
const HARMLESS = /^https?:\/\/(www\.w3\.org|vuejs\.org|(localhost|127\.0\.0\.1)(:\d+)?)(\/|$)/;
const ADDRESS = /(?:https?:)?\/\/(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:\/[^"'`\s\\)<>]*)?/gi;

/** Addresses of other hosts named in a text of the built page. */
export function outsideHosts(text: string): string[] {
  const found = text.match(ADDRESS) ?? [];
  return found.filter((address) => /^https?:/.test(address) && !HARMLESS.test(address));
}

/**
 * The H5 runtime of uni-app carries the addresses of map vendors, advertising and a shadow picture that it really
 * fetches. Members' phones talk to our server only, so every such address becomes an empty one.
 */
export function withoutOutsideHosts(): Plugin {
  const clean = (text: string) => outsideHosts(text).reduce((rest, address) => rest.replaceAll(address, 'data:,'), text);
  return {
    name: 'qingfeng:without-outside-hosts',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') {
          file.code = clean(file.code);
        } else if (typeof file.source === 'string') {
          file.source = clean(file.source);
        }
      }
    },
  };
}
