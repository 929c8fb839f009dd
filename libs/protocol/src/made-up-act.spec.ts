import { ActRegistry, ACTS, documentAct, type DocumentAct, documentEvent, groupAct, groupEvent, grant, message, outcome, refuse } from '@parley/negotiation';
import { describe, expect, it } from 'vitest';
import { provision, RulesFixture } from '../../negotiation/test-support/rules-fixture.ts';
import { documentActSchemaOf, groupActSchemaOf, readAct, writeAct } from './index.ts';

/** What one file would hold. */
const noted = documentEvent<{ readonly e: 'noted'; readonly provision: string }>('noted', (state, event, mark) => ({ ...state, title: `${state.title}, ${event.provision} noted by ${mark.user}` }));
const note = documentAct({
  t: 'note', performedBy: 'people', since: 5,
  fields: ({ z, id }) => ({ provision: id, words: z.string().max(80), source: z.strictObject({ kind: z.enum(['letter', 'call']), from: z.string(), pages: z.array(z.strictObject({ number: z.number(), quote: z.string() })) }) }),
  legible: { provision: true, source: { kind: true, pages: { number: true } } },
  right: { roles: ['head'], stage: 'negotiation', line: (_actor, on) => (on.provision === 'p1' ? grant(undefined) : refuse('other-delegation')) },
  about: (act) => ({ provision: act.provision }),
  events: [noted],
  decide: ({ provision: id }, { rooms }) => (rooms.common?.by.has(id) ? outcome([{ e: 'noted', provision: id }]) : refuse('not-found')),
  says: ({ provision: id, words }) => message('note', { provision: id, words }),
});
const renamed = groupEvent<{ readonly e: 'renamed'; readonly name: string }>('renamed', (state, { name }) => ({ ...state, name }));
const rename = groupAct({
  t: 'rename', performedBy: 'server', since: 2, fields: ({ z }) => ({ name: z.string() }), legible: {}, right: { roles: ['server'] }, events: [renamed],
  decide: ({ name }) => grant([{ e: 'renamed', name }]),
});

/** And what one line would. */
const acts = new ActRegistry([...ACTS.onDocument, note], [...ACTS.onGroup, rename]);

const t = RulesFixture.negotiating(provision('p1', 'Words.'), provision('p2', 'More words.'));
const act = { v: 1, id: 'x', doc: 'doc', t: 'note', provision: 'p1', words: 'as the letter says', source: { kind: 'letter', from: 'the capital', pages: [{ number: 7, quote: 'never' }] } } as const;

