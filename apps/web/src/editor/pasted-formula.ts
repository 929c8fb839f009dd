import { attribute, classesOf, isElement, type PageElement, wordsIn } from './pasted-page.ts';

/** Elements of a formula (MathML) that put their parts above, below or over one another. */
export const FORMULA = new Set('msup msub msubsup mover munder munderover mfrac msqrt mroot'.split(' '));

/** A part of a formula: signs between parts, or an element, raised or lowered. */
export type FormulaPart = string | { readonly element: PageElement; readonly level?: 'raised' | 'lowered' };

/** A number or a name, which needs no parentheses. */
const isSingle = (element: PageElement): boolean => /^[\p{L}\p{N}.,]*$/u.test(wordsIn(element).trim());
const grouped = (element: PageElement): FormulaPart[] => (isSingle(element) ? [{ element }] : ['(', { element }, ')']);

/** The parts of a formula in one line, in which none can be taken for a part of another: 10⁶ is not 106, ⅓ not 13. `before` is what stands before it. */
export function partsOf(formula: PageElement, before: string): FormulaPart[] {
  const parts = formula.childNodes.filter(isElement), [first, second, third] = parts;
  if (!first || (!second && formula.tagName !== 'msqrt')) return parts.map((element) => ({ element }));
  switch (formula.tagName) {
    case 'mfrac': return [/\p{N}$/u.test(before) ? ' ' : '', ...grouped(first), '/', ...grouped(second!)];
    case 'msqrt': return ['√(', ...parts.map((element) => ({ element })), ')'];
    case 'mroot': return [{ element: second!, level: 'raised' }, '√(', { element: first }, ')'];
    case 'msub': case 'munder': return [...grouped(first), { element: second!, level: 'lowered' }];
    case 'msubsup': case 'munderover': return [...grouped(first), { element: second!, level: 'lowered' }, ...(third ? [{ element: third, level: 'raised' as const }] : [])];
    default: return [...grouped(first), { element: second!, level: 'raised' }];
  }
}

/** What only draws a formula whose words stand beside it. */
export const isOfFormula = (element: PageElement): boolean => classesOf(element).some((name) => /^(?:katex-html|mjx-chtml|mathjax_display|mwe-math-fallback-image-(?:inline|display))$/i.test(name)) && attribute(element, 'role') !== 'math';
