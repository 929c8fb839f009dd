/** Declarations of a style, by property in small letters. */
export type Style = ReadonlyMap<string, string>;

/** Reads a style as it is written; what is no declaration is passed over. A page's policy keeps browsers from reading it. */
export function styleOf(text: string): Style {
  const out = new Map<string, string>();
  for (const declaration of text.replace(/\/\*[\s\S]*?\*\//g, '').match(/(?:[^;"'(]|"[^"]*"|'[^']*'|\([^)]*\)|["'(])+/g) ?? []) {
    const at = declaration.indexOf(':');
    if (at > 0) out.set(declaration.slice(0, at).trim().toLowerCase(), declaration.slice(at + 1).replace(/!\s*important/i, '').trim().toLowerCase());
  }
  return out;
}

/** The rules of a sheet for single elements and classes: `del`, `.Hidden`, `span.msoDel`. Others say nothing here. */
export class StyleSheet {
  private readonly rules: { readonly tag: string; readonly name: string; readonly style: Style }[] = [];

  constructor(css: string) {
    const plain = css.replace(/\/\*[\s\S]*?\*\/|<!--|-->/g, '').replace(/@media\s+print[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/gi, '');
    for (const [, selectors, body] of plain.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
      for (const selector of selectors!.split(',')) {
        const parts = /^\s*([a-z][a-z0-9]*)?(?:\.([\w-]+))?\s*$/i.exec(selector);
        if (parts && (parts[1] ?? parts[2])) this.rules.push({ tag: (parts[1] ?? '').toLowerCase(), name: parts[2] ?? '', style: styleOf(body!) });
      }
    }
  }

  of(tag: string, classes: readonly string[]): Style {
    const found = this.rules.filter((r) => (r.tag === '' || r.tag === tag) && (r.name === '' || classes.includes(r.name)));
    return new Map(found.flatMap((r) => [...r.style]));
  }
}

const NAMED: Readonly<Record<string, string>> = { white: '255,255,255', black: '0,0,0', window: '255,255,255', windowtext: '0,0,0' };

/** A colour as `r,g,b`; `transparent` for one that cannot be seen; null for what is not known. */
export function colour(text: string | undefined): string | null {
  if (!text) return null;
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/.exec(text)?.[1], rgb = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+%?))?\s*\)$/.exec(text);
  if (hex) return (hex.length === 3 ? [...hex].map((c) => c + c) : hex.match(/../g)!).map((h) => parseInt(h, 16)).join(',');
  if (rgb) return rgb[4] !== undefined && parseFloat(rgb[4]) === 0 ? 'transparent' : rgb.slice(1, 4).join(',');
  return text === 'transparent' ? text : (NAMED[text] ?? null);
}

const isNothing = (length: string | undefined, atMost = 0): boolean => length !== undefined && /^[\d.]+(?:px|pt|em|rem|%)?$/.test(length) && parseFloat(length) <= atMost;

/** Whether a style keeps words from being seen: not shown, too small, off the page, of the colour of what is behind them. */
export function hides(style: Style, behind: string): boolean {
  const is = (property: string, pattern: RegExp) => pattern.test(style.get(property) ?? '');
  const tiny = isNothing(style.get('font-size')) || /^1(?:\.0+)?(?:px|pt)$/.test(style.get('font-size') ?? ''), own = colour(style.get('color'));
  return is('display', /^none/) || is('visibility', /^(?:hidden|collapse)/) || is('mso-hide', /^all/) || tiny || isNothing(style.get('opacity'))
    || ['left', 'top', 'text-indent', 'margin-left'].some((p) => is(p, /^-(?:[5-9]\d\d|\d{4,})/)) || is('clip', /^rect\(\s*[01](?:px|pt)?[\s,]/) || is('clip-path', /^inset\(\s*(?:50|100)%/)
    || own === 'transparent' || (own !== null && own === behind);
}

/** What stands behind the words of an element. */
export function behindOf(style: Style, before: string): string {
  const own = colour(style.get('background-color') ?? style.get('background')?.split(/\s+(?![^(]*\))/)[0]);
  return own === null ? (style.has('background') || style.has('background-color') ? 'unknown' : before) : own === 'transparent' ? before : own;
}
