import { notifications } from '@mantine/notifications';

/** A dialog that asks something; a panel that slides in from the side is a part of the page. */
const DIALOG = '[role="dialog"]:not(.mantine-Drawer-content)';

/**
 * Says a sentence on the screen, as an alert. What is said already is not said a second time beside it: one notice for one kind of refusal. While a dialog is open it
 * waits: what is refused in a dialog is said there, and nothing comes over it (N10).
 */
export function sayRefusal(sentence: string, title = 'This was not done'): void {
  if (document.querySelector(DIALOG)) return whenClosed(() => sayRefusal(sentence, title));
  notifications.hide(sentence);
  notifications.show({ id: sentence, title, message: sentence, color: 'stop', autoClose: 12_000, role: 'alert', closeButtonProps: { 'aria-label': 'Dismiss' } });
}

function whenClosed(then: () => void): void {
  const watch = new MutationObserver(() => {
    if (document.querySelector(DIALOG)) return;
    watch.disconnect();
    then();
  });
  watch.observe(document.body, { childList: true, subtree: true });
}

/** Says politely that something was done. */
export const sayDone = (sentence: string): void => {
  notifications.show({ message: sentence, color: 'agreed', autoClose: 4_000, role: 'status', closeButtonProps: { 'aria-label': 'Dismiss' } });
};
