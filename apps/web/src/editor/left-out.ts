import { classesOf, attribute, isElement, type PageElement, type PastedPage, wordsIn } from './pasted-page.ts';
import type { LeftOut } from './pasted.ts';
import { isNoteSign } from './raised.ts';
import { hides, type Style } from './page-style.ts';

const STRUCK = new Set(['del', 's', 'strike']);
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

/** Why an element does not come in; null: it does. `behind` is the colour behind it. */
export function leftOut(page: PastedPage, element: PageElement, style: Style, behind: string): LeftOut | null {
  if (page.isDrawn(element)) return null;
  if (STRUCK.has(element.tagName) || /line-through/.test(`${style.get('text-decoration') ?? ''} ${style.get('text-decoration-line') ?? ''}`) || classesOf(element).some((c) => /^msodel$/i.test(c))) return 'struck';
  if (attribute(element, 'hidden') !== undefined || hides(style, behind) || classesOf(element).some((c) => UNSEEN_CLASS.test(c))) return 'hidden';
  const said = aside(element, style);
  if (said) return said;
  const body = page.asideIn(element);
  if (body) return body;
  if (page.isMark(element)) return /^#_?(?:cmnt|msocom)/i.test(attribute(element, 'href') ?? '') ? 'comments' : 'marks';
  const superior = element.tagName === 'sup' || /^super/.test(style.get('vertical-align') ?? '');
  return superior && isNoteSign(wordsIn(element)) && !element.childNodes.some((c) => isElement(c) && page.isMark(c)) ? 'marks' : null;
}
