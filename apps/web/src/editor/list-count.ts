import { ALPHABETS, hanOf, type LineHint, romanOf } from '@parley/text';
import { attribute, elementsIn, type PageElement, type PastedPage } from './pasted-page.ts';
import type { Style } from './page-style.ts';

const letters = (n: number): string => String.fromCharCode(97 + ((n - 1) % 26)).repeat(Math.ceil(n / 26));

/** How a list writes its numbers, by the attribute `type` or the style. */
function written(n: number, type: string): string {
  if (n < 1) return `${n}.`;
  switch (type) {
    case 'a': case 'lower-alpha': case 'lower-latin': return `${letters(n)}.`;
    case 'A': case 'upper-alpha': case 'upper-latin': return `${letters(n).toUpperCase()}.`;
    case 'i': case 'lower-roman': return `${romanOf(n)}.`;
    case 'I': case 'upper-roman': return `${romanOf(n).toUpperCase()}.`;
    case 'lower-greek': return `${ALPHABETS.greek[n - 1] ?? n}.`;
    case 'decimal-leading-zero': return `${n}.`.padStart(3, '0');
    case 'cjk-ideographic': case 'cjk-decimal': case 'simp-chinese-informal': case 'trad-chinese-informal': case 'japanese-informal': return `${hanOf(n)}、`;
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
