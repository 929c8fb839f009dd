import type { MessageId } from '@parley/messages';
import type { GroupState } from '@parley/negotiation';
import type { GroupView } from '@parley/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { sentenceOfError } from '../sync/request.ts';
import { message } from '../ui/messages.ts';
import { Moment, type SaidAs } from '../ui/moment.tsx';
import { sayRefusal } from '../ui/refusal-notice.ts';
import { StepPanel } from '../ui/step-panel.tsx';
import { compared, show } from '../ui/two-steps.ts';
import { groupKey, type GroupWish, useGroup, useGroupAct } from './group.ts';
import { useMe } from './session.ts';

/** A sentence with what is put in it, times too, as plain values, so that it can be compared. */
export interface Sentence { readonly id: MessageId; readonly values?: Readonly<Record<string, string | { readonly at: number; readonly said: SaidAs }>> }

/** What the first step of an act on a seat says, and the act that its button performs. */
export interface SeatStepShown { readonly title: string; readonly words: readonly Sentence[]; readonly button: string; readonly stops: boolean; readonly wish: GroupWish }

interface SeatStepProps {
  /** The step as it would be shown of a group; null when there is nothing to ask any more. Everything that it rests on stands in its words or its act. */
  readonly make: (group: GroupState) => SeatStepShown | null;
  readonly onLeave: () => void;
  readonly onDone: () => void;
}

/** The first step of an act on a seat, in its place: what it comes to, and the button that performs exactly that. Any change to what it rests on disarms it (N3). */
export function SeatStep({ make, onLeave, onDone }: SeatStepProps) {
  const queries = useQueryClient(), { groupId } = useMe();
  const act = useGroupAct(), now = make(useGroup().group);
  const [shown, setShown] = useState(() => (now ? show(now) : null));
  const [refused, setRefused] = useState<string | null>(null);
  const onItsWay = useRef(false);
  const standing = shown && compared(shown, now);
  // Once moved it stays so.
  if (standing !== shown && !act.isPending) setShown(standing);
  const interrupted = useEffectEvent(() => {
    const latest = queries.getQueryData<GroupView>(groupKey(groupId));
    if (latest && shown && !onItsWay.current && compared(shown, make(latest.group)).moved) sayRefusal(message('access.seatAct.moved'));
  });
  useEffect(() => () => interrupted(), []);
  if (!standing) return null;
  const { title, words, button, stops, wish } = standing.value;
  const perform = (): void => {
    onItsWay.current = true;
    setRefused(null);
    act.mutate(wish, { onSuccess: onDone, onError: (error) => { onItsWay.current = false; setRefused(sentenceOfError(error)); } });
  };
  return (
    <StepPanel
      title={title} busy={act.isPending} moved={standing.moved && !act.isPending} movedSays={message('access.seatAct.moved')} refused={refused} onLeave={onLeave}
      onAgain={() => { setRefused(null); setShown(now && show(now)); }} ways={[{ label: button, perform, ...(stops && { color: 'stop' }) }]}
    >
      {words.map((sentence, i) => <p key={i}>{drawn(sentence)}</p>)}
    </StepPanel>
  );
}

const drawn = ({ id, values = {} }: Sentence): ReactNode => message(id, Object.fromEntries(Object.entries(values).map(([key, value]): [string, ReactNode] => [key, typeof value === 'string' ? value : <Moment {...value} />])));

/** Brings the keyboard's focus back to where a step was opened from (N4): `opened` when it is opened, `left` when it goes. */
export function useOpener(): { readonly opened: () => void; readonly left: () => void } {
  const opener = useRef<Element | null>(null);
  return {
    opened: () => { opener.current = document.activeElement; },
    left: () => { if (opener.current instanceof HTMLElement) opener.current.focus(); },
  };
}
