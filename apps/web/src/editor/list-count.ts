import type { LineHint } from '@parley/text';
import { attribute, elementsIn, type PageElement, type PastedPage } from './pasted-page.ts';
import type { Style } from './page-style.ts';

const ROMANS = [['c', 100], ['xc', 90], ['l', 50], ['xl', 40], ['x', 10], ['ix', 9], ['v', 5], ['iv', 4], ['i', 1]] as const;
function roman(n: number): string {
  let left = n, out = '';
  for (const [sign, worth] of ROMANS) while (left >= worth) { out += sign; left -= worth; }
  return out;
}

const letters = (n: number): string => String.fromCharCode(97 + ((n - 1) % 26)).repeat(Math.ceil(n / 26));

const HAN = [...'〇一二三四五六七八九'];
/** 十二, below a hundred. */
const han = (n: number): string => (n < 10 ? HAN[n]! : n < 100 ? `${n < 20 ? '' : HAN[Math.floor(n / 10)]}十${n % 10 === 0 ? '' : HAN[n % 10]}` : `${n}`);
const GREEK = [...'αβγδεζηθικλμνξοπρστυφχψω'];

/** How a list writes its numbers, by the attribute `type` or the style. */
function written(n: number, type: string): string {
  if (n < 1) return `${n}.`;
  switch (type) {
    case 'a': case 'lower-alpha': case 'lower-latin': return `${letters(n)}.`;
    case 'A': case 'upper-alpha': case 'upper-latin': return `${letters(n).toUpperCase()}.`;
    case 'i': case 'lower-roman': return `${roman(n)}.`;
    case 'I': case 'upper-roman': return `${roman(n).toUpperCase()}.`;
    case 'lower-greek': return `${GREEK[n - 1] ?? n}.`;
    case 'decimal-leading-zero': return `${n}.`.padStart(3, '0');
    case 'cjk-ideographic': case 'cjk-decimal': case 'simp-chinese-informal': case 'trad-chinese-informal': case 'japanese-informal': return `${han(n)}、`;
    default: return `${n}.`;
  }
}

interface List { readonly ordered: boolean; readonly type: string; readonly step: number; next: number }

/** How a style counts: by the property, or by the short form of it. */
const typeIn = (style: Style): string | undefined => style.get('list-style-type') ?? style.get('list-style')?.split(/\s+/).find((part) => !/^(?:inside|outside|url\(.*)$/.test(part));

/** Counts the items of lists as a browser does: `start`, `value`, `reversed`. */
export class ListCount {
  private readonly open: List[] = [];

  enter(list: PageElement, style: Style): void {
    const back = attribute(list, 'reversed') !== undefined, items = [...elementsIn(list)].filter((e) => e.tagName === 'li' && e.parentNode === list).length;
    const start = Number.parseInt(attribute(list, 'start') ?? '', 10);
    this.open.push({ ordered: list.tagName === 'ol', type: attribute(list, 'type') ?? typeIn(style) ?? '', step: back ? -1 : 1, next: Number.isNaN(start) ? (back ? items : 1) : start });
  }

  leave(): void {
    this.open.pop();
  }

  /** What an item is called. */
  next(item: PageElement, style: Style, page: PastedPage): LineHint {
    const list = this.open.at(-1), told = Number.parseInt(attribute(item, 'aria-level') ?? attribute(item, 'data-aria-level') ?? '', 10), level = Math.max(0, this.open.length - 1, Number.isNaN(told) ? 0 : told - 1);
    if (!list) return { level };
    const value = Number.parseInt(attribute(item, 'value') ?? '', 10), n = Number.isNaN(value) ? list.next : value;
    const own = typeIn(page.styleOf(item)) ?? typeIn(style);
    list.next = n + list.step;
    const type = own ?? list.type;
    return type === 'none' ? { level } : { level, label: list.ordered ? written(n, type) : '•' };
  }
}
