const BROWSERS: readonly (readonly [RegExp, string])[] = [[/Edg\//, 'Edge'], [/OPR\//, 'Opera'], [/Firefox\/|FxiOS\//, 'Firefox'], [/Chrome\/|CriOS\//, 'Chrome'], [/Safari\//, 'Safari']];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [[/iPhone|iPad/, 'iOS'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux']];

const named = (from: readonly (readonly [RegExp, string])[], text: string): string | null => from.find(([pattern]) => pattern.test(text))?.[1] ?? null;

/** What a browser says of itself, in words that a person knows it by: *Firefox on Windows*; '' when it says nothing that is known. Never more of it: the rest is for nobody. */
export function deviceOf(userAgent: string): string {
  return [named(BROWSERS, userAgent), named(SYSTEMS, userAgent)].filter((word) => word !== null).join(' on ');
}
