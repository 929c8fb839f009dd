import { Button, Modal } from '@mantine/core';
import type { GivenUp, OpenProposal } from '@parley/negotiation';
import { lengthOf, slice, slotOf, splice, textOf } from '@parley/text';
import { useDesk } from '../documents/desk.ts';
import { listed } from '../ui/words.ts';
import { describe } from './describe.ts';
import type { Accepting } from './use-accept.ts';
import { Wanted } from './wanted.tsx';

const AROUND = 60;

const ITEM_WORDS: Readonly<Record<GivenUp['items'][number], string>> = {
  add: 'the provision we added', remove: 'our removal of this provision', move: 'the place we moved it to', label: 'our label', kind: 'the kind we gave it', level: 'the level we gave it',
};

/** "‘72 hours’" for what is dropped, in the reader's order. */
export function droppedWords(given: GivenUp): string[] {
  const words = given.hunks.map((h) => (lengthOf(h.inserted) > 0 ? `our “${textOf(h.inserted)}”` : `our deletion of “${textOf(h.removed)}”`));
  return [...words, ...given.items.map((item) => ITEM_WORDS[item])];
}

/** Accepting words that stand against one's own gives those up: shown before it is signed. */
export function AcceptDialog({ accepting: { asked, busy, confirm, cancel } }: { readonly accepting: Accepting }) {
  const { now } = useDesk();
  return (
    <Modal opened={asked !== null} onClose={cancel} title="Accept and drop our words?">
      {asked ? (
        <>
          <p>You accept: <span className="serif"><Wanted phrases={describe(asked.open.proposal, now.rooms.common)} /></span></p>
          <p>and drop <b>{listed(droppedWords(asked.givesUp))}</b>.</p>
          <Result open={asked.open} />
          {asked.alongside ? <p className="quiet">Both sides insert words at the same point, so ours may also stay beside theirs, as our proposal.</p> : null}
          <div className="row" style={{ justifyContent: 'flex-end' }}>
            <Button variant="default" onClick={cancel} data-autofocus>Cancel</Button>
            {asked.alongside ? <Button variant="default" loading={busy} onClick={() => confirm('alongside')}>Accept, keep ours beside it</Button> : null}
            <Button color="agreed" loading={busy} onClick={() => confirm('withdrawn')}>Accept and drop ours</Button>
          </div>
        </>
      ) : null}
    </Modal>
  );
}

/** What the common text reads then, around the place. */
function Result({ open }: { readonly open: OpenProposal }) {
  const { now } = useDesk();
  const { proposal } = open;
  if (proposal.on !== 'words') return null;
  const hunk = proposal.hunks[0]!;
  const before = slotOf(now.rooms.common?.by.get(open.provision), proposal.key);
  const after = splice(before, hunk.from, hunk.to, hunk.inserted);
  const end = hunk.from + lengthOf(hunk.inserted);
  const from = Math.max(0, hunk.from - AROUND);
  return (
    <div className="given-up">
      <p className="section-title">The text then reads</p>
      {from > 0 ? '…' : ''}{textOf(slice(after, from, hunk.from))}<ins>{textOf(hunk.inserted)}</ins>{textOf(slice(after, end, end + AROUND))}{end + AROUND < lengthOf(after) ? '…' : ''}
    </div>
  );
}
