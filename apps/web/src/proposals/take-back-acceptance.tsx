import { heldConsents, may, type PartConsents, positionRoom, type ProposalGroup, type SharedState } from '@parley/negotiation';
import type { DocumentClient } from '@parley/sync';
import { useDocumentContext } from '../provisions/document-context.ts';
import { sharedStateOf } from '../sync/document.ts';
import { message } from '../ui/messages.ts';
import { partyName } from '../ui/naming.ts';
import { ActSteps } from './act-steps.tsx';
import { memberName, placeName } from './describe.ts';
import type { ActWish } from '../sync/perform.ts';
import { droppedWords, type Reads, wholeOf } from './preview.ts';
import { TextReads } from './text-reads.tsx';

interface TakenBack { readonly wish: ActWish; readonly parts: readonly string[]; readonly keeps: readonly string[]; readonly reads: readonly Reads[] }

/** What a head is shown before it takes an acceptance back: what it was given to, what stays ours, and the text, which does not change. Null where it holds no more. */
function takenBackShown(now: SharedState, key: string, party: string, names: readonly string[]): TakenBack | null {
  const { common } = now.rooms, held = heldConsents(now, party, names).find((one) => one.key === key);
  if (!held || !common) return null;
  const own = now.rooms[positionRoom(held.kept.of)];
  return {
    wish: { t: 'takeBackConsent', consent: { on: 'parts', key } },
    parts: held.kept.parts.map((part) => message('proposals.takeBack.part', { place: placeName(common.by.has(part.provision) ? common : own, part.provision, part.on === 'words' ? part.key : undefined), what: memberName(part, common, own) })),
    keeps: droppedWords(held.kept.by[party]!.givesUp, common),
    reads: [...new Set(held.kept.parts.map(({ provision }) => provision))].flatMap((id) => wholeOf(common, id, held.kept.parts.flatMap((part) => (part.on === 'words' && part.provision === id ? [part.key] : [])))),
  };
}

/** For a head whose delegation has accepted what still waits for the other: each such acceptance can be taken back (NS7). */
export function TakeBackAcceptance({ open, title }: { readonly open: ProposalGroup; readonly title: string }) {
  const { now, party } = useDocumentContext();
  if (party === null || !may(now.actor, 'takeBackConsent', { group: now.group, document: now.document }).ok) return null;
  const names = open.members.map(({ name }) => name);
  return heldConsents(now, party, names).map(({ key, kept }) => (
    <ActSteps
      key={key} label={labelOf(kept, names)} plain about={title} title={message('proposals.takeBack.title')} make={(client: DocumentClient) => takenBackShown(sharedStateOf(client), key, party, names)}
      ways={({ wish }) => [{ label: message('proposals.takeBack.action'), wish }]}
    >
      {({ parts, keeps, reads }) => (
        <>
          <p>{message('proposals.takeBack.accepted', { party: partyName(now.group, kept.of) })}</p>
          <ul className="stays-open">{parts.map((line) => <li key={line}><bdi>{line}</bdi></li>)}</ul>
          {keeps.length > 0 ? <p>{message('proposals.takeBack.keeps', { things: keeps.reduce((before, next) => message('proposals.list.commas', { before, next })) })}</p> : null}
          <p>{message('proposals.takeBack.staysOpen')}</p>
          <TextReads reads={reads} />
        </>
      )}
    </ActSteps>
  ));
}

/** Of what else it was given to, the button says so. */
const labelOf = ({ names }: PartConsents, here: readonly string[]): string => {
  if (names.every((name) => here.includes(name))) return message(names.length < here.length ? 'proposals.takeBack.buttonPart' : 'proposals.takeBack.button');
  return message('proposals.takeBack.buttonOthers');
};
