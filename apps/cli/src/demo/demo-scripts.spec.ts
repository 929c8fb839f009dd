import { absent, type Actor, decide, type DocumentState, foldDocument, type GroupState, positionRoom, progressOf, REST_MS, type RoomName, standingOf, NO_GROUP, writtenIn } from '@parley/negotiation';
import { applyEdits, type Edit, EMPTY_TEXT, isCleanText, isOpen, provisionsOf, type Text, textOf } from '@parley/text';
import { describe, expect, it } from 'vitest';
import type { LooseAct } from '../person.ts';
import { DELEGATIONS } from '../cast.ts';
import { CAST, type CastKey, GROUP_NAME } from './cast.ts';
import { play, type DemoParticipants } from './play.ts';
import { DEMO_SCRIPTS } from './demo-scripts.ts';
import type { DemoScript } from './demo-script.ts';

const actorOf = (who: CastKey): Actor => {
  const { role, delegation } = CAST[who];
  return delegation ? { user: who, role, delegation } : { user: who, role };
};

const group: GroupState = {
  ...NO_GROUP, name: GROUP_NAME, delegations: [...DELEGATIONS],
  seats: Object.fromEntries((Object.keys(CAST) as CastKey[]).map((who) => [who, actorOf(who)])) as GroupState['seats'],
};

/** The rules alone, without a server. */
class RulesFixture implements DemoParticipants {
  document: DocumentState;
  readonly rooms: Partial<Record<RoomName, Text>> = { working: EMPTY_TEXT };
  private at = 0;
  private readonly typed = new Map<string, number>();

  constructor(script: DemoScript) {
    this.document = absent(script.id);
    this.perform('moderator', { t: 'openDocument', title: script.title, template: script.template, provisions: script.provisions });
  }

  shared() {
    return { document: this.document, rooms: this.rooms, group };
  }

  actor(who: CastKey): Actor {
    return actorOf(who);
  }

  async type(who: CastKey, breaths: readonly (readonly Edit[])[]) {
    const { delegation, role } = CAST[who];
    const room = this.document.stage === 'drafting' ? 'working' : positionRoom(role === 'moderator' ? 'chair' : delegation!);
    for (const edits of breaths) {
      this.write(room, edits);
      for (const edit of edits) this.typed.set(`${room} ${edit.do === 'add' ? edit.provision.id : edit.id}`, this.at);
    }
  }

  async act(who: CastKey, act: LooseAct) {
    this.perform(who, act);
  }

  async rest() {
    this.at += REST_MS;
  }

  private perform(who: CastKey, act: LooseAct): void {
    const decided = decide({ ...act, v: 1, id: 'act', doc: this.document.id }, { ...this.shared(), actor: actorOf(who), at: this.at, typedAt: (room, id) => this.typed.get(`${room} ${id}`) });
    if (!decided.ok) throw new Error(`${who}: ${JSON.stringify(act)} is refused: ${decided.reason}`);
    for (const { room, edits } of decided.value.edits) this.write(room, edits);
    for (const event of decided.value.events) this.document = foldDocument(this.document, event, { user: who, at: 0 });
    for (const { room, provisions } of writtenIn(decided.value.events)) for (const id of provisions) this.typed.set(`${room} ${id}`, this.at);
  }

  private write(room: RoomName, edits: readonly Edit[]): void {
    this.rooms[room] = applyEdits(this.rooms[room] ?? EMPTY_TEXT, edits);
  }
}

const fixtures = new Map<string, RulesFixture>();
const played = async (script: DemoScript): Promise<RulesFixture> => {
  const fixture = fixtures.get(script.id) ?? new RulesFixture(script);
  if (!fixtures.has(script.id)) {
    fixtures.set(script.id, fixture);
    await play(script, fixture);
  }
  return fixture;
};
const named = (id: string): DemoScript => DEMO_SCRIPTS.find((script) => script.id === id)!;

describe('the scripts of the demo', () => {
  it.each(DEMO_SCRIPTS.map((script) => [script.title, script] as const))('%s: every word stands where it is changed, every act is granted', async (_title, script) => {
    const fixture = await played(script);
    for (const text of Object.values(fixture.rooms) as Text[]) {
      for (const { slots, label } of provisionsOf(text)) expect([label, ...Object.values(slots).map(textOf)].every(isCleanText)).toBe(true);
    }
  });

  it.each([['understanding', 10], ['metrics', 5], ['protocol', 5]])('%s: at least %i provisions are under dispute, and each standing is there', async (id, bracketed) => {
    const { document, rooms } = await played(named(id));
    const progress = progressOf({ document, rooms, group });
    expect(progress.bracketed).toBeGreaterThanOrEqual(Number(bracketed) - 1);
    expect(Math.min(progress.approved, progress.agreed, progress.clean)).toBeGreaterThanOrEqual(1);
  });

  it.each([['metrics', 'metric'], ['protocol', 'step']])('%s: at least six of its kind, every slot filled', async (id, kind) => {
    const { rooms } = await played(named(id));
    const own = provisionsOf(rooms.common!).filter((provision) => provision.kind === kind);
    expect(own.length).toBeGreaterThanOrEqual(6);
    expect((Object.values(rooms) as Text[]).flatMap(provisionsOf).filter(isOpen).map(({ id: open }) => open)).toEqual([]);
  });

  it('the understanding has one placeholder, one approved, one asked to be reopened, one consent waiting', async () => {
    const { document, rooms } = await played(named('understanding'));
    const standing = (id: string) => standingOf({ document, rooms, group }, id);
    expect(['effect', 'recalling', 'convinced', 'information', 'conduct', 'contact', 'support'].map(standing)).toEqual(['open', 'approved', 'agreed', 'agreed', 'clean', 'clean', 'bracketed']);
    expect(Object.keys(document.settled.information!.reopenings)).toEqual(['ochre']);
    expect(Object.keys(document.settled.conduct!.consents)).toEqual(['azure']);
    expect(Object.keys(document.declines)).toHaveLength(2);
  });

  it('the working paper stays one', async () => {
    expect((await played(named('evidence'))).document.stage).toBe('drafting');
  });
});
