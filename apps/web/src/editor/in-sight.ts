import { DOMSerializer, type Mark, type Node as PmNode } from 'prosemirror-model';
import { Decoration, type MarkView, type MarkViewConstructor, type NodeView, type NodeViewConstructor } from 'prosemirror-view';
import { LONG_TEXT } from '../ui/long-text.ts';
import { scrollerOf } from '../ui/scroller.ts';
import { schema } from './schema.ts';

/** So many are drawn before anything is known of the screen. */
const FIRST = 20;
/** How near to the screen something has to be. */
const NEAR = '1200px 0px';

/**
 * Which provisions of a long text are drawn: those that have come near the screen, for good. The others stand there as plain words (E40). Of a text that is not long
 * everything is.
 */
export class InSight {
  private readonly drawn: Set<string> | null;
  private readonly watch: IntersectionObserver | null;
  private readonly arrivals = new WeakMap<Element, () => void>();
  private made: Element[] = [];
  private everything = false;

  /** `ids`: the provisions in order. `came` is called after others have come near. */
  constructor(mount: Element, private readonly ids: () => readonly string[], private readonly came: () => void) {
    const all = ids(), long = all.length > LONG_TEXT;
    this.drawn = long ? new Set(all.slice(0, FIRST)) : null;
    this.watch = long ? new IntersectionObserver((seen) => this.arrived(seen), { root: scrollerOf(mount), rootMargin: NEAR }) : null;
    if (long) window.addEventListener('beforeprint', this.beforePrint);
  }

  /** Whether anything waits until it comes in sight, or did. */
  get isLong(): boolean {
    return this.drawn !== null;
  }

  get isWhole(): boolean {
    return this.drawn === null || this.everything;
  }

  has(id: string): boolean {
    return this.isWhole || this.drawn!.has(id);
  }

  /** Takes provisions in; true where one of them was not there. */
  add(ids: Iterable<string>): boolean {
    let news = false;
    for (const id of ids) if (!this.has(id)) { this.drawn!.add(id); news = true; }
    return news;
  }

  /** Takes in a provision and those around it. */
  around(id: string): boolean {
    const all = this.isWhole ? [] : this.ids(), at = all.indexOf(id);
    return at >= 0 && this.add(all.slice(Math.max(0, at - FIRST / 2), at + FIRST / 2));
  }

  /** Calls `arrival` once, when the element has come near; at once where everything is drawn. */
  whenNear(element: Element, arrival: () => void): void {
    if (this.isWhole || !this.watch) { arrival(); return; }
    this.arrivals.set(element, arrival);
    if (this.made.push(element) === 1) queueMicrotask(() => this.watchMade());
  }

  /** Watches what has been made since, when it stands in its chunk: the chunk for all that is in it. */
  private watchMade(): void {
    const boxes = new Set(this.made.filter((element) => this.arrivals.has(element)).map(boxOf));
    this.made = [];
    for (const box of boxes) this.watch?.observe(box);
  }

  forget(element: Element): void {
    this.arrivals.delete(element);
    this.watch?.unobserve(element);
  }

  destroy(): void {
    this.watch?.disconnect();
    window.removeEventListener('beforeprint', this.beforePrint);
  }

  private arrived(seen: readonly IntersectionObserverEntry[]): void {
    const near = seen.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target);
    for (const box of near) for (const element of [box, ...box.querySelectorAll('[data-later]')]) this.arrive(element);
    if (near.length > 0) this.came();
  }

  private arrive(element: Element): void {
    const arrival = this.arrivals.get(element);
    this.forget(element);
    arrival?.();
  }

  /** Paper has no screen to come near to. */
  private readonly beforePrint = (): void => {
    this.everything = true;
    for (const element of document.querySelectorAll('[data-later]')) this.arrive(element);
    this.came();
  };
}

const CHUNK = 'chunk';

/** What is watched for an element: the chunk that it is in, or itself where it is in none. */
const boxOf = (element: Element): Element => element.closest(`.${CHUNK}`) ?? element;

/** The element around provisions that are laid out together: as high as they may be, until that is known. */
class ChunkView implements MarkView {
  readonly dom = document.createElement('div');

  constructor({ attrs }: Mark, private readonly inSight: InSight) {
    this.dom.className = CHUNK;
    this.dom.style.containIntrinsicBlockSize = `auto ${attrs.height as number}px`;
  }

  destroy(): void {
    this.inSight.forget(this.dom);
  }
}

/** Marks a provision as drawn: its view looks for it. */
export const nearMark = (from: number, to: number, id: string): Decoration => Decoration.node(from, to, {}, { id, near: true });

const isNear = (decorations: readonly Decoration[]): boolean => decorations.some(({ spec }) => (spec as { near?: boolean }).near === true);

/** A provision on the screen: with its words to be written in, or, not yet near, as plain words that nothing is drawn over. */
class ProvisionView implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement | null;

  constructor(private node: PmNode, private readonly near: boolean, private readonly inSight: InSight) {
    const { dom, contentDOM } = DOMSerializer.renderSpec(document, node.type.spec.toDOM!(node));
    this.dom = dom as HTMLElement;
    this.contentDOM = near ? contentDOM! : null;
    if (near) return;
    DOMSerializer.fromSchema(schema).serializeFragment(node.content, { document }, contentDOM);
    this.dom.dataset.later = '';
    inSight.whenNear(this.dom, () => inSight.add([this.node.attrs.id as string]));
  }

  update(node: PmNode, decorations: readonly Decoration[]): boolean {
    const near = this.inSight.isWhole || isNear(decorations);
    if (near !== this.near || !node.sameMarkup(this.node) || (!near && !node.eq(this.node))) return false;
    this.node = node;
    return true;
  }

  destroy(): void {
    this.inSight.forget(this.dom);
  }
}

interface Views { readonly nodeViews?: { provision: NodeViewConstructor }; readonly markViews?: { chunk: MarkViewConstructor } }

/** How the provisions of a long text are shown; those of another as the schema says. */
export const viewsOf = (inSight: InSight): Views => (!inSight.isLong ? {} : {
  nodeViews: { provision: (node, _view, _pos, decorations) => new ProvisionView(node, inSight.isWhole || isNear(decorations), inSight) },
  markViews: { chunk: (mark) => new ChunkView(mark, inSight) },
});
