import { notifications } from '@mantine/notifications';

/** Says a sentence on the screen, as an alert. What is said already is not said a second time beside it: one notice for one kind of refusal. */
export const sayRefusal = (sentence: string, title = 'This was not done'): void => {
  notifications.hide(sentence);
  notifications.show({ id: sentence, title, message: sentence, color: 'stop', autoClose: 12_000, role: 'alert', closeButtonProps: { 'aria-label': 'Dismiss' } });
};

/** Says politely that something was done. */
export const sayDone = (sentence: string): void => {
  notifications.show({ message: sentence, color: 'agreed', autoClose: 4_000, role: 'status', closeButtonProps: { 'aria-label': 'Dismiss' } });
};
