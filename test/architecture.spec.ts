import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { routes } from './support/routes.ts';
import { packages, page, TAKEN } from './support/third-party.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** Every file of such a name below the folders named, relative to the root. */
function filesBelow(folders: readonly string[], named: RegExp): string[] {
  return folders.flatMap((folder) => readdirSync(path.join(root, folder)).flatMap((name): string[] => {
    const at = `${folder}/${name}`;
    if (name === 'node_modules' || name === 'dist') return [];
    if (statSync(path.join(root, at)).isDirectory()) return filesBelow([at], named);
    return named.test(name) ? [at] : [];
  }));
}

const sources = (...folders: string[]): string[] => filesBelow(folders, /\.tsx?$/);

/** What a file imports: package names as they are, relative imports as paths from the root. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const named = [...text.matchAll(/^\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm)];
  return named.map((m) => m[1] ?? m[2] ?? m[3]!).map((target) => (target.startsWith('.') ? path.posix.normalize(path.posix.join(path.posix.dirname(file), target)) : target));
}

const files = sources('libs', 'apps', 'test').filter((f) => !f.endsWith('architecture.spec.ts'));
const isTest = (file: string) => /\.spec\.tsx?$|\/test-support\//.test(file) || file.startsWith('test/');
const production = files.filter((f) => !isTest(f));

/** The first line whose folder holds the file says everything that the file may import from outside its own folder. */
const MAY_IMPORT: readonly [folder: string, targets: RegExp][] = [
  ['libs/ledger/src/', /^@noble\/hashes\//],
  ['libs/text/src/', /^(@parley\/(ledger|messages)|yjs)$/],
  ['libs/messages/src/', /^@formatjs\/icu-messageformat-parser$/],
  ['libs/negotiation/src/zod.ts', /^zod$/],
  ['libs/negotiation/src/', /^@parley\/text$/],
  ['libs/protocol/src/', /^@parley\/(ledger|text|negotiation)$/],
  ['libs/sync/src/', /^(@parley\/(text|negotiation|protocol)|yjs)$/],
  ['apps/server/src/storage/', /^(@nestjs\/|typeorm(\/|$)|pg$|node:|@parley\/|apps\/server\/src\/(record\/((record|snapshot|difference|group|lease|membership|read-position)\.store|state-mac|authenticated-snapshots)|access\/account\.store|logger)\.ts$)/],
  ['apps/server/src/record/', /^(@nestjs\/|node:|@parley\/|apps\/server\/src\/logger\.ts)/],
  ['apps/server/src/limits/', /^(node:|apps\/server\/src\/logger\.ts$)/],
  ['apps/server/src/commit/', /^(@nestjs\/|node:|@parley\/|apps\/server\/src\/((limits|record)\/|logger\.ts$))/],
  ['apps/server/src/documents/', /^(@nestjs\/|node:|@parley\/|yjs$|apps\/server\/src\/((commit|limits|record)\/|logger\.ts$))/],
  ['apps/server/src/groups/', /^(@nestjs\/|node:|@parley\/|apps\/server\/src\/((commit|documents|limits|record)\/|logger\.ts$))/],
  ['apps/server/src/http/', /^(@nestjs\/|node:|@parley\/|zod$|express$|apps\/server\/src\/(access|documents|groups|limits|record)\/)/],
  ['apps/server/src/access/', /^(@nestjs\/|node:|@parley\/|zod$|express|passport|connect-pg-simple$|proxy-addr$|unhomoglyph$|pg$|rxjs|@node-rs\/argon2$|@zxcvbn-ts\/|apps\/server\/src\/(limits\/|record\/membership\.store\.ts$|(groups\/(rooms|working-groups)|config|address|logger)\.ts$))/],
  ['apps/server/src/realtime/', /^(@nestjs\/|node:|@parley\/|zod$|express|socket\.io|apps\/server\/src\/(access|groups|http|limits)\/|apps\/server\/src\/(config|address|logger)\.ts$)/],
  ['apps/server/src/', /^(@nestjs\/|node:|pino$|@parley\/|express|helmet$|proxy-addr$|reflect-metadata$|zod$|pg$|apps\/server\/src\/)/],
  ['apps/web/src/ui/messages.ts', /^(@parley\/messages$|react$|react-intl$)/],
  ['apps/web/src/ui/', /^(@parley\/|react$|react-dom|@mantine\/|@tanstack\/)/],
  ['apps/web/src/sync/', /^(@parley\/|react$|socket\.io-|idb$|@tanstack\/|apps\/web\/src\/ui\/)/],
  ['apps/web/src/undelivered/', /^(@parley\/|react$|@mantine\/|apps\/web\/src\/(sync|ui)\/)/],
  ['apps/web/src/access/', /^(@parley\/|react$|@mantine\/|@tanstack\/|apps\/web\/src\/(undelivered|sync|ui)\/)/],
  ['apps/web/src/editor/', /^(@parley\/|react$|yjs$|parse5$|prosemirror-|react-dom|@mantine\/|apps\/web\/src\/ui\/)/],
  ['apps/web/src/provisions/', /^(@parley\/|react$|@mantine\/|apps\/web\/src\/(editor|access|undelivered|sync|ui)\/)/],
  ['apps/web/src/proposals/', /^(@parley\/|react$|@mantine\/|@tanstack\/|apps\/web\/src\/(provisions|sync|ui)\/)/],
  ['apps/web/src/document/', /^(@parley\/|react$|@mantine\/|@tanstack\/|apps\/web\/src\/(history|proposals|provisions|editor|access|undelivered|sync|ui)\/)/],
  ['apps/web/src/history/', /^(@parley\/|react$|@mantine\/|@tanstack\/|apps\/web\/src\/(proposals|editor|access|sync|ui)\/)/],
  ['apps/web/src/group/', /^(@parley\/|react$|@mantine\/|@tanstack\/|apps\/web\/src\/(proposals|editor|access|sync|ui)\/)/],
  ['apps/web/src/', /^(@parley\/|react$|react-dom|@mantine\/|@tanstack\/|@fontsource|apps\/web\/src\/)/],
  ['apps/cli/src/', /^(@parley\/(text|negotiation|protocol|sync)$|node:|socket\.io-|apps\/cli\/src\/)/],
];

function strays(): string[] {
  return production.filter((f) => f.includes('/src/')).flatMap((file) => {
    const line = MAY_IMPORT.find(([folder]) => file.startsWith(folder));
    if (!line) return [`${file}: no room of the design`];
    return importsOf(file).filter((target) => !target.startsWith(line[0]) && !line[1].test(target)).map((target) => `${file} → ${target}`);
  });
}

/** Files of a folder, or folders, that import one another in a circle, types included: each circle once, from its first. */
function circles(folder: string, of: (file: string) => readonly string[] = importsOf, among: readonly string[] = production.filter((f) => f.startsWith(folder))): string[] {
  const found = new Set<string>(), done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) { found.add([...path.slice(at), file].join(' → ')); return; }
    if (done.has(file)) return;
    for (const target of of(file)) if (target.startsWith(folder)) walk(target, [...path, file]);
    done.add(file);
  };
  for (const file of among) walk(file, []);
  return [...found];
}

