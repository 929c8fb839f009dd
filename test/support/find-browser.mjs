import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** Draws the same pages without windows, with two thirds of the processor time; nobody's own browser. */
const WINDOWLESS = '/usr/bin/chromium-headless-shell';
const SYSTEM = [
  '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/opt/google/chrome/chrome', '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const quiet = (command, args, ms) => spawnSync(command, args, { stdio: 'ignore', timeout: ms }).status === 0;

/** The Chromium that a person of this machine would use; undefined where none is. */
export const browserThere = () => {
  const named = process.env.PARLEY_TEST_BROWSER;
  return named ? (existsSync(named) ? named : undefined) : SYSTEM.find((path) => existsSync(path)) ?? playwrights();
};

/** A Chromium that starts: the one named, one without windows, the system's, Playwright's own, or Debian's package where we may install it. */
export function findBrowser() {
  const named = process.env.PARLEY_TEST_BROWSER;
  if (named) return existsSync(named) ? { ok: true, path: named } : { ok: false, message: `PARLEY_TEST_BROWSER names ${named}, which does not exist.` };
  const found = existsSync(WINDOWLESS) ? WINDOWLESS : browserThere();
  if (found) return { ok: true, path: found };
  console.log('No browser found: trying to install one …');
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    quiet('apt-get', ['update'], 300_000);
    if (quiet('apt-get', ['install', '-y', '--no-install-recommends', 'chromium-headless-shell', 'fonts-liberation', 'fonts-noto-cjk'], 900_000) && existsSync(WINDOWLESS)) return { ok: true, path: WINDOWLESS };
  }
  quiet(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'], 600_000);
  const installed = playwrights();
  if (installed) return { ok: true, path: installed };
  return { ok: false, message: 'The browser tests need Chromium or Chrome. Install one (Debian: apt-get install chromium) or name it in PARLEY_TEST_BROWSER.' };
}

function playwrights() {
  const path = chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
}
