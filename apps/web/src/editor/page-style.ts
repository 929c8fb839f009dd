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

const NAMED: Readonly<Record<string, string>> = {
  black: '0,0,0', windowtext: '0,0,0', white: '255,255,255', window: '255,255,255', snow: '255,250,250', ivory: '255,255,240', whitesmoke: '245,245,245', ghostwhite: '248,248,255', floralwhite: '255,250,240',
  mintcream: '245,255,250', azure: '240,255,255', aliceblue: '240,248,255', honeydew: '240,255,240', seashell: '255,245,238', lightyellow: '255,255,224', lightcyan: '224,255,255', cornsilk: '255,248,220',
};

const HEX = /^#(?:([0-9a-f])([0-9a-f])([0-9a-f])([0-9a-f])?|([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})?)$/;
const PARTS = /^(rgb|hsl)a?\(\s*([\d.]+)(?:deg)?[\s,]+([\d.]+)%?[\s,]+([\d.]+)%?(?:[\s,/]+([\d.]+%?))?\s*\)$/;

function fromHsl(hue: number, saturation: number, lightness: number): number[] {
  const spread = saturation * Math.min(lightness, 1 - lightness);
  return [0, 8, 4].map((n) => { const k = (n + hue / 30) % 12; return Math.round(255 * (lightness - spread * Math.max(-1, Math.min(k - 3, 9 - k, 1)))); });
}

/** A colour as `r,g,b`; `transparent` for one that cannot be seen; null for what is not known. */
export function colour(text: string | undefined): string | null {
  const hex = HEX.exec(text ?? '')?.slice(1).filter((part) => part !== undefined).map((part) => parseInt(part.padEnd(2, part), 16));
  if (hex) return hex[3] === 0 ? 'transparent' : hex.slice(0, 3).join(',');
  const [, model, ...parts] = PARTS.exec(text ?? '') ?? [], [a, b, c] = parts.map(Number);
  if (model) return parts[3] !== undefined && parseFloat(parts[3]) === 0 ? 'transparent' : (model === 'rgb' ? [a!, b!, c!] : fromHsl(a!, b! / 100, c! / 100)).join(',');
  return text === 'transparent' ? text : (NAMED[text ?? ''] ?? null);
}

