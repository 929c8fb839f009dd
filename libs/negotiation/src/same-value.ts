/** True when two values of plain data say the same, in whatever order their fields stand. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const [ours, theirs] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>];
  const names = Object.keys(ours);
  return names.length === Object.keys(theirs).length && names.every((name) => Object.hasOwn(theirs, name) && sameValue(ours[name], theirs[name]));
}
