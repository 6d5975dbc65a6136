/** Page of the app behind a link to our H5 pages, such as /m/#/pages/article/index?id=1; undefined for any other address. */
export function pageOf(link: string | null | undefined): string | undefined {
  const page = /^(?:\/m\/(?:index\.html)?(?:\?[^#]*)?#)?(\/pages\/[\w/-]+(?:\?[\w=&%.-]*)?)$/.exec(link ?? '')?.[1];
  return page;
}
