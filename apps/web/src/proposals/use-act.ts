import { useCallback, useState } from 'react';
import { useDocumentContext } from '../provisions/document-context.ts';
import { sentenceOfError } from '../sync/request.ts';
import { type ActWish, performAct } from '../sync/perform.ts';

const PATIENCE = 4_000;

export interface Acting {
  readonly busy: boolean;
  /** Why the last act was not done, as a sentence; null after one that was. */
  readonly refused: string | null;
  /** Performs one act; true when it stands and this page shows it. Whoever asks says a refusal where the act was asked for. */
  readonly perform: (wish: ActWish) => Promise<boolean>;
}

/** Acts of the reader on the open document. Each waits until what was typed is saved, so that it is decided on the words the reader sees. */
export function useAct(): Acting {
  const { client, groupId } = useDocumentContext();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const perform = useCallback(async (wish: ActWish): Promise<boolean> => {
    setBusy(true);
    setRefused(null);
    try {
      await client.saved();
      const { entry } = await performAct(groupId, client.document.id, wish);
      await received(client, entry);
      return true;
    } catch (error) {
      setRefused(sentenceOfError(error));
      return false;
    } finally {
      setBusy(false);
    }
  }, [client, groupId]);
  return { busy, refused, perform };
}

/** Resolves once this page has applied the entry, or after a while without it. */
function received(client: ReturnType<typeof useDocumentContext>['client'], entry: number): Promise<void> {
  if (client.entry >= entry) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => { off(); clearTimeout(timer); resolve(); };
    const off = client.on('commit', () => { if (client.entry >= entry) done(); });
    const timer = setTimeout(done, PATIENCE);
  });
}
