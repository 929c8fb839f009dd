import { type Actor, partyOf, positionRoom, type RoomName, type SharedState } from '@parley/negotiation';
import { type Edit, textDigest } from '@parley/text';
import { acting, type DemoAct } from './acting.ts';
import type { CastKey } from './cast.ts';
import type { Change, Move, DemoScript } from './demo-script.ts';
import { typing } from './typing.ts';

/** A document as the cast sits round it: what stands there, and hands to type and act with. Everything is done when its promise resolves. */
export interface DemoParticipants {
  shared(): SharedState;
  actor(who: CastKey): Actor;
  /** One person types; each list of edits is one breath. */
  type(who: CastKey, breaths: readonly (readonly Edit[])[]): Promise<void>;
  act(who: CastKey, act: DemoAct): Promise<void>;
  /** Everything that was typed has rested since. */
  rest(): Promise<void>;
}

/** Everything that happens in a document after it is open. */
export async function play(story: DemoScript, table: DemoParticipants): Promise<void> {
  for (const change of story.drafting) await typed(table, change);
  if (!story.negotiation) return;
  for (const head of ['azureHead', 'ochreHead'] as const) {
    await table.act(head, { t: 'acceptAsBasis', digest: textDigest(table.shared().rooms.working!) });
  }
  for (const event of story.negotiation) await ('does' in event ? acted(table, event) : typed(table, event));
}

async function typed(table: DemoParticipants, change: Change): Promise<void> {
  const { rooms, document } = table.shared();
  const party = partyOf(table.actor(change.by));
  const room: RoomName | null = document.stage === 'drafting' ? 'working' : party === null ? null : positionRoom(party);
  const text = room === null ? undefined : rooms[room];
  if (!text) throw new RangeError(`${change.by} has no room to write in`);
  await table.type(change.by, typing(text, change));
}

async function acted(table: DemoParticipants, move: Move): Promise<void> {
  if (move.does === 'accept') await table.rest();
  await table.act(move.by, acting(table.shared(), table.actor(move.by), move));
}
