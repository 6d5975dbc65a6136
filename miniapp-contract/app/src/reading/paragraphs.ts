const VOID = new Set(['br', 'hr', 'img', 'wbr', 'col']);

/** Inline styles, since the mini-program's rich-text takes no styles by tag. */
const STYLES: Record<string, string> = {
  p: 'margin:0',
  h1: 'margin:0;font-size:1.25em;font-weight:700',
  h2: 'margin:0;font-size:1.15em;font-weight:700',
  h3: 'margin:0;font-size:1.06em;font-weight:700',
  blockquote: 'margin:0;padding:0 0 0 .8em;border-left:4px solid #c9a15a',
  ul: 'margin:0;padding-left:1.4em',
  ol: 'margin:0;padding-left:1.4em',
  img: 'max-width:100%;height:auto;border-radius:8px',
  table: 'width:100%;border-collapse:collapse',
  td: 'border:1px solid #9995;padding:.3em',
  th: 'border:1px solid #9995;padding:.3em',
};

/** Blocks of an article's sanitised HTML in their order: what the reading position counts. */
export function paragraphsOf(html: string): string[] {
  const blocks: string[] = [];
  let depth = 0;
  let start = 0;
  const close = (end: number) => {
    const block = html.slice(start, end).trim();
    if (block) {
      blocks.push(block);
    }
    start = end;
  };
  for (const tag of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*?(\/?)>/gi)) {
    const name = tag[2].toLowerCase();
    if (VOID.has(name) || tag[3]) {
      continue;
    }
    if (tag[1]) {
      depth = Math.max(0, depth - 1);
      if (depth === 0) {
        close(tag.index! + tag[0].length);
      }
    } else {
      depth += 1;
    }
  }
  close(html.length);
  return blocks;
}

/** The block with the app's own styles; text colours for a white page are dropped, so that it can be read in the dark. */
export function dressed(block: string): string {
  return block.replace(/<([a-z][a-z0-9]*)\b([^>]*)>/gi, (tag, name: string, rest: string) => {
    const own = /\sstyle="([^"]*)"/i.exec(rest)?.[1] ?? '';
    const kept = own
      .split(';')
      .filter((rule) => rule.trim() && !/^\s*(color|background|background-color|font-size|font-family|line-height)\s*:/i.test(rule))
      .join(';');
    const style = [STYLES[name.toLowerCase()], kept].filter(Boolean).join(';');
    const others = rest.replace(/\sstyle="[^"]*"/i, '');
    return style ? `<${name} style="${style}"${others}>` : own ? `<${name}${others}>` : tag;
  });
}

/** Index of the first block whose lower edge is still on the screen. */
export function topmost(bottoms: readonly number[], from: number): number {
  const index = bottoms.findIndex((bottom) => bottom > from);
  return index < 0 ? Math.max(0, bottoms.length - 1) : index;
}
