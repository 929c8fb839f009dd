/** What canonical JSON may hold here: no fractions, no `undefined`, so one meaning has one encoding. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The canonical text of a value (RFC 8785, JCS), restricted to safe integers and well-formed strings.
 * Throws a `TypeError` on anything else: a fraction, a lone surrogate, `undefined`, a function.
 */
export function canonical(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`canonical: ${value} is not a safe integer`);
    return String(value === 0 ? 0 : value);
  }
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonical(item)).join(',')}]`;
  if (typeof value === 'object') {
    const fields = value as { readonly [key: string]: Json };
    // RFC 8785 sorts by UTF-16 code units, which is what the default sort of strings does.
    return `{${Object.keys(fields).sort().map((key) => `${quoted(key)}:${canonical(fields[key]!)}`).join(',')}}`;
  }
  throw new TypeError(`canonical: a ${typeof value} has no canonical form`);
}

function quoted(text: string): string {
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text)) {
    throw new TypeError('canonical: a string with a lone surrogate has no canonical form');
  }
  return JSON.stringify(text);
}
