import { classesOf, attribute, isElement, type PageElement, type PastedPage, wordsIn } from './pasted-page.ts';
import type { LeftOut } from './pasted.ts';
import { isNoteSign } from './raised.ts';
import { hides, placed, strikes, type Style } from './page-style.ts';

const STRUCK = new Set(['del', 's', 'strike', 'w:del', 'w:movefrom']);
/** Under these names programs strike words, or mark them as taken out. */
const STRUCK_CLASS = /^(?:mso-?del|ice-del|line-through|strike(?:d|through|out|-through|-out)?|trackchange(?:text)?deletion)$|[-_](?:deletion|deleted)$/i;
const COMMENT_CLASS = /^(?:mso(?:comment(?:reference|text|subject)|comanchor|comtxt|comhide)|commentreference)$/i;
const NOTE_CLASS = /^(?:mso(?:footnote|endnote)text|sd(?:footnote|endnote)|footnotes?|endnotes?|footnote-(?:list|text|content)|references|reflist)$/i;
const MARK_CLASS = /^(?:mso(?:footnote|endnote)reference|sd(?:footnote|endnote)(?:anc|sym)|footnote-(?:ref|reference|backref|back|anchor)|footnoteref|noteref|reference)$/i;
const MARK_LENGTH = 8;
const UNSEEN_CLASS = /^(?:sr-only|visually-hidden|visuallyhidden|screen-reader-text|offscreen)$/i;

function aside(element: PageElement, style: Style): LeftOut | null {
  const classes = classesOf(element), has = (pattern: RegExp) => classes.some((name) => pattern.test(name)), role = `${attribute(element, 'role') ?? ''} ${attribute(element, 'epub:type') ?? ''}`;
  const kind = style.get('mso-element') ?? '', sign = style.get('mso-special-character') ?? '';
  if (/^comment/.test(kind) || sign === 'comment' || has(COMMENT_CLASS)) return 'comments';
  if (style.has('mso-footnote-id') || style.has('mso-endnote-id') || sign === 'footnote' || (has(MARK_CLASS) && wordsIn(element).trim().length <= MARK_LENGTH) || /noteref|doc-backlink/.test(role)) return 'marks';
  if (/^(?:foot|end)note/.test(kind) || has(NOTE_CLASS) || /(?:foot|end|rear)notes?\b/.test(role) || /^sd(?:foot|end)note\d+$/.test(attribute(element, 'id') ?? '')) return 'notes';
  return /^(?:header|footer)$/.test(kind) ? 'hidden' : null;
}

/** A sign beside a heading that leads to it; seen when the mouse is there. */
const isAnchor = (element: PageElement): boolean => element.tagName === 'a' && /^[¶#§∞🔗]$/u.test(wordsIn(element).trim()) && classesOf(element).some((c) => /(?:^|-)(?:anchor|headerlink|permalink)(?:$|-)/i.test(c));

/** A formula as it is written for whoever cannot see how it is drawn: that is read, and the drawing is not. */
const isReadAloud = (element: PageElement): boolean => element.tagName === 'mjx-assistive-mml' || classesOf(element).some((c) => /^(?:katex-mathml|mwe-math-mathml-a11y|mjx_assistive_mathml)$/i.test(c));

/** Why an element does not come in; null: it does. `behind` is the colour behind it. */
export function leftOut(page: PastedPage, element: PageElement, style: Style, behind: string): LeftOut | null {
  if (page.isDrawn(element)) return null;
  if (STRUCK.has(element.tagName) || strikes(style) || classesOf(element).some((c) => STRUCK_CLASS.test(c))) return 'struck';
  if (isReadAloud(element)) return null;
  if (isAnchor(element)) return 'hidden';
  if (attribute(element, 'hidden') !== undefined || (element.tagName === 'dialog' && attribute(element, 'open') === undefined) || hides(style, behind) || classesOf(element).some((c) => UNSEEN_CLASS.test(c))) return 'hidden';
  const said = aside(element, style);
  if (said) return said;
  const body = page.asideIn(element);
  if (body) return body;
  if (page.isMark(element)) return /#_?(?:cmnt|msocom)/i.test(attribute(element, 'href') ?? '') ? 'comments' : 'marks';
  const superior = element.tagName === 'sup' || placed(style) === 'raised';
  return superior && isNoteSign(wordsIn(element)) && !element.childNodes.some((c) => isElement(c) && page.isMark(c)) ? 'marks' : null;
}
