import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { type Style, StyleSheet, styleOf } from './page-style.ts';

export type PageNode = DefaultTreeAdapterTypes.ChildNode;
export type PageElement = DefaultTreeAdapterTypes.Element;
type Parent = DefaultTreeAdapterTypes.ParentNode;

export const isElement = (node: PageNode | Parent): node is PageElement => 'tagName' in node;
export const attribute = (element: PageElement, name: string): string | undefined => element.attrs.find((a) => a.name === name)?.value;
export const classesOf = (element: PageElement): string[] => (attribute(element, 'class') ?? '').split(/\s+/).filter(Boolean);
export const wordsIn = (node: PageNode | Parent): string => ('value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(wordsIn).join('') : '');

/** Every element below a node, in order. */
export function* elementsIn(node: Parent): Generator<PageElement> {
  for (const one of node.childNodes) {
    if (!isElement(one)) continue;
    yield one;
    yield* elementsIn(one);
  }
}

const BLOCKS = new Set('p div li ul ol dl dt dd table tbody thead tfoot tr td th h1 h2 h3 h4 h5 h6 blockquote pre section article aside header footer main nav figure figcaption address hr body center form fieldset legend details summary dialog menu dir hgroup search caption'.split(' '));
export const isBlock = (element: PageElement): boolean => BLOCKS.has(element.tagName);

/** The place in a page that a link leads to; browsers put the whole address on the clipboard. */
const placeOf = (href: string): string => (href.includes('#') ? href.slice(href.indexOf('#')) : '');

/** Names under which programs link a mark to its note: Word, LibreOffice, Google Docs, Markdown, wikis. */
const NOTE_LINK = /^#_?(?:ftn|edn|fn|en|ftnt|endnote|footnote|note|cite[_-]note|sdfootnote|sdendnote|cmnt|msocom)/i;
/** And under which a note links back to its mark. */
const BACK_LINK = /ref|anc(?:hor)?\d*$/i;
const COMMENT_LINK = /^#_?(?:cmnt|msocom|com)_?\d/i;

export type Aside = 'comments' | 'notes';

/** HTML from a clipboard, parsed by the standard's own rules and never by the page: no script, no style and no picture of it is ever loaded. */
export class PastedPage {
  readonly body: PageElement;
  private readonly sheet: StyleSheet;
  private readonly ofScreen: boolean;
  private readonly bodies = new Map<PageElement, Aside>();

  constructor(html: string) {
    const document = parse(html), all = [...elementsIn(document)];
    this.body = all.find((e) => e.tagName === 'body')!;
    this.ofScreen = all.some((e) => attribute(e, 'data-provision') !== undefined);
    this.sheet = new StyleSheet(all.filter((e) => e.tagName === 'style').map(wordsIn).join('\n'));
    const ids = new Map(all.flatMap((e) => ['id', 'name'].flatMap((name) => { const id = attribute(e, name); return id ? [[id, e] as const] : []; })));
    for (const mark of all.filter((e) => this.isMark(e))) {
      const href = placeOf(attribute(mark, 'href')!), target = ids.get(decodeURIComponent(href.slice(1).replace(/%(?![\da-f]{2})/gi, '%25')));
      const note = target && blockOf(target), own = blockOf(mark);
      if (note && note !== this.body && own !== note && !BACK_LINK.test(href) && !(own && this.bodies.has(own))) this.bodies.set(note, COMMENT_LINK.test(href) ? 'comments' : 'notes');
    }
  }

  styleOf(element: PageElement): Style {
    const behind = attribute(element, 'bgcolor'), own = element.tagName === 'font' ? attribute(element, 'color') : undefined;
    const old = [...(behind ? [['background-color', behind.toLowerCase()] as const] : []), ...(own ? [['color', own.toLowerCase()] as const] : [])];
    return new Map([...old, ...this.sheet.of(element.tagName, classesOf(element)), ...styleOf(attribute(element, 'style') ?? '')]);
  }

  /** A mark that this program draws over words of a text: they stand, whoever proposes to strike them. */
  isDrawn(element: PageElement): boolean {
    const classes = classesOf(element);
    return this.ofScreen && classes.includes('br') && classes.some((name) => name === 'struck' || name === 'own');
  }

  /** A link from the words to a note, or to a comment. */
  isMark(element: PageElement): boolean {
    const href = placeOf(attribute(element, 'href') ?? '');
    if (element.tagName !== 'a' || href.length < 2) return false;
    const text = wordsIn(element).trim(), sign = /^[[(［〔【（]?[\p{N}a-z*†‡注]{1,4}[\])］〕】）]?$/iu.test(text);
    return sign && (NOTE_LINK.test(href) || COMMENT_LINK.test(href) || this.isRaised(element));
  }

  /** The note or comment that an element holds, where it is the body of one. */
  asideIn(element: PageElement): Aside | undefined {
    return this.bodies.get(element);
  }

  private isRaised(element: PageElement): boolean {
    const inner = [...elementsIn(element)].some((e) => e.tagName === 'sup');
    for (let at: PageNode | Parent | null = element; !inner && at && isElement(at) && !isBlock(at); at = at.parentNode) if (at.tagName === 'sup' || /^super/.test(this.styleOf(at).get('vertical-align') ?? '')) return true;
    return inner;
  }
}

function blockOf(element: PageElement): PageElement | null {
  for (let at: PageNode | Parent | null = element; at && isElement(at); at = at.parentNode) if (isBlock(at)) return at;
  return null;
}