const offenders = (pattern: RegExp, among: readonly string[] = production): string[] =>
  among.filter((file) => pattern.test(readFileSync(path.join(root, file), 'utf8')));

/** Where specs stand, by the tier that tries them: as `vitest.config.ts` has it. */
const TIERS: readonly RegExp[] = [
  /^libs\/\w+\/src\/.+(?<!\.database)\.spec\.ts$|^apps\/\w+\/src\/.+(?<!\.database)\.spec\.tsx?$|^test\/[^/]+\.spec\.ts$/,
  /^test\/fuzz\/.+\.spec\.ts$/, /^apps\/\w+\/src\/.+\.database\.spec\.tsx?$/, /^test\/journeys\/.+\.spec\.ts$/, /^test\/browser\/.+\.spec\.ts$/,
];

/** The rules of every SPEC, and where each stands. */
const rules = filesBelow(['libs', 'apps'], /^SPEC.*\.md$/).flatMap((spec) => [...readFileSync(path.join(root, spec), 'utf8').matchAll(/^- \*\*(([A-Z]{1,2})\d+)\*\*/gm)].map(([, id, prefix]) => ({ id: id!, prefix: prefix!, spec })));

/** The ids that files quote in brackets. What stands between tags is none: it is the text of a page that a test pastes. */
const quotedIn = (among: readonly string[]): { id: string; file: string }[] => among.flatMap((file) => [...readFileSync(path.join(root, file), 'utf8').matchAll(/(?<![\w>])\[([A-Z]{1,2}\d+)\]/g)].map(([, id]) => ({ id: id!, file })));

