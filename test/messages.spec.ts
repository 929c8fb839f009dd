import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { english } from '@parley/messages';
import { passwordSchema } from '@parley/protocol';
import { PROVISION_LIMIT, WORDS_LIMIT } from '@parley/text';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !/\.spec\.tsx?$|\.d\.ts$/.test(name)).map((name) => `${folder}/${name}`);
}

const parsed = (file: string): ts.SourceFile => ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
const files = ['apps/web/src', 'apps/server/src', 'libs/text/src'].flatMap(sources).map(parsed);

function* nodes(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodes(child);
}
const all = files.flatMap((file) => [...nodes(file)].map((node) => ({ file, node })));
const at = ({ file, node }: { file: ts.SourceFile; node: ts.Node }): string => `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;

/** What a message takes: the names of its values, and of the elements drawn around words of it. */
function valuesOf(elements: readonly MessageFormatElement[]): string[] {
  return [...new Set(elements.flatMap((one): string[] => {
    if (one.type === TYPE.literal || one.type === TYPE.pound) return [];
    if (one.type === TYPE.tag) return [one.value, ...valuesOf(one.children)];
    if (one.type === TYPE.select || one.type === TYPE.plural) return [one.value, ...Object.values(one.options).flatMap((option) => valuesOf(option.value))];
    return [one.value];
  }))].sort();
}

const ids = Object.keys(english) as (keyof typeof english)[];

/** Calls of `message('id', { … })` and `phrases(wording, 'id', { … })`, with what they give. */
const CALLS = all.flatMap(({ file, node }) => {
  if (!ts.isCallExpression(node) || !/(^|\.)(message|phrases)$/.test(node.expression.getText())) return [];
  const i = node.arguments.findIndex((argument) => ts.isStringLiteral(argument) && argument.text in english);
  if (i < 0) return [];
  const values = node.arguments[i + 1];
  const names = !values ? [] : ts.isObjectLiteralExpression(values) && values.properties.every((p) => p.name && (ts.isShorthandPropertyAssignment(p) || ts.isPropertyAssignment(p) || ts.isMethodDeclaration(p))) ? values.properties.map((p) => p.name!.getText().replace(/'/g, '')).sort() : null;
  return [{ file, node, id: (node.arguments[i] as ts.StringLiteral).text as keyof typeof english, names }];
});

/** Words between which a person reads: at least two, or one that begins as sentences do. */
const READ = /\p{L}{2,}[,;:]? \p{L}|^\p{Lu}\p{Ll}{2,}( |\.|…|$)/u;

/** What looks like words and is read by nobody: keys of the keyboard, names of elements and of components, styles; and two that are compared with what people or earlier versions wrote. */
const NOT_READ = /^(Enter|Escape|Backspace|Tab|Lines?|on the line|white-space: pre-wrap|ref em strong|You typed them after the text had been closed there\.|[a-z][\w-]*( [a-z][\w-]*){5,})$/;

describe('the messages', () => {
  it('[M2] each is one that the format takes, with a choice for everything else, and no straight apostrophe, which is a sign of the format', () => {
    expect(ids.length).toBeGreaterThan(500);
    for (const id of ids) {
      expect(() => parse(english[id]), id).not.toThrow();
      expect(english[id], id).not.toContain("'");
      expect(english[id].trim(), id).not.toBe('');
    }
  });

  it('[M2] the limits that a sentence names are those that hold: a refusal takes no values, since the server sends its sentence as it stands', () => {
    for (const id of ['refusal.document-full', 'refusal.room-full'] as const) expect(english[id]).toContain(`half a million characters and ${PROVISION_LIMIT.toLocaleString('en-GB')} provisions`);
    expect(WORDS_LIMIT).toBe(500_000);
    const least = Array.from({ length: 40 }, (_, n) => n).find((n) => passwordSchema.safeParse('x'.repeat(n)).success);
    for (const id of ['refusal.weak-password', 'access.field.newPassword.description', 'access.link.password.description', 'access.setUp.password.description'] as const) expect(english[id]).toMatch(new RegExp(`at least ${least} characters`, 'i'));
  });

  it('[M1] each stands in the file that its first word names', () => {
    const folder = path.join(root, 'libs/messages/src/en'), wrong = readdirSync(folder).flatMap((name) =>
      Object.keys(JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as object).filter((id) => id.split('.')[0] !== name.replace(/s?\.json$/, '') && id.split('.')[0] !== name.replace('.json', '')).map((id) => `${name}: ${id}`));
    expect(wrong).toEqual([]);
  });

  it('[M3] each is said somewhere', () => {
    const literal = new Set(all.flatMap(({ node }) => (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) ? [node.text] : [])));
    const begun = all.flatMap(({ node }) => (ts.isTemplateExpression(node) && /^\w+\.[\w.]*$/.test(node.head.text) ? [{ head: node.head.text, tail: node.templateSpans.at(-1)!.literal.text }] : []));
    expect(ids.filter((id) => !literal.has(id) && !begun.some(({ head, tail }) => id.startsWith(head) && id.endsWith(tail)))).toEqual([]);
  });

  it('[M3] each is given the values that it has, and no others', () => {
    expect(CALLS.length).toBeGreaterThan(400);
    const wrong = CALLS.filter(({ names, id }) => names !== null && names.join() !== valuesOf(parse(english[id])).join());
    expect(wrong.map((call) => `${at(call)} ${call.id}: gives ${call.names!.join(', ') || 'nothing'}, has ${valuesOf(parse(english[call.id])).join(', ') || 'nothing'}`)).toEqual([]);
  });

  it('[M4] none is said while a module is loaded: the language is chosen after that', () => {
    const inFunction = (node: ts.Node): boolean => !!ts.findAncestor(node, (one) => ts.isFunctionLike(one) || (ts.isPropertyDeclaration(one) && !one.modifiers?.some((m) => m.kind === ts.SyntaxKind.StaticKeyword)));
    expect(all.filter(({ node }) => ts.isCallExpression(node) && /(^|\.)(message|listed|refusalSentence)$/.test(node.expression.getText()) && !inFunction(node)).map(at)).toEqual([]);
  });

  it('[M1] nothing that a person reads stands in the code of the web', () => {
    const isNoWords = (node: ts.Node): boolean => !!ts.findAncestor(node, (one) => ts.isImportDeclaration(one) || ts.isTypeNode(one) || (ts.isNewExpression(one) && /Error$/.test(one.expression.getText()))
      || (ts.isJsxAttribute(one) && /^(className|style|d|viewBox)$/.test(one.name.getText())) || (ts.isPropertyAssignment(one) && /^'?(class|className|nodeName|font|transform)'?$/.test(one.name.getText()))
      || (ts.isCallExpression(one) && /(^|\.)(child|put|drawnElement|querySelector|querySelectorAll|closest|matches|useMediaQuery|addEventListener|createElement|setProperty|super)$/.test(one.expression.getText()))
      || (ts.isBinaryExpression(one) && /className$/.test(one.left.getText())));
    const words = all.filter(({ file, node }) => file.fileName.startsWith('apps/web/') && (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) && READ.test(node.text) && !NOT_READ.test(node.text.replace(/\s+/g, ' ').trim()) && !isNoWords(node));
    const joined = all.filter(({ file, node }) => file.fileName.startsWith('apps/web/') && ts.isTemplateExpression(node) && [node.head, ...node.templateSpans.map(({ literal }) => literal)].some(({ text }) => READ.test(text)) && !isNoWords(node));
    expect(joined.map((one) => `${at(one)} ${one.node.getText()}`)).toEqual([]);
    expect(words.map((one) => `${at(one)} ${one.node.getText()}`)).toEqual([]);
  });
});
