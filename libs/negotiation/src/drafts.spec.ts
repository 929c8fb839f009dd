import { applyEdits, EMPTY_TEXT, type Text } from '@parley/text';
import { describe, expect, it } from 'vitest';
import { provision, RulesFixture } from '../test-support/rules-fixture.ts';
import { type Actor, absent, type ActContext, ACTS, baseRoom, decide, type DocumentAct, type DocumentState, draftRoom, DRAFTS, foldDocument, NOTES, positionRoom, SERVER, type Verdict } from './index.ts';

const t = RulesFixture.negotiating(provision('p1', 'Each side shall act.'), provision('p2', 'Within 24 hours.'));
type Wish = DocumentAct extends infer A ? (A extends DocumentAct ? Omit<A, 'v' | 'id' | 'doc'> : never) : never;

/** What one party has for itself of a document, decided and folded as its private log is. */
class PartyFixture {
  document: DocumentState = { ...t.document, drafts: {}, notes: {} };
  rooms: Record<string, Text> = { [positionRoom('az')]: t.rooms[positionRoom('az')]! };

  do(actor: Actor, wish: Wish): string {
    const context = { document: this.document, rooms: this.rooms, group: t.group, actor, at: 1_000, typedAt: () => undefined } as ActContext;
    const verdict = decide({ ...wish, v: 1, id: 'x', doc: t.document.id } as DocumentAct, context) as Verdict<{ events: never[]; edits: readonly { room: string; edits: never[] }[] }>;
    if (!verdict.ok) return verdict.reason;
    for (const { room, edits } of verdict.value.edits) this.rooms[room] = applyEdits(this.rooms[room] ?? EMPTY_TEXT, edits);
    this.document = verdict.value.events.reduce((state, event) => foldDocument(state, event, { user: actor.user, at: 1_000 }), this.document);
    return 'done';
  }

  splice(room: string, id: string, from: number, to: number, words: string): void {
    this.rooms[room] = applyEdits(this.rooms[room]!, [{ do: 'splice', id, key: 'en:text', from, to, insert: words ? [{ t: words }] : [] }]);
  }

  words(room: string, id: string): string { return (this.rooms[room]!.by.get(id)!.slots['en:text'] ?? []).map((run) => run.t).join(''); }
}

const follow = (to: number): Wish => ({ t: 'followPosition', party: 'az', draft: 'working', to });
const made = (): PartyFixture => { const p = new PartyFixture(); expect(p.do(SERVER, follow(7))).toBe('done'); return p; };
const [DRAFT, BASE, POSITION] = [draftRoom('az'), baseRoom('az'), positionRoom('az')];