describe('[V5] an act is one file and one line', () => {
  it('its schema', () => {
    const schema = documentActSchemaOf(acts);
    expect(schema.parse(act)).toEqual(act);
    expect(schema.safeParse({ ...act, more: 1 }).success).toBe(false);
    expect(schema.safeParse({ ...act, source: { ...act.source, kind: 'rumour' } }).success).toBe(false);
    expect(documentActSchemaOf(ACTS).safeParse(act).success).toBe(false);
    expect(groupActSchemaOf(acts).safeParse({ v: 1, id: 'x', t: 'rename', name: 'Other' }).success).toBe(false);
  });

  it('[V6] what of it is legible in a leaf, and nothing else, however deep', () => {
    const sent = writeAct(act as unknown as DocumentAct, 'ab'.repeat(16), acts);
    expect(JSON.parse(sent.op)).toEqual({ v: 1, id: 'x', doc: 'doc', t: 'note', provision: 'p1', source: { kind: 'letter', pages: [{ number: 7 }] }, words: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    expect(JSON.parse(sent.words)).toEqual({ salt: 'ab'.repeat(16), words: act.words, source: act.source });
    expect(readAct(sent, acts)).toEqual(act);
    const grown = { ...act, source: { ...act.source, secret: 'the fallback' }, secret: 'the fallback' };
    expect(writeAct(grown as unknown as DocumentAct, 'ab'.repeat(16), acts).op).not.toContain('fallback');
    expect(writeAct({ ...act, source: 'the fallback' } as unknown as DocumentAct, 'ab'.repeat(16), acts).op).not.toContain('fallback');
    expect(writeAct({ ...act, provision: { secret: 'the fallback' } } as unknown as DocumentAct, 'ab'.repeat(16), acts).op).not.toContain('fallback');
  });

  it('who may, and when', () => {
    const asked = (actor = t.azHead, on: object = {}) => acts.may(actor, 'note', { group: t.group, document: t.document, provision: 'p1', ...on });
    expect(asked()).toMatchObject({ ok: true });
    expect(asked(t.az)).toEqual(refuse('role-forbids'));
    expect(asked(t.azHead, { provision: 'p2' })).toEqual(refuse('other-delegation'));
    expect(asked(t.azHead, { document: { ...t.document, stage: 'closed' } })).toEqual(refuse('document-closed'));
    expect(ACTS.may(t.azHead, 'note', { group: t.group, document: t.document })).toEqual(refuse('role-forbids'));
  });

  it('its decision and its fold', () => {
    expect(acts.decide({ ...act, provision: 'p2' }, t.context(t.azHead))).toEqual(refuse('other-delegation'));
    expect(acts.decide(act, t.context(t.chair))).toEqual(refuse('role-forbids'));
    const decided = acts.decide(act, t.context(t.ocHead));
    expect(decided).toEqual(grant({ events: [{ e: 'noted', provision: 'p1' }], edits: [] }));
    expect(acts.foldDocument(t.document, { e: 'noted', provision: 'p1' }, { user: 'ocHead', at: 1 }).title).toBe('Understanding, p1 noted by ocHead');
    expect(() => ACTS.foldDocument(t.document, { e: 'noted' } as never, { user: 'ocHead', at: 1 })).toThrow(RangeError);
    expect(acts.foldGroup(t.group, { e: 'renamed', name: 'Other' }, { user: 'server', at: 1 }).name).toBe('Other');
  });

  it('its words', () => expect(acts.says(act, [])).toEqual({ id: 'note', provision: 'p1', words: 'as the letter says' }));

  it('raises the version of what is kept, and that of the rules when it says so', () => {
    expect([acts.stateVersion - ACTS.stateVersion, acts.rulesVersion, ACTS.rulesVersion]).toEqual([1, 5, 4]);
  });

  it('has a name of its own, and so have its events', () => {
    expect(() => new ActRegistry([...ACTS.onDocument, note, note], ACTS.onGroup)).toThrow(RangeError);
    expect(() => new ActRegistry([...ACTS.onDocument, { ...note, t: 'agree' }], ACTS.onGroup)).toThrow(RangeError);
    expect(() => new ActRegistry([note, { ...note, t: 'other', events: [{ ...noted }] }], [])).toThrow(RangeError);
  });

  it('[V7] makes its schemas only when they are asked for', () => {
    const wanted: string[] = [], counted = { ...note, fields: (schemas: Parameters<typeof note.fields>[0]) => { wanted.push('note'); return note.fields(schemas); } };
    const registry = new ActRegistry([...ACTS.onDocument, counted], ACTS.onGroup);
    expect([registry.may({ user: 'x', role: 'auditor' }, 'note', { group: t.group }).ok, registry.legibleOf('note').provision, wanted]).toEqual([false, true, []]);
    expect([documentActSchemaOf(registry).safeParse(act).success, wanted]).toEqual([true, ['note']]);
  });

  it('does not compile without one of its parts, nor with more legible than it has', () => {
    // @ts-expect-error: it says nothing
    documentAct({ t: 'note', performedBy: 'people', since: 3, fields: () => ({}), legible: {}, right: { roles: [] }, events: [noted], decide: () => refuse('not-found') });
    // @ts-expect-error: it says what is legible of nothing
    groupAct({ t: 'rename', performedBy: 'people', since: 3, fields: () => ({}), right: { roles: [] }, events: [renamed], decide: () => refuse('not-found') });
    // @ts-expect-error: it gives an event that it does not list
    groupAct({ t: 'rename', performedBy: 'people', since: 3, fields: () => ({}), legible: {}, right: { roles: [] }, events: [renamed], decide: () => grant([{ e: 'other' }]) });
    // @ts-expect-error: it shows the whole of a value with parts
    const whole: typeof note.legible = { source: true };
    // @ts-expect-error: it shows a field that it does not have
    const unknown: typeof note.legible = { secret: true };
    expect([whole, unknown]).toHaveLength(2);
  });
});