describe('the architecture', () => {
  it('every spec is in one tier', () => {
    const specs = sources('libs', 'apps', 'test').filter((f) => /\.spec\.\w+$/.test(f));
    expect(specs.filter((f) => TIERS.filter((tier) => tier.test(f)).length !== 1)).toEqual([]);
    expect(specs.length).toBeGreaterThan(200);
  });

  it('finds the imports that it checks', () => {
    expect(importsOf('libs/text/src/digest.ts')).toContain('@parley/ledger');
    expect(importsOf('libs/text/src/digest.ts')).toContain('libs/text/src/slot.ts');
    expect(production.length).toBeGreaterThan(60);
  });

  it('has no import against the grain', () => expect(strays()).toEqual([]));

  it('in the sources of a lib or an app there are no tests’ fixtures: what tests share stands in `test-support`, and the code does not import it', () => {
    expect(files.filter((f) => /\/src\/.*\b(fixtures?|mocks?|fakes?|test-support)\//.test(f))).toEqual([]);
    expect(production.flatMap((f) => importsOf(f).filter((t) => /\/test-support\/|^test\/|\.spec\./.test(t)).map((t) => `${f} → ${t}`))).toEqual([]);
  });

  it('no files import one another in a circle, types included', () => {
    const planted = (file: string): string[] => [...importsOf(file), ...(file === 'libs/negotiation/src/document.ts' ? ['libs/negotiation/src/acts.ts'] : [])];
    expect(circles('libs/negotiation/src/', planted)).not.toEqual([]);
    expect(['libs/', 'apps/'].flatMap((folder) => circles(folder))).toEqual([]);
  });

  it('no folders of an app or a lib import one another in a circle, types included', () => {
    const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1);
    const circlesOfFolders = (src: string, planted: readonly [from: string, to: string][] = []): string[] => {
      const folders = new Map<string, Set<string>>(planted.map(([from, to]) => [`${src}${from}/`, new Set([`${src}${to}/`])]));
      for (const file of production.filter((f) => f.startsWith(src) && folderOf(f) !== src)) {
        const targets = importsOf(file).filter((target) => target.startsWith(src)).map(folderOf).filter((folder) => folder !== src && folder !== folderOf(file));
        folders.set(folderOf(file), new Set([...folders.get(folderOf(file)) ?? [], ...targets]));
      }
      return circles(src, (folder) => [...folders.get(folder) ?? []], [...folders.keys()]);
    };
    const all = [...new Set(production.flatMap((f) => /^(?:apps|libs)\/\w+\/src\//.exec(f) ?? []))];
    expect(all.length).toBeGreaterThan(6);
    expect(all.flatMap((src) => circlesOfFolders(src))).toEqual([]);
    for (const [src, ...planted] of [['apps/server/src/', 'groups', 'access'], ['apps/web/src/', 'ui', 'document']] as const) expect(circlesOfFolders(src, [planted])).not.toEqual([]);
  });

  it('each act of negotiation is one file, which only the list of acts and other acts import', () => {
    const acts = production.filter((f) => f.startsWith('libs/negotiation/src/acts/'));
    const listed = importsOf('libs/negotiation/src/acts.ts').filter((t) => t.startsWith('libs/negotiation/src/acts/'));
    expect([...listed].sort()).toEqual([...acts].sort());
    const others = production.filter((f) => f.startsWith('libs/negotiation/src/') && !/src\/(acts\/|acts\.ts|index\.ts)/.test(f));
    expect(others.filter((f) => importsOf(f).some((t) => t.startsWith('libs/negotiation/src/acts/')))).toEqual([]);
  });

  it('each lib is entered by its index', () => {
    const inside = files.flatMap((f) => importsOf(f).filter((t) => /^@parley\/\w+\//.test(t) || (/^libs\/\w+\/src\//.test(t) && !f.startsWith(t.split('/src/')[0]!))).map((t) => `${f} → ${t}`));
    expect(inside).toEqual([]);
  });

  it('socket.io only in the gateway, in web/sync and in the command; Yjs only in text, sync, the server’s open documents and the editor; TypeORM only in storage', () => {
    const importing = (target: RegExp) => production.filter((f) => importsOf(f).some((t) => target.test(t))).map((f) => f.replace(/[^/]*$/, ''));
    expect([...new Set(importing(/^socket\.io/))].filter((f) => !/^(apps\/server\/src\/realtime|apps\/web\/src\/sync|apps\/cli\/src)\//.test(f))).toEqual([]);
    expect([...new Set(importing(/^yjs$/))].filter((f) => !/^(libs\/text|libs\/sync|apps\/server\/src\/documents|apps\/web\/src\/editor)\//.test(f))).toEqual([]);
    expect([...new Set(importing(/^typeorm$/))].filter((f) => !f.startsWith('apps/server/src/storage/'))).toEqual([]);
  });

  it('[P13] nobody but the catalogue of rooms decides by the name of a room who reads it, writes it or where it is kept', () => {
    const server = production.filter((f) => f.startsWith('apps/server/'));
    expect(offenders(/['"`](working|common|position|position:.*|private:.*)['"`]|startsWith\(['"`](position|private)/, server)).toEqual([]);
    expect(offenders(/\bnew (Audience|RoomCatalogue)\b/)).toEqual(['libs/negotiation/src/room-kinds.ts']);
  });

  it('[G13] sockets are told anything from one place, by the readers that it is for, or in answer to what they asked', () => {
    const realtime = production.filter((f) => f.startsWith('apps/server/src/realtime/'));
    expect(production.filter((f) => f.startsWith('apps/server/') && importsOf(f).some((t) => /^socket\.io/.test(t)))).toEqual(['frames.ts', 'gateway.ts', 'socket-session.ts'].map((name) => `apps/server/src/realtime/${name}`));
    // What `frames.ts` emits, socket.io's own reader of a connection receives.
    expect(offenders(/\.(emit|emitWithAck|send|write|to|in|except|broadcast|local|volatile|timeout|sockets\.emit|serverSideEmit)\(|\.(broadcast|local|volatile)\b/, realtime)).toEqual(['frames.ts', 'outgoing.ts'].map((name) => `apps/server/src/realtime/${name}`));
    expect(offenders(/\binDocument\(/, realtime)).toEqual(['outgoing.ts', 'presence-board.ts'].map((name) => `apps/server/src/realtime/${name}`));
  });

  it('[HG50] a log is reached by the audience that reads it, and in no other way', () => {
    const server = production.filter((f) => f.startsWith('apps/server/') && !f.startsWith('apps/server/src/storage/'));
    expect(offenders(/\bnew RecordLog\(/, server)).toEqual(['apps/server/src/record/logs.ts']);
    expect(offenders(/\.(entriesOf|entriesBetween|actsOf|lastActs|actIndex|lastEntries|overtaken|openLog)\(/, server).filter((f) => !f.startsWith('apps/server/src/groups/list-check'))).toEqual(['apps/server/src/record/record-log.ts']);
    expect(production.filter((f) => importsOf(f).includes('apps/server/src/record/record.store.ts') && !/^apps\/server\/src\/(record|storage|commit|documents|groups)\//.test(f))).toEqual(['apps/server/src/http/documents.service.ts']);
    expect(offenders(/\.storageOf\(/, server)).toEqual(['apps/server/src/groups/server-groups.ts']);
  });

  it('[W35] the rules of the wire name every request there is, and whom it is for', () => {
    const table = readFileSync(path.join(root, 'libs/protocol/SPEC.md'), 'utf8').split('| request | of whom |')[1]!;
    const listed = [...table.matchAll(/^\| `([A-Z]+ [^`]+)` \| (\w+) \|/gm)].map(([, request, asks]) => `${request} ${asks}`);
    expect([...listed].sort()).toEqual(routes().map((route) => `${route.method} ${route.path} ${route.asks}`).sort());
  });

  it('an id names one rule: none is given twice, and each prefix is of one SPEC', () => {
    const ids = rules.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(300);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    const specsOf = (prefix: string): Set<string> => new Set(rules.filter((rule) => rule.prefix === prefix).map(({ spec }) => spec));
    expect([...new Set(rules.map(({ prefix }) => prefix))].filter((prefix) => specsOf(prefix).size > 1)).toEqual([]);
  });

  it('tests and docs quote rules that there are, and every rule is quoted by a test', () => {
    const tests = [...files.filter(isTest), 'test/architecture.spec.ts'], known = new Set(rules.map(({ id }) => id));
    expect([...quotedIn(tests), ...quotedIn(filesBelow(['docs'], /\.md$/))].filter(({ id }) => !known.has(id)).map(({ id, file }) => `${id} in ${file}`)).toEqual([]);
    const quoted = new Set(quotedIn(tests).map(({ id }) => id));
    expect([...known].filter((id) => !quoted.has(id))).toEqual([]);
  });

  it('docs name every package that runs with Parley, under a licence that lets it', () => {
    expect(readFileSync(path.join(root, 'docs/third-party.md'), 'utf8')).toBe(page());
    expect(packages().filter(({ licence }) => !TAKEN.includes(licence))).toEqual([]);
    expect(packages().length).toBeGreaterThan(100);
  });

  it('docs name files and folders that are there', () => {
    const pages = readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md'));
    const named = pages.flatMap((page) => [...readFileSync(path.join(root, 'docs', page), 'utf8').matchAll(/`((?:apps|libs|test|docs)\/[\w./-]+)`/g)].map(([, target]) => target!));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((target) => !existsSync(path.join(root, target)))).toEqual([]);
  });

  it('comments cite only what is in the repository', () => expect(offenders(/\b(DESIGN|COMPARE2?|YJS|RECORD|SECURITY|FIELD|SPEED|STACK2?|PEERS|FEARS)(\.md)? \d/, files)).toEqual([]));

  it('the libs know no clock, no chance and no surroundings', () => {
    expect(offenders(/\b(Date\.now|new Date\(\)|Math\.random|performance\.now|crypto\.getRandomValues|setTimeout|setInterval|process\.)/, production.filter((f) => f.startsWith('libs/')))).toEqual([]);
  });

  it('the environment is read in one file', () => expect(offenders(/process\.env/)).toEqual(['apps/server/src/config.ts'].filter((f) => production.includes(f))));

  it('times of the web are said by ui/moment alone, in its <time> or, where no element can stand, by its words', () => {
    const web = production.filter((f) => f.startsWith('apps/web/src/') && !/\/ui\/(time\.ts|moment\.tsx)$/.test(f));
    expect(web.filter((f) => importsOf(f).includes('apps/web/src/ui/time.ts'))).toEqual([]);
    expect(offenders(/DateTimeFormat|RelativeTimeFormat|toLocale(Date|Time)String|to(ISO|UTC|Date|Time|GMT)String\(|\.get(UTC)?(Hours|Minutes|Date|Month|FullYear|Day)\(|<time\b|createElement\(['"]time['"]/, web)).toEqual([]);
    // Text that no eye finds as such: values of a slider, titles of bars, names of buttons, what a seal holds beside its <time>.
    expect(offenders(/\bmomentText\(/, web).sort()).toEqual(['apps/web/src/access/sessions-dialog.tsx', 'apps/web/src/editor/reading.ts', 'apps/web/src/history/instant-paper.tsx', 'apps/web/src/history/timeline.tsx', 'apps/web/src/ui/print-line.ts']);
  });

  it('nothing is called utils, helpers, common, types or constants; nothing is exported by default', () => {
    expect(files.filter((f) => /(^|\/)(utils?|helpers?|common|constants|types)(\.tsx?$|\/)/.test(f))).toEqual([]);
    const tools = /(vite|vitest)\.config\.ts$|closing-line\.ts$/;
    expect(offenders(/^export default/m, files.filter((f) => !tools.test(f)))).toEqual([]);
  });
});
