import { cleanText, isProvisionId, type LineHint, type Marks, marksOf, normal, plainLine, type Run, type SourceLine, textOf } from '@parley/text';
import { leftOut } from './left-out.ts';
import { type LeftOut, OURS, type Pasted } from './pasted.ts';
import { attribute, elementsIn, isBlock, isElement, type PageElement, type PageNode, PastedPage, wordsIn } from './pasted-page.ts';
import { behindOf, ownLine, placed, type Style } from './page-style.ts';
import { FORMULA, isOfFormula, partsOf } from './pasted-formula.ts';
import { raised } from './raised.ts';
import { ListCount } from './list-count.ts';

const UNREAD = new Set('script style head title template noscript noframes noembed iframe object embed select option datalist textarea input button meter progress audio video canvas svg annotation annotation-xml meta link'.split(' '));
/** Items and cells, which are apart however they are laid out. */
const APART = new Set(['li', 'dt', 'dd', 'tr', 'td', 'th']);
/** How characters are spoken, written beside them. */
const READINGS = new Set(['rt', 'rtc', 'rp']);

interface Manner {
  readonly strong: boolean;
  readonly em: boolean;
  readonly ref: string | null;
  readonly level: 'raised' | 'lowered' | null;
  readonly behind: string;
  /** White space is meant. */
  readonly exact: boolean;
}

interface Line { readonly runs: Run[]; parted: 'block' | 'line'; hint: LineHint | undefined }

const weight = (style: Style): boolean | null => { const value = style.get('font-weight'); return value === undefined ? null : /^bold|^[6-9]\d\d$/.test(value) ? true : /^(?:normal|lighter|[1-5]\d\d)$/.test(value) ? false : null; };
const slant = (style: Style): boolean | null => { const value = style.get('font-style'); return value === undefined ? null : /^(?:italic|oblique)/.test(value) ? true : value === 'normal' ? false : null; };

/** Words longer than this are moved for looks. */
const SIGN_LENGTH = 8;
const placedIn = (element: PageElement, style: Style) => { const place = placed(style); return place === 'on the line' || wordsIn(element).trim().length <= SIGN_LENGTH || /^su/.test(style.get('vertical-align') ?? '') ? place : null; };

function mannerIn(element: PageElement, style: Style, outer: Manner): Manner {
  const tag = element.tagName, place = isBlock(element) ? null : placedIn(element, style), ref = tag === 'a' ? attribute(element, 'data-ref') : undefined;
  return {
    strong: weight(style) ?? (outer.strong || tag === 'b' || tag === 'strong'), em: slant(style) ?? (outer.em || tag === 'i' || tag === 'em'),
    ref: isProvisionId(ref) ? ref : outer.ref,
    level: tag === 'sup' || place === 'raised' ? 'raised' : tag === 'sub' || place === 'lowered' ? 'lowered' : place === 'on the line' ? null : outer.level,
    behind: behindOf(style, outer.behind), exact: outer.exact || tag === 'pre' || /^pre/.test(style.get('white-space') ?? ''),
  };
}

const isClosed = (element: PageElement): boolean => element.tagName === 'details' && attribute(element, 'open') === undefined;

/** Reads a page as if every change in it had been accepted: words and emphasis; nothing that is struck, hidden, or said beside the text, and nothing of a drawn bracket. */
class Reader {
  readonly left = new Set<LeftOut>();
  raised = false;
  private readonly lines: Line[] = [{ runs: [], parted: 'block', hint: undefined }];
  private pending: LineHint | undefined;
  private blocks = false;
  private parted = false;
  private readonly lists = new ListCount();

  constructor(private readonly page: PastedPage, private readonly ours: boolean) {}

  read(): Pasted {
    this.children(this.page.body, { strong: false, em: false, ref: null, level: null, behind: '255,255,255', exact: this.ours });
    const headed = this.lines.some((l) => l.hint?.heading);
    const lines = this.lines.map(({ runs, parted, hint }): SourceLine => ({ words: normal(runs), parted, ...((hint ?? headed) && { hint: headed ? { heading: false, ...hint } : hint! }) }));
    return { lines: lines.filter((l) => (this.ours ? l.words.length > 0 : textOf(l.words).trim() !== '')), left: this.left, raised: this.raised, inline: !this.blocks, parted: this.parted, ours: this.ours };
  }

  private children(parent: { readonly childNodes: readonly PageNode[] }, manner: Manner): void {
    for (const one of parent.childNodes) {
      if ('value' in one) this.put(one.value, manner);
      else if (isElement(one)) this.element(one, manner);
    }
  }

