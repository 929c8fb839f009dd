import { AUTHENTIC_LANGUAGE, type Kind, type SlotKey, SLOTS } from '@parley/text';
import { type AttributeSpec, type DOMOutputSpec, type MarkSpec, type Node as PmNode, type NodeSpec, Schema } from 'prosemirror-model';
import { bareName, slotName } from '../ui/naming.ts';

const attr = (value: unknown): AttributeSpec => ({ default: value });

/**
 * A bracket is drawn, never text. Every drawn element carries `data-bracket`, and whatever reads the DOM back passes over it: otherwise
 * Chromium's own joining of lines would put one side's words under the other's name. A browser test holds this rule.
 */
const DRAWN = { tag: '[data-bracket]', ignore: true, priority: 1000 } as const;

/** A slot holds no line break: where the DOM has one, a browser has put it there to give an empty line its height, and read back it would be a space. */
const PLACEHOLDER = { tag: 'br', ignore: true, priority: 1000 } as const;

function provisionDom(node: PmNode): DOMOutputSpec {
  const { id, kind, label, level } = node.attrs as { id: string; kind: Kind; label: string; level: number };
  const outer = {
    class: `provision kind-${kind} level-${level}`, 'data-provision': id, 'data-kind': kind, 'data-level': String(level), 'data-label': label,
    ...(kind === 'heading' ? { role: 'heading', 'aria-level': String(Math.min(level + 2, 6)) } : {}),
  };
  return ['div', outer, ['div', { class: 'slots' }, 0]];
}

function slotDom(node: PmNode): DOMOutputSpec {
  const key = node.attrs.key as SlotKey;
  return ['div', { class: `slot slot-${bareName(key)}`, 'data-key': key, 'data-name': slotName(key) }, ['div', { class: 'words' }, 0]];
}

const nodes: Record<'doc' | 'provision' | 'slot' | 'text', NodeSpec> = {
  doc: { content: 'provision*', marks: 'chunk' },
  provision: {
    content: 'slot+', isolating: true, defining: true, selectable: false,
    attrs: { id: attr(''), kind: attr('paragraph'), label: attr(''), level: attr(0) },
    toDOM: provisionDom,
    parseDOM: [DRAWN, {
      tag: 'div[data-provision]', contentElement: '.slots',
      getAttrs: (dom) => ({ id: dom.dataset.provision, kind: dom.dataset.kind, label: dom.dataset.label, level: Number(dom.dataset.level) }),
    }],
  },
  slot: {
    content: 'text*', marks: 'ref em strong', isolating: true, defining: true, selectable: false, attrs: { key: attr(`${AUTHENTIC_LANGUAGE}:${SLOTS.paragraph[0]}`) },
    toDOM: slotDom,
    parseDOM: [PLACEHOLDER, { tag: 'div[data-key]', contentElement: '.words', preserveWhitespace: 'full', getAttrs: (dom) => ({ key: dom.dataset.key }) }],
    whitespace: 'pre',
  },
  text: {},
};

const marks: Record<'ref' | 'em' | 'strong' | 'chunk', MarkSpec> = {
  ref: {
    attrs: { id: attr('') }, inclusive: false,
    toDOM: (mark) => ['a', { 'data-ref': mark.attrs.id as string, class: 'ref' }, 0],
    parseDOM: [{ tag: 'a[data-ref]', getAttrs: (dom) => ({ id: dom.dataset.ref }) }],
  },
  em: { toDOM: () => ['em', 0], parseDOM: [{ tag: 'em' }, { tag: 'i' }] },
  strong: { toDOM: () => ['strong', 0], parseDOM: [{ tag: 'strong' }, { tag: 'b' }] },
  chunk: { attrs: { n: attr(''), height: attr(0) }, toDOM: () => ['div', { class: 'chunk' }, 0] },
};

/** The editor's view of a room: provisions, their slots in the order of the kind, inline text. Never stored. */
export const schema = new Schema({ nodes, marks });
