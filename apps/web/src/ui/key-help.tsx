import { Kbd, Modal } from '@mantine/core';
import type { MessageId } from '@parley/messages';
import { message } from './messages.ts';

const MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
const COMMAND = MAC ? '⌘' : 'ui.key.ctrl';
const OPTION = MAC ? '⌥' : 'ui.key.alt';

/** What is written on a key where it is a name; a sign is the same in every language. */
type KeyName = Extract<MessageId, `ui.key.${string}`>;
const isName = (key: string): key is KeyName => key.startsWith('ui.key.');

/** Every key that does something, and only those; `names` are those of the editor's keymap, where it has them. */
export const KEYS: readonly { readonly keys: readonly string[]; readonly what: MessageId; readonly names?: readonly string[] }[] = [
  { keys: [OPTION, '↓'], what: 'ui.keys.next', names: ['Alt-ArrowDown'] },
  { keys: [OPTION, '↑'], what: 'ui.keys.previous', names: ['Alt-ArrowUp'] },
  { keys: [OPTION, 'N'], what: 'ui.keys.nextAwaited' },
  { keys: [COMMAND, '.'], what: 'ui.keys.nextInText', names: ['Mod-.'] },
  { keys: [COMMAND, ','], what: 'ui.keys.previousInText', names: ['Mod-,'] },
  { keys: [COMMAND, 'ui.key.enter'], what: 'ui.keys.accept', names: ['Mod-Enter'] },
  { keys: ['ui.key.enter'], what: 'ui.keys.newProvision', names: ['Enter'] },
  { keys: ['ui.key.tab'], what: 'ui.keys.nextField', names: ['Tab'] },
  { keys: ['⇧', 'ui.key.tab'], what: 'ui.keys.fieldBefore', names: ['Shift-Tab'] },
  { keys: ['⌫'], what: 'ui.keys.takeAway', names: ['Backspace'] },
  { keys: [COMMAND, 'A'], what: 'ui.keys.selectAll', names: ['Mod-a'] },
  { keys: [COMMAND, 'Z'], what: 'ui.keys.undo', names: ['Mod-z'] },
  { keys: [COMMAND, MAC ? '⇧ Z' : 'Y'], what: 'ui.keys.redo', names: ['Mod-y', 'Shift-Mod-z'] },
  { keys: [COMMAND, 'B'], what: 'ui.keys.strong', names: ['Mod-b'] },
  { keys: [COMMAND, 'I'], what: 'ui.keys.emphasis', names: ['Mod-i'] },
  { keys: ['F1'], what: 'ui.keys.help' },
  { keys: [COMMAND, '/'], what: 'ui.keys.help' },
  { keys: ['?'], what: 'ui.keys.helpOutside' },
];

export function KeyHelp({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title={message('ui.keys.title')} size="md">
      <table className="keys"><tbody>
        {KEYS.map(({ keys, what }) => (
          <tr key={keys.join(' ')}><th scope="row">{keys.map((key) => <Kbd key={key}>{isName(key) ? message(key) : key}</Kbd>)}</th><td>{message(what)}</td></tr>
        ))}
      </tbody></table>
    </Modal>
  );
}
