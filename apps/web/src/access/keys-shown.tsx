import { Button } from '@mantine/core';
import type { Keys } from '@parley/protocol';
import { NoticePage } from '../ui/notice-page.tsx';
import { startAfresh } from './session.ts';

/** What is shown of an account once. `later`: the recovery code holds only when the seat is awake. */
export function KeysShown({ keys, later = false }: { readonly keys: Keys; readonly later?: boolean }) {
  return (
    <NoticePage title="Keep this">
      <KeysList keys={keys} />
      <p>The recovery code is shown this once. With it you get back into your account without anybody, if you lose the password: write it down and keep it apart from this device. Whoever has it can do the same.{later ? ' It holds from when your seat is confirmed; until then the code that you had before does.' : ''}</p>
      <Button onClick={startAfresh}>I have kept both</Button>
    </NoticePage>
  );
}

export function KeysList({ keys }: { readonly keys: Keys }) {
  return (
    <dl className="keys-list">
      <dt>User name</dt><dd><code>{keys.userName}</code></dd>
      <dt>Recovery code</dt><dd><code>{keys.recoveryCode}</code></dd>
    </dl>
  );
}
