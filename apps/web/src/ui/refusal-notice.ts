import { notifications } from '@mantine/notifications';

/** Says a sentence on the screen, politely or as an alert. */
export const sayRefusal = (sentence: string, title = 'This was not done'): void => {
  notifications.show({ title, message: sentence, color: 'stop', autoClose: 12_000, role: 'alert', closeButtonProps: { 'aria-label': 'Dismiss' } });
};

export const sayDone = (sentence: string): void => {
  notifications.show({ message: sentence, color: 'agreed', autoClose: 4_000, role: 'status', closeButtonProps: { 'aria-label': 'Dismiss' } });
};
