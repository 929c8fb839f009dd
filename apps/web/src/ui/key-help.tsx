import { Kbd, Modal } from '@mantine/core';

const MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
const COMMAND = MAC ? '⌘' : 'Ctrl';
const OPTION = MAC ? '⌥' : 'Alt';

/** Every key that does something, and only those. */
const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [[OPTION, '↓'], 'Next bracket'],
  [[OPTION, '↑'], 'Previous bracket'],
  [[COMMAND, 'Enter'], 'Show what accepting the proposal at the caret would do (heads of delegation); a further Enter accepts it'],
  [['Enter'], 'In a paragraph: a new provision'],
  [[COMMAND, 'Z'], 'Undo your own words'],
  [[COMMAND, MAC ? '⇧ Z' : 'Y'], 'Redo'],
  [[COMMAND, 'B'], 'Strong'],
  [[COMMAND, 'I'], 'Emphasis'],
  [['?'], 'This list, when the caret is not in a text'],
];

export function KeyHelp({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" size="md">
      <table className="keys"><tbody>
        {KEYS.map(([keys, what]) => (
          <tr key={what}><th scope="row">{keys.map((key) => <Kbd key={key}>{key}</Kbd>)}</th><td>{what}</td></tr>
        ))}
      </tbody></table>
    </Modal>
  );
}
