/** A Chromium that starts, or the one message that says what to do. */
export function findBrowser(): { ok: true; path: string } | { ok: false; message: string };
/** A Chromium that is there; undefined where none is. */
export function browserThere(): string | undefined;
