import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { message } from './messages.ts';

/** A dialog that asks something; a panel that slides in from the side is a part of the page. */
const DIALOG = '[role="dialog"]:not(.mantine-Drawer-content)';

interface Notice { readonly id: string; readonly message: ReactNode; readonly role: 'alert' | 'status'; readonly autoClose: number; readonly title?: string; readonly color?: string }

/**
 * Says something on the screen. What is said already is not said a second time beside it: one notice for one kind. While a dialog is open it waits: what is refused in a
 * dialog is said there, and nothing comes over it (N10).
 */
export function say(notice: Notice): void {
  if (document.querySelector(DIALOG)) return whenClosed(() => say(notice));
  notifications.hide(notice.id);
  notifications.show({ ...notice, closeButtonProps: { 'aria-label': message('ui.dismiss') } });
}

/** Says as an alert why something was not done. */
export const sayRefusal = (sentence: string, title = message('ui.refusal.title')): void => say({ id: sentence, title, message: sentence, color: 'stop', autoClose: 12_000, role: 'alert' });

function whenClosed(then: () => void): void {
  const watch = new MutationObserver(() => {
    if (document.querySelector(DIALOG)) return;
    watch.disconnect();
    then();
  });
  watch.observe(document.body, { childList: true, subtree: true });
}

/** Says politely that something was done. */
export const sayDone = (sentence: string): void => say({ id: sentence, message: sentence, color: 'agreed', autoClose: 4_000, role: 'status' });
