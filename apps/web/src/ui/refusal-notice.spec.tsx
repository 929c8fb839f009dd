import { notifications, notificationsStore } from '@mantine/notifications';
import { afterEach, describe, expect, it } from 'vitest';
import { sayDone, sayRefusal } from './refusal-notice.ts';
import { sayWithUndo } from './undo-notice.tsx';
import { refusalSentence } from './messages.ts';

afterEach(() => notifications.clean());
const said = (): unknown[] => notificationsStore.getState().notifications.map(({ message }) => message);

describe('notices', () => {
  it('[N10] one for one kind of refusal, however often it comes', () => {
    for (let key = 0; key < 20; key++) sayRefusal(refusalSentence('provision-locked'));
    expect(said()).toEqual([refusalSentence('provision-locked')]);
    sayRefusal(refusalSentence('paper-frozen'));
    sayRefusal(refusalSentence('provision-locked'), 'Read it again');
    expect(said()).toEqual([refusalSentence('paper-frozen'), refusalSentence('provision-locked')]);
  });

  it('[N10] none over a dialog: it waits until the dialog is closed; a panel at the side is none', async () => {
    const opened = (className: string): HTMLElement => {
      const part = document.body.appendChild(document.createElement('section'));
      part.setAttribute('role', 'dialog');
      part.className = className;
      return part;
    };
    const panel = opened('mantine-Drawer-content'), [one, other] = [opened('mantine-Modal-content'), opened('mantine-Modal-content')];
    sayRefusal('No.');
    sayRefusal('No.');
    sayDone('Done.');
    sayWithUndo('Left out.', () => true);
    one!.remove();
    await new Promise((resolve) => { setTimeout(resolve); });
    expect(said()).toEqual([]);
    other!.remove();
    await expect.poll(() => said().length).toBe(3);
    expect(said().slice(0, 2)).toEqual(['No.', 'Done.']);
    panel.remove();
  });

  it('what was done is no refusal, and is said beside it', () => {
    sayRefusal('No.');
    sayDone('Done.');
    sayDone('Done.');
    expect(said()).toEqual(['No.', 'Done.']);
  });
});