describe('private drafts', () => {
  it('[ND1] are made by the server as a copy of the position, and brought to what it has become', () => {
    const p = made();
    expect([p.words(DRAFT, 'p1'), p.words(BASE, 'p2'), p.document.drafts]).toEqual(['Each side shall act.', 'Within 24 hours.', { working: { name: '', followed: 7, marked: [], away: false } }]);
    p.splice(DRAFT, 'p1', 0, 0, 'Perhaps ');
    p.splice(DRAFT, 'p2', 7, 9, '72');
    p.splice(POSITION, 'p2', 7, 9, '48');
    p.do(SERVER, follow(9));
    expect([p.words(DRAFT, 'p1'), p.words(DRAFT, 'p2'), p.words(BASE, 'p2'), p.document.drafts['working']]).toEqual(['Perhaps Each side shall act.', 'Within 72 hours.', 'Within 48 hours.', { name: '', followed: 9, marked: [{ provision: 'p2', key: 'en:text' }], away: false }]);
    expect([p.do(SERVER, follow(9)), p.words(DRAFT, 'p2')]).toEqual(['done', 'Within 72 hours.']);
    expect(p.do(t.az, follow(10))).toBe('role-forbids');
  });

  it('[ND1] marks are there until somebody has looked at them', () => {
    const p = made();
    for (const words of ['48', '36']) {
      p.splice(DRAFT, 'p2', 7, 9, '72');
      p.splice(POSITION, 'p2', 7, 9, words);
      p.do(SERVER, follow(9));
    }
    expect(p.document.drafts['working']!.marked).toEqual([{ provision: 'p2', key: 'en:text' }]);
    const look: Wish = { t: 'lookAtPlaces', draft: 'working', places: [{ provision: 'p2', key: 'en:text' }] };
    expect([p.do(t.auditor, look), p.do(t.az, { ...look, draft: 'none' } as Wish), p.do(t.az, look), p.do(t.az, look), p.document.drafts['working']!.marked]).toEqual(['role-forbids', 'not-found', 'done', 'nothing-pending', []]);
  });

  it('[ND2] are copied, named, put away and taken up', () => {
    const p = made();
    p.splice(DRAFT, 'p1', 0, 0, 'Perhaps ');
    const make = (draft: string, name: string, copied: 'draft' | 'position' = 'draft', from = 'working') => p.do(t.az, { t: 'makeDraft', draft, name, from, copied });
    expect([make('two', 'Fallback'), make('three', 'If they move', 'position'), make('two', 'Other'), make('four', 'Fallback'), make('working', 'Mine'), make('five', 'Five', 'draft', 'none')]).toEqual(['done', 'done', 'draft-exists', 'draft-exists', 'draft-exists', 'not-found']);
    expect([p.words(draftRoom('az', 'two'), 'p1'), p.words(draftRoom('az', 'three'), 'p1'), p.words(baseRoom('az', 'two'), 'p1')]).toEqual(['Perhaps Each side shall act.', 'Each side shall act.', 'Each side shall act.']);
    const away = (draft: string) => p.do(t.azHead, { t: 'putDraftAway', draft }), up = (draft: string) => p.do(t.az, { t: 'takeDraftUp', draft });
    expect([away('working'), up('two'), away('two'), away('two'), up('two'), away('none')]).toEqual(['move-not-open', 'move-not-open', 'done', 'move-not-open', 'done', 'not-found']);
    for (let n = Object.keys(p.document.drafts).length; n < DRAFTS; n++) expect(make(`d${n}`, `Draft ${n}`)).toBe('done');
    expect(make('more', 'More')).toBe('too-many-drafts');
  });

  it('[ND3] notes are written anew by whoever has read them', () => {
    const p = made(), note = (text: string, before: string | null, id = 'n1') => p.do(t.az, { t: 'writeNote', note: id, provision: 'p1', level: 'must', text, before });
    expect([note('Never 72.', null), note('Never 48.', null), note('Never 48.', 'Never 72.'), note('Un\u200Bseen.', 'Never 48.')]).toEqual(['done', 'text-moved', 'done', 'bad-text']);
    expect(p.document.notes).toEqual({ n1: { provision: 'p1', level: 'must', text: 'Never 48.', user: t.az.user, at: 1_000 } });
    expect([p.do(t.az, { t: 'removeNote', note: 'n1' }), p.do(t.az, { t: 'removeNote', note: 'n1' }), p.document.notes]).toEqual(['done', 'not-found', {}]);
    for (let n = 0; n < NOTES; n++) note('Words.', null, `n${n}`);
    expect([note('More.', null, 'more'), note('Other.', 'Words.', 'n3')]).toEqual(['too-many-notes', 'done']);
    p.document = { ...p.document, stage: 'closed' };
    expect([note('Late.', 'Other.', 'n3'), p.do(t.az, { t: 'removeNote', note: 'n3' })]).toEqual(['document-closed', 'document-closed']);
  });

  it('[ND4] are acts of a private log, and of what all share there is none', () => {
    const own = ACTS.onDocument.filter(({ t: name }) => ACTS.isPrivate(name)).map(({ t: name }) => name);
    expect(own.sort()).toEqual(['followPosition', 'lookAtPlaces', 'makeDraft', 'putDraftAway', 'removeNote', 'takeDraftUp', 'writeNote']);
    expect(ACTS.isPrivate('table')).toBe(false);
    const { drafts, notes } = absent('d');
    expect([drafts, notes]).toEqual([{}, {}]);
  });
});
