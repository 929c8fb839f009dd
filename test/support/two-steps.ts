import type { Locator } from 'playwright-core';
import { Window } from './browser.ts';

/** The second step of the act whose first is open on the page of `part`; by the words of its button where there are several. Waits until it may be pressed. */
export async function confirms(part: Window | Locator, action: string | RegExp = ''): Promise<void> {
  const page = part instanceof Window ? part.page : part.page();
  const button = page.locator('[data-confirm]').filter({ hasText: action }).first();
  // What is scrolled moves: it is looked at where it is pressed, and waited for there.
  await button.scrollIntoViewIfNeeded();
  await button.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  await page.locator('[data-confirm][data-armed="true"]').filter({ hasText: action }).first().click({ delay: 60 });
}

/** Performs an act as a person does: presses the button that opens the first step, then the one that does what it shows. */
export async function performs(opener: Locator, action: string | RegExp = ''): Promise<void> {
  await opener.click();
  await confirms(opener, action);
}
