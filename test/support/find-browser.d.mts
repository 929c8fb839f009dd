/** A Chromium that starts, preferably one without windows, or the one message that says what to do. */
export function findBrowser(): { ok: true; path: string } | { ok: false; message: string };
/** The Chromium that a person of this machine would use; undefined where none is. */
export function browserThere(): string | undefined;