/** The light of a colour, as the guidelines of accessibility count it. */
function light(rgb: string): number {
  const [r, g, b] = rgb.split(',').map((part) => { const share = Number(part) / 255; return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** Below this contrast nobody reads anything. */
const SEEN = 1.1;

/** Whether words of a colour are lost in what is behind them; of a colour that is not known nothing is said. */
function isLost(own: string | null, behind: string): boolean {
  if (own === null || own === 'transparent' || !behind.includes(',')) return own === 'transparent';
  const [dark, bright] = [light(own), light(behind)].sort((a, b) => a - b);
  return (bright! + 0.05) / (dark! + 0.05) < SEEN;
}

const LENGTH = /^(\d*\.?\d+)(px|pt|em|rem|%)?(?:[\s/]|$)/;
/** A size at which nothing can be read. */
const UNREADABLE: Readonly<Record<string, number>> = { px: 1, pt: 1, em: 0.1, rem: 0.1, '%': 10 };

function isTiny(size: string | undefined): boolean {
  if (isNothing(size)) return true;
  const [, number, unit = 'px'] = LENGTH.exec(size ?? '') ?? [];
  return number !== undefined && Number(number) <= UNREADABLE[unit]!;
}

/** The size in the short form of a font: "italic 0/0 a". */
const sizeIn = (font: string | undefined): string | undefined => /(?:^|\s)([\d.]+(?:px|pt|em|rem|%)?)(?=[\s/])/.exec(font ?? '')?.[1];
const isClear = (opacity = '1'): boolean => parseFloat(opacity) / (opacity.endsWith('%') ? 100 : 1) < 0.05;
const isNothing = (length: string | undefined): boolean => /^0+(?:\.0+)?[a-z%]*$/.test(length ?? '');
const FAR = /^-(?:[5-9]\d\d|\d{4,}|\d{2,}(?:\.\d+)?(?:em|rem|vw|vh))/;

/** Whether a style keeps words from being seen: not shown, too small, off the page, of the colour of what is behind them. */
export function hides(style: Style, behind: string): boolean {
  const is = (property: string, pattern: RegExp) => pattern.test(style.get(property) ?? '');
  return is('display', /^none/) || is('visibility', /^(?:hidden|collapse)/) || is('content-visibility', /^hidden/) || is('mso-hide', /^all/)
    || isTiny(style.get('font-size') ?? sizeIn(style.get('font'))) || isClear(style.get('opacity')) || is('filter', /opacity\(\s*0(?:\.0+)?%?\s*\)/) || is('transform', /scale[xy]?\(\s*0(?:\.0+)?\s*[,)]/)
    || ['left', 'top', 'text-indent', 'margin-left', 'margin-top'].some((p) => is(p, FAR)) || is('zoom', /^0+(?:\.0+)?%?$/) || is('clip', /^rect\(\s*[01](?:px|pt)?[\s,]/) || is('clip-path', /^inset\(\s*(?:50|100)%|^circle\(\s*0/)
    || (['overflow', 'overflow-x', 'overflow-y'].some((p) => is(p, /(?:^|\s)(?:hidden|clip)/)) && ['height', 'max-height', 'width', 'max-width'].some((p) => isNothing(style.get(p))))
    || isLost(colour(style.get('-webkit-text-fill-color') ?? style.get('color')), behind);
}

/** What stands behind the words of an element. */
export function behindOf(style: Style, before: string): string {
  const own = colour(style.get('background-color') ?? style.get('background')?.split(/\s+(?![^(]*\))/)[0]);
  return own === null ? (style.has('background') || style.has('background-color') ? 'unknown' : before) : own === 'transparent' ? before : own;
}

/** Whether a style makes an element a line of its own; null where it does not say. */
export function ownLine(style: Style): boolean | null {
  const display = style.get('display') ?? '';
  return /^(?:block|flex|grid|table|list-item|flow-root)/.test(display) ? true : /^inline(?:$|\s*flow$)/.test(display) ? false : null;
}

/** Through its words, whichever program says so. */
export const strikes = (style: Style): boolean =>
  /line-through/.test(['text-decoration', 'text-decoration-line', '-webkit-text-decoration', '-webkit-text-decoration-line'].map((p) => style.get(p) ?? '').join(' ')) || /^(?:single|double|thick|dotted|dashed|wave|solid)/.test(style.get('text-line-through') ?? '');

const SHIFT = /^(-?\d*\.?\d+)(px|pt|em|ex|rem|%)/;
/** So far is a sign moved that stands raised or lowered; less is a matter of looks. */
const MOVED: Readonly<Record<string, number>> = { px: 2, pt: 1.5, em: 0.15, ex: 0.3, rem: 0.15, '%': 15 };

function shift(length: string | undefined): number {
  const [, amount, unit] = SHIFT.exec(length ?? '') ?? [];
  return amount !== undefined && Math.abs(Number(amount)) >= MOVED[unit!]! ? Math.sign(Number(amount)) : 0;
}

/** Where a style puts words, against the line; null where it does not say. */
export function placed(style: Style): 'raised' | 'lowered' | 'on the line' | null {
  const align = style.get('vertical-align') ?? '', position = style.get('font-variant-position') ?? '', isMoved = style.get('position') === 'relative';
  if (align.startsWith('super') || position === 'super') return 'raised';
  if (align === 'sub' || position === 'sub') return 'lowered';
  const up = shift(align) || shift(style.get('mso-text-raise')) || (isMoved ? -shift(style.get('top')) || shift(style.get('bottom')) : 0);
  return up > 0 ? 'raised' : up < 0 ? 'lowered' : align === 'baseline' ? 'on the line' : null;
}
