import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { message } from './messages.ts';
import { say } from './refusal-notice.ts';

const ID = 'undo';

/** Says what came otherwise than it was, with a button that takes it back. One such notice at a time: the last. */
export function sayWithUndo(sentence: string, undo: () => boolean): void {
  const take = (): void => {
    notifications.hide(ID);
    if (!undo()) say({ id: ID, message: message('ui.undo.writtenSince'), role: 'status', autoClose: 8_000 });
  };
  say({
    id: ID, role: 'status', autoClose: 20_000,
    message: <>{sentence} <Button variant="subtle" size="compact-sm" onClick={take}>{message('ui.undo')}</Button></>,
  });
}
