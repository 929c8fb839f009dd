import { Button, Modal } from '@mantine/core';
import type { Proposal } from '@parley/negotiation';
import { lengthOf, slotOf, textOf } from '@parley/text';
import { useDesk } from '../documents/desk.ts';
import { listed } from '../ui/words.ts';
import { describe } from './describe.ts';
import { readsThen } from './field.ts';
import type { Accepting } from './use-accept.ts';
import { Wanted } from './wanted.tsx';

const AROUND = 60;

const ITEM_WORDS: Readonly<Record<string, string>> = {
  add: 'the provision we added', remove: 'our removal of this provision', move: 'the place we moved it to', label: 'our label', kind: 'the kind we gave it', level: 'the level we gave it',
};

/** "‘72 hours’" for what is dropped, in the reader's order. */
const droppedWords = (given: readonly Proposal[]): string[] => given.flatMap((part) =>
  part.on === 'item' ? [ITEM_WORDS[part.item.type === 'field' ? part.item.field : part.item.type]!]
    : part.hunks.map((h) => (lengthOf(h.inserted) > 0 ? `our “${textOf(h.inserted)}”` : `our deletion of “${textOf(h.removed)}”`)));

const TITLE = { drops: 'Accept and drop our words?', all: 'Accept all in this field?', doubles: 'Accept this change alone?' } as const;

/** Shown before a head signs: what it accepts, what it drops, and how the text reads then. */
export function AcceptDialog({ accepting: { asked, busy, confirm, cancel } }: { readonly accepting: Accepting }) {
  const { now } = useDesk();
  const dropped = asked ? droppedWords(asked.preview.act.givesUp) : [];
  return (
    <Modal opened={asked !== null} onClose={cancel} title={asked ? TITLE[asked.because] : ''}>
      {asked ? (
        <>
          <p>You accept: <span className="serif"><Wanted phrases={describe(asked.proposal, now.rooms.common)} /></span></p>
          {dropped.length > 0 ? <p>and drop <b>{listed(dropped)}</b>.</p> : null}
          {asked.because === 'doubles' ? <p>It is one part of a larger change: taken alone it leaves a word twice.</p> : null}
          <Result proposal={asked.proposal} />
          {asked.alongside ? <p className="quiet">Both sides insert words at the same point, so ours may also stay beside theirs, as our proposal.</p> : null}
          <div className="row" style={{ justifyContent: 'flex-end' }}>
            <Button variant="default" onClick={cancel} data-autofocus>Cancel</Button>
            {asked.alongside ? <Button variant="default" loading={busy} onClick={() => confirm('alongside')}>Accept, keep ours beside it</Button> : null}
            <Button color="agreed" loading={busy} onClick={() => confirm('withdrawn')}>{dropped.length > 0 ? 'Accept and drop ours' : 'Accept'}</Button>
          </div>
        </>
      ) : null}
    </Modal>
  );
}

/** Long stretches that stay as they are, cut to what stands around a change. */
function around(words: string, first: boolean, last: boolean): string {
  if (words.length <= 2 * AROUND) return words;
  return `${first ? '' : words.slice(0, AROUND)}…${last ? '' : words.slice(-AROUND)}`;
}

/** What the common text reads then, around the places. */
function Result({ proposal }: { readonly proposal: Proposal }) {
  const { now } = useDesk();
  if (proposal.on !== 'words') return null;
  const stretches = readsThen(slotOf(now.rooms.common?.by.get(proposal.provision), proposal.key), proposal.hunks);
  return (
    <div className="given-up">
      <p className="section-title">The text then reads</p>
      {stretches.map(({ words, inserted }, i) => (inserted ? <ins key={i}>{words}</ins> : <span key={i}>{around(words, i === 0, i === stretches.length - 1)}</span>))}
    </div>
  );
}
