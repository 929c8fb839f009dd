import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Row } from './figures.ts';

const dist = path.resolve(import.meta.dirname, '../../apps/web/dist');
const read = (file: string): string => readFileSync(path.join(dist, file), 'utf8');
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((m) => m[1]!);

/** A chunk and every chunk that it imports without being asked. */
function withImports(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const name of all(read(file), /(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)) withImports(`assets/${name}`, found);
  return found;
}

const zipped = (files: Iterable<string>): number => [...files].reduce((n, file) => n + gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).length, 0) / 1_000;

/** What a browser loads, as a web server would zip it: for the first page, and in addition for a document. Fonts are not in it. */
export function bundle(): Row[] {
  const section = 'web application, gzipped', page = read('index.html');
  const scripts = all(page, /(?:src|href)="\/(assets\/[^"]+\.js)"/g), styles = all(page, /href="\/(assets\/[^"]+\.css)"/g);
  const first = new Set(scripts.flatMap((script) => [...withImports(script)]));
  const asked = [...first].flatMap((file) => all(read(file), /import\(\s*["'`]\.\/(document-page[^"'`]+\.js)["'`]\s*\)/g));
  const document = new Set(asked.flatMap((name) => [...withImports(`assets/${name}`)]).filter((file) => !first.has(file)));
  if (document.size === 0) throw new Error('the document page has no chunk of its own');
  const preloaded = [...first].flatMap((file) => all(read(file), /"(assets\/(?:document-page|editor)[^"]+\.css)"/g));
  const row = (name: string, files: Iterable<string>): Row => ({ section, name, unit: 'kB', p50: zipped(files), n: [...files].length });
  return [row('first page, scripts', first), row('first page, styles', styles), row('a document, scripts in addition', document), row('a document, styles in addition', new Set(preloaded))];
}
