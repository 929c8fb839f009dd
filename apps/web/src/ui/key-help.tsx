import { Kbd, Modal } from '@mantine/core';

const MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
const COMMAND = MAC ? '⌘' : 'Ctrl';
const OPTION = MAC ? '⌥' : 'Alt';

/** Every key that does something, and only those; `names` are those of the editor's keymap, where it has them. */
export const KEYS: readonly { readonly keys: readonly string[]; readonly what: string; readonly names?: readonly string[] }[] = [
  { keys: [OPTION, '↓'], what: 'Next bracket', names: ['Alt-ArrowDown'] },
  { keys: [OPTION, '↑'], what: 'Previous bracket', names: ['Alt-ArrowUp'] },
  { keys: [COMMAND, '.'], what: 'Next bracket, when the caret is in the text', names: ['Mod-.'] },
  { keys: [COMMAND, ','], what: 'Previous bracket, when the caret is in the text', names: ['Mod-,'] },
  { keys: [COMMAND, 'Enter'], what: 'Show what accepting the proposal at the caret would do (heads of delegation); a further Enter accepts it', names: ['Mod-Enter'] },
  { keys: ['Enter'], what: 'In a paragraph: a new provision; in a kind of several fields: the next field', names: ['Enter'] },
  { keys: ['Tab'], what: 'In a kind of several fields: the next field', names: ['Tab'] },
  { keys: ['⇧', 'Tab'], what: 'In a kind of several fields: the field before', names: ['Shift-Tab'] },
  { keys: ['⌫'], what: 'In a provision of your own without any words: takes it away', names: ['Backspace'] },
  { keys: [COMMAND, 'A'], what: 'Select all own words', names: ['Mod-a'] },
  { keys: [COMMAND, 'Z'], what: 'Undo your own words', names: ['Mod-z'] },
  { keys: [COMMAND, MAC ? '⇧ Z' : 'Y'], what: 'Redo', names: ['Mod-y', 'Shift-Mod-z'] },
  { keys: [COMMAND, 'B'], what: 'Strong', names: ['Mod-b'] },
  { keys: [COMMAND, 'I'], what: 'Emphasis', names: ['Mod-i'] },
  { keys: ['F1'], what: 'This list, also when the caret is in the text' },
  { keys: [COMMAND, '/'], what: 'This list, also when the caret is in the text' },
  { keys: ['?'], what: 'This list, when the caret is not in a text' },
];

export function KeyHelp({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" size="md">
      <table className="keys"><tbody>
        {KEYS.map(({ keys, what }) => (
          <tr key={keys.join(' ')}><th scope="row">{keys.map((key) => <Kbd key={key}>{key}</Kbd>)}</th><td>{what}</td></tr>
        ))}
      </tbody></table>
    </Modal>
  );
}
