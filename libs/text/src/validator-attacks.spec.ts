import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type Attack, ATTACKS, colleaguesWords } from '../test-support/attacks.ts';
import type { UpdateRule } from './update-validator.ts';
import { validateBy } from './validator-structs-in-order.ts';
import { UpdateRules } from './validator-structs.ts';
import { textFrom } from './provision.ts';
import { copyOf, fillRoom, textAt, writeEdits } from './room.ts';
import { anyone, COLLEAGUE, forged, ME, member, mine, unsent, pass, random, room, stop, text, updateOf } from '../test-support/forge.ts';
import { plainSlot } from './slot.ts';

/** Every rule that can send an update away or changes what goes on of it. */
const RULES: readonly UpdateRule[] = ['D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'D9', 'D10', 'D11', 'D12', 'D13', 'D14', 'D15', 'D16', 'D17', 'D18', 'D19', 'D20', 'D21', 'D22'];
/** Rules that refuse nothing: they have tests of their own below. */
const PASSING: readonly UpdateRule[] = ['D5', 'D21'];

function attackedRoom({ before = [] }: Attack): Y.Doc {
  const server = room();
  pass(server, colleaguesWords(server), anyone);
  for (const { update } of before) pass(server, update(server), anyone);
  return server;
}

describe('an attack', () => {
  it.each(ATTACKS.map((attack) => [attack.rule, attack.name, attack] as const))('[%s] is refused and leaves no trace: %s', (_rule, _name, attack) => {
    const server = attackedRoom(attack);
    const update = attack.update(server);
    const verdict = validateBy(new UpdateRules(), server, update, mine);
    if (attack.reason === 'empty') expect(verdict).toMatchObject({ ok: true, empty: true });
    else expect(verdict).toMatchObject({ ok: false, rule: attack.rule, reason: attack.reason, resync: attack.rejoin ?? false });
    expect(stop(server, update)).toBe(attack.reason === 'empty' ? 'passed' : `${attack.reason}${attack.rejoin ? ' (resync)' : ''}`);
  });
});

describe('the validator without one rule', () => {
  const needed = ATTACKS.filter(({ harm }) => harm);

  it('is tried for every rule that refuses', () => {
    expect([...new Set(needed.map(({ rule }) => rule))].sort()).toEqual(RULES.filter((rule) => !PASSING.includes(rule)).sort());
  });

  it.each(needed.map((attack) => [attack.rule, attack.name, attack] as const))('[%s] lets in what no other rule stops: %s', (rule, _name, attack) => {
    const server = attackedRoom(attack);
    const verdict = validateBy(new UpdateRules(rule), server, attack.update(server), mine);
    if (!verdict.ok) throw new Error(`${verdict.rule} refuses it too: ${verdict.reason}, ${verdict.detail}`);
    expect(breaks(server, verdict.update) || attack.harm!(server)).toBe(true);
  });

  it('[D5] would relay other words for known clocks, which who comes later reads and nobody else', () => {
    const [server, late] = [room(), room()];
    pass(server, forged({ parent: null, ...slotStart(server), content: new Y.ContentString('one') }));
    const forgery = forged({ parent: null, ...slotStart(late), content: new Y.ContentString('two') });
    const [right, without] = [new UpdateRules(), new UpdateRules('D5')].map((rules) => validateBy(rules, server, forgery, mine));
    if (!right!.ok || !without!.ok) throw new Error('neither is refused');
    for (const verdict of [right!, without!]) if (verdict.ok) Y.applyUpdate(server, verdict.update);
    Y.applyUpdate(late, right!.update);
    expect(text(late).toString()).toBe(text(room()).toString());
    Y.applyUpdate(late, without!.update);
    expect(text(late).toString()).not.toBe(text(server).toString());
  });

  it('[D21] would take words into a text that is no more and tell nobody', () => {
    const server = room();
    const docs = [member(server, 5), member(server)];
    const updates = docs.map((doc) => updateOf(doc, () => writeEdits(doc, [{ do: 'set', id: 'a', kind: 'definition' }], random)));
    pass(server, updates[0]!, anyone);
    const typed = updateOf(docs[0]!, () => textAt(docs[0]!, 'a', 'en:term')!.insert(0, 'lost'));
    pass(server, updates[1]!, anyone);
    const [right, without] = [new UpdateRules(), new UpdateRules('D21')].map((rules) => validateBy(rules, server, typed, anyone));
    expect(right).toMatchObject({ ok: true, orphaned: [{ id: '', key: '', words: 'lost' }] });
    expect(without).toMatchObject({ ok: true, orphaned: [] });
    Y.applyUpdate(server, typed);
    expect(textAt(server, 'a', 'en:term')!.toString()).toBe('');
  });
});

describe('what is harmless here, because one party writes in a room', () => {
  it('[D5] the same words deleted and typed again: words are compared, not who typed them', () => {
    const server = room();
    const doc = member(server);
    const before = text(server).toString();
    pass(server, updateOf(doc, () => doc.transact(() => (text(doc).delete(0, before.length), text(doc).insert(0, before)))));
    expect(text(server).toString()).toBe(before);
  });

  it('[D9] an update of another room of the same words never applies: rooms share nothing', () => {
    const [one, other] = [room(), new Y.Doc()];
    other.clientID = 4711;
    fillRoom(other, textFrom([{ id: 'a', kind: 'paragraph', label: '1', level: 0, slots: { 'en:text': plainSlot('The Parties 😀 shall consult.') } }]), random);
    const doc = Object.assign(copyOf(other), { clientID: ME });
    expect(stop(one, updateOf(doc, () => text(doc).insert(3, 'x')))).toBe('unknown-origin (resync)');
    expect(stop(one, updateOf(doc, () => text(doc).delete(3, 2)))).toBe('gap (resync)');
    expect(stop(one, Y.encodeStateAsUpdate(doc), { mayWriteAs: (client) => client !== COLLEAGUE })).toBe('bad-shape');
  });

  it('[D6] what was refused for what it lacks does not come to life when that arrives', () => {
    const server = room();
    const doc = member(server);
    const [first, second] = ['one', 'two'].map((words) => updateOf(doc, () => text(doc).insert(3, words)));
    expect(stop(server, second!)).toBe('gap (resync)');
    pass(server, first!);
    expect(text(server).toString()).toBe('Theone Parties 😀 shall consult.');
    pass(server, unsent(doc, server));
    expect(text(server).toString()).toBe('Thetwoone Parties 😀 shall consult.');
  });
});

/** Yjs throws when it applies it, and some of it is then there for good. */
function breaks(doc: Y.Doc, update: Uint8Array): boolean {
  try {
    Y.applyUpdate(doc, update);
    return false;
  } catch {
    return true;
  }
}

const slotStart = (doc: Y.Doc) => ({ right: text(doc)._start!.id });
