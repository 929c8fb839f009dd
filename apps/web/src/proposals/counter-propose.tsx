import { Button, Textarea } from '@mantine/core';
import type { MessageId } from '@parley/messages';
import { positionRoom, type WordsProposal } from '@parley/negotiation';
import { textOf } from '@parley/text';
import { type KeyboardEvent, useContext, useEffect, useId, useRef, useState } from 'react';
import { barred, useDocumentContext } from '../provisions/document-context.ts';
import { ActButton } from '../ui/act-button.tsx';
import { countered, outcomeOf } from './counter-words.ts';
import { StepsOpen } from './steps-open.ts';
import { message, refusalSentence } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';

/** Counter-propose: the other side's words, in the card, to be changed there. Only what differs from theirs goes into the own text (N8). */
export function CounterPropose({ proposal, where }: { readonly proposal: WordsProposal; readonly where: string | null }) {
  const context = useDocumentContext();
  const { party, now } = context;
  const [countering, setCountering] = useState(false);
  if (party === null) return null;
  const refusal = barred(context, 'write', { room: positionRoom(party), provision: proposal.provision });
  const lost = now.rooms[positionRoom(party)]?.by.has(proposal.provision) ? null : refusalSentence('not-found');
  if (countering && (refusal ?? lost) === null) return <CounterWords proposal={proposal} maker={partyName(now.group, proposal.party)} onEnd={() => setCountering(false)} />;
  return <ActButton variant="default" onClick={() => setCountering(true)} refusal={refusal ?? lost}>{where === null ? message('proposals.counter.button') : message('proposals.counter.buttonIn', { place: where })}</ActButton>;
}

const SAID = { theirs: 'proposals.counter.theirs', common: 'proposals.counter.common', ours: 'proposals.counter.ours' } as const satisfies Readonly<Record<ReturnType<typeof outcomeOf>, MessageId>>;

interface WordsProps { readonly proposal: WordsProposal; readonly maker: string; readonly onEnd: () => void }

function CounterWords({ proposal, maker, onEnd }: WordsProps) {
  const { client, editor, setFocus, tray } = useDocumentContext();
  const { hunks, provision, key } = proposal;
  const [words, setWords] = useState(() => hunks.map((h) => textOf(h.inserted)));
  const title = useId(), told = useContext(StepsOpen);
  const changes = countered(hunks, words), outcome = outcomeOf(hunks, changes), differs = outcome !== 'theirs';
  const typed = useRef('');
  useEffect(() => { typed.current = differs ? words.join(' … ') : ''; }, [differs, words]);
  useEffect(() => {
    told(1);
    return () => {
      told(-1);
      // The card may go while somebody types in it: what was typed is not to go with it.
      if (typed.current) tray.keep(client.ownRoom ?? 'working', provision, key, typed.current);
    };
  }, [client, key, provision, told, tray]);
  const leave = (): void => { typed.current = ''; onEnd(); };
  const put = (): void => {
    setFocus(provision);
    if (editor.current?.counterPropose(proposal, changes) === false) return;
    leave();
  };
  const keyed = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') { event.stopPropagation(); leave(); }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); event.stopPropagation(); if (differs) put(); }
  };
  return (
    <div className="step counter" role="group" aria-labelledby={title} onKeyDown={keyed}>
      <p className="section-title" id={title}>{message('proposals.counter.title', { maker })}</p>
      {hunks.map((h, i) => (
        <Textarea
          key={i} autosize minRows={1} label={textOf(h.removed) ? message('proposals.counter.instead', { words: textOf(h.removed) }) : message('proposals.counter.inserted')} value={words[i] ?? ''} autoFocus={i === 0}
          onChange={(e) => { const { value } = e.currentTarget; setWords((before) => before.map((one, j) => (j === i ? value : one))); }} styles={{ input: { fontFamily: 'var(--text)', fontSize: '0.95rem' } }}
        />
      ))}
      <p className="quiet">{message(SAID[outcome], { maker })}</p>
      <div className="row">
        <ActButton onClick={put} refusal={differs ? null : message('proposals.counter.changeFirst')}>{message('proposals.counter.put')}</ActButton>
        <Button variant="subtle" onClick={leave}>{message('ui.notNow')}</Button>
      </div>
    </div>
  );
}
