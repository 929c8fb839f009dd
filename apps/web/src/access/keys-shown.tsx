import { Button } from '@mantine/core';
import type { Keys } from '@parley/protocol';
import { message } from '../ui/messages.ts';
import { NoticePage } from '../ui/notice-page.tsx';
import { startAfresh } from './session.ts';

/** What is shown of an account once. `later`: the recovery code holds only when the seat is awake. */
export function KeysShown({ keys, later = false }: { readonly keys: Keys; readonly later?: boolean }) {
  return (
    <NoticePage title={message('access.keys.title')}>
      <KeysList keys={keys} />
      <p>{message('access.keys.explanation', { later: later ? 'yes' : 'no' })}</p>
      <Button onClick={startAfresh}>{message('access.keys.kept')}</Button>
    </NoticePage>
  );
}

export function KeysList({ keys }: { readonly keys: Keys }) {
  return (
    <dl className="keys-list">
      <dt>{message('access.field.userName')}</dt><dd><code>{keys.userName}</code></dd>
      <dt>{message('access.field.recoveryCode')}</dt><dd><code>{keys.recoveryCode}</code></dd>
    </dl>
  );
}
