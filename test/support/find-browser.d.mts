/** A Chromium that starts, or the one message that says what to do. */
export function findBrowser(): { ok: true; path: string } | { ok: false; message: string };
