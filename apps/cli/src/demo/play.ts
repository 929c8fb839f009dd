import { type Actor, partyOf, positionRoom, type RoomName, type SharedState } from '@parley/negotiation';
import { type Edit, textDigest } from '@parley/text';
import type { LooseAct } from '../person.ts';
import { acting } from './acting.ts';
import type { CastKey } from './cast.ts';
import type { Change, Move, DemoScript } from './demo-script.ts';
import { typing } from './typing.ts';

/** A document as its participants have it: what it reads, and a way to type and act. Everything is done when its promise resolves. */
export interface DemoParticipants {
  shared(): SharedState;
  actor(who: CastKey): Actor;
  /** One person types; each list of edits is one breath. */
  type(who: CastKey, breaths: readonly (readonly Edit[])[]): Promise<void>;
  act(who: CastKey, act: LooseAct): Promise<void>;
  /** Everything that was typed has rested since. */
  rest(): Promise<void>;
}

/** Everything that happens in a document after it is open. */
export async function play(script: DemoScript, participants: DemoParticipants): Promise<void> {
  for (const change of script.drafting) await typed(participants, change);
  if (!script.negotiation) return;
  for (const head of ['azureHead', 'ochreHead'] as const) {
    await participants.act(head, { t: 'acceptAsBasis', digest: textDigest(participants.shared().rooms.working!) });
  }
  for (const event of script.negotiation) await ('does' in event ? acted(participants, event) : typed(participants, event));
}

async function typed(participants: DemoParticipants, change: Change): Promise<void> {
  const { rooms, document } = participants.shared();
  const party = partyOf(participants.actor(change.by));
  const room: RoomName | null = document.stage === 'drafting' ? 'working' : party === null ? null : positionRoom(party);
  const text = room === null ? undefined : rooms[room];
  if (!text) throw new RangeError(`${change.by} has no room to write in`);
  await participants.type(change.by, typing(text, change));
}

async function acted(participants: DemoParticipants, move: Move): Promise<void> {
  if (move.does === 'accept') await participants.rest();
  await participants.act(move.by, acting(participants.shared(), participants.actor(move.by), move));
}