  private element(element: PageElement, outer: Manner): void {
    const { tagName } = element;
    if (tagName === 'img' && !isOfFormula(element)) this.left.add('pictures');
    if (UNREAD.has(tagName) || attribute(element, 'data-bracket') !== undefined || isOfFormula(element)) return;
    if (READINGS.has(tagName)) { if (tagName !== 'rp') this.left.add('readings'); return; }
    if (tagName === 'br') return this.lineEnd();
    const style = this.page.styleOf(element);
    if (/^ignore$/.test(style.get('mso-list') ?? '')) return this.label(wordsIn(element));
    const why = leftOut(this.page, element, style, behindOf(style, outer.behind));
    if (why) { if (wordsIn(element).trim() !== '') this.left.add(why); return; }
    const manner = mannerIn(element, style, outer);
    if (FORMULA.has(tagName)) return this.formula(element, manner);
    if (!(APART.has(tagName) || (ownLine(style) ?? isBlock(element)))) return this.children(element, manner);
    this.block(element, style, manner);
  }

  /** A part of a formula in one line: 10⁶, (a+b)/c. */
  private formula(element: PageElement, manner: Manner): void {
    for (const part of partsOf(element, textOf(this.line.runs))) {
      if (typeof part === 'string') this.put(part, manner);
      else this.element(part.element, part.level ? { ...manner, level: part.level } : manner);
    }
  }

  private block(element: PageElement, style: Style, manner: Manner): void {
    const { tagName } = element;
    this.blocks ||= tagName !== 'body';
    this.parted ||= tagName === 'p' || tagName === 'li';
    this.part();
    const level = /level(\d+)/.exec(style.get('mso-list') ?? '');
    if (/^h[1-6]$/.test(tagName) || attribute(element, 'role') === 'heading') this.hint({ heading: true });
    if (level) this.hint({ level: Number(level[1]) - 1 });
    if (tagName === 'ol' || tagName === 'ul') this.lists.enter(element, style);
    if (tagName === 'li') this.hint(this.lists.next(element, style, this.page));
    this.children(isClosed(element) ? this.summaryOf(element) : element, manner);
    if (tagName === 'ol' || tagName === 'ul') this.lists.leave();
    this.part();
    this.pending = undefined;
  }

  /** What is seen of details that are closed. */
  private summaryOf(details: PageElement): { childNodes: PageNode[] } {
    const summary = details.childNodes.filter((one) => isElement(one) && one.tagName === 'summary').slice(0, 1);
    if (details.childNodes.some((one) => !summary.includes(one) && wordsIn(one).trim() !== '')) this.left.add('hidden');
    return { childNodes: summary };
  }

  private hint(hint: LineHint): void {
    this.pending = { ...this.pending, ...hint };
  }

  /** A number or bullet that Word has counted for a paragraph. */
  private label(text: string): void {
    const label = cleanText(text).replace(/[\s\u00A0]+/g, ' ').trim();
    if (label) this.hint({ label: /^[·o§Øü\uF000-\uF0FF•▪■◦●–*-]$/u.test(label) ? '•' : label });
  }

  private get line(): Line { return this.lines.at(-1)!; }

  private part(): void {
    if (this.line.runs.some((r) => this.ours || r.t.trim() !== '')) this.lines.push({ runs: [], parted: 'block', hint: undefined });
    else { this.line.runs.length = 0; this.line.parted = 'block'; }
  }

  /** A soft line break; two of them part paragraphs. */
  private lineEnd(): void {
    if (this.line.runs.some((r) => r.t.trim() !== '')) this.lines.push({ runs: [], parted: 'line', hint: undefined });
    else this.line.parted = 'block';
  }

  private put(text: string, manner: Manner): void {
    if (!this.ours && manner.exact && /[\r\n]/.test(text)) {
      text.split(/\r\n?|\n/).forEach((part, i) => { if (i > 0) this.lineEnd(); this.put(part, manner); });
      return;
    }
    const plain = this.ours ? cleanText(text) : plainLine(manner.exact ? text : text.replace(/\s+/g, ' '));
    if (!plain) return;
    const before = textOf(this.line.runs), words = manner.level && plain.trim() ? raised(plain, manner.level, before) : plain;
    if (words !== plain) this.raised = true;
    if (words.trim() !== '' && this.pending) { this.line.hint = { ...this.line.hint, ...this.pending }; this.pending = undefined; }
    const marks: Marks | undefined = marksOf([...(manner.strong ? ['strong'] : []), ...(manner.em ? ['em'] : []), ...(manner.ref ? [`ref:${manner.ref}`] : [])]);
    const tight = !manner.exact && (before === '' ? this.blocks : before.endsWith(' ')) ? words.replace(/^ /, '') : words;
    if (tight) this.line.runs.push(marks ? { t: tight, m: marks } : { t: tight });
  }
}

/** Reads HTML from a clipboard. */
export function readHtml(html: string): Pasted {
  const page = new PastedPage(html), ours = [...elementsIn(page.body)].some((e) => attribute(e, OURS) !== undefined);
  return new Reader(page, ours).read();
}
