// `npm run licences`: writes `docs/third-party.md`, the packages that Parley is made of when it runs, with their licences, from the lock file.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const PAGE = path.join(root, 'docs/third-party.md');

/** Licences that ask for nothing but to be named along with what they are of; the last is of the fonts. */
export const TAKEN = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'Unlicense', '(MIT OR CC0-1.0)', 'OFL-1.1'];

/** Of old packages the lock file does not say the licence: their own files do. */
function licenceInFolder(folder) {
  const { license, licenses } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const said = license ?? licenses?.[0]?.type;
  if (said) return said;
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name) || /^readme/i.test(name));
  return file && /MIT License|Permission is hereby granted, free of charge/.test(readFileSync(path.join(folder, file), 'utf8')) ? 'MIT' : 'unknown';
}

/** Every package that is there when Parley runs, each version once, by name: `{ name, version, licence }`. */
export function packages() {
  const { packages: locked } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const found = new Map();
  for (const [place, { version, license, dev, link }] of Object.entries(locked)) {
    const at = place.lastIndexOf('node_modules/');
    if (at < 0 || dev || link) continue;
    const name = place.slice(at + 'node_modules/'.length), folder = path.join(root, place);
    found.set(`${name} ${version}`, { name, version, licence: license ?? (existsSync(folder) ? licenceInFolder(folder) : 'unknown') });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));
}

/** The page, as it should be. */
export function page() {
  const rows = packages().map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
  return `# Third-party packages

What Parley is made of when it runs, besides its own code. Made by \`npm run licences\`; the licence of each stands in its package. The packages of the embedded database bring PostgreSQL itself, under the PostgreSQL License.

| package | version | licence |
|---|---|---|
${rows.join('\n')}
`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) writeFileSync(PAGE, page());
