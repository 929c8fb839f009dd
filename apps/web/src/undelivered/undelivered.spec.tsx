import 'fake-indexeddb/auto';
import type { DocumentClient } from '@parley/sync';
import { plainSlot } from '@parley/text';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { provision, RulesFixture } from '../../../../libs/negotiation/test-support/rules-fixture.ts';
import { Seat } from '../../test-support/seat.tsx';
import { keptWords } from '../sync/undelivered-store.ts';
import { Tray } from './undelivered.ts';
import { UndeliveredList } from './undelivered-list.tsx';

let t: RulesFixture, seat: Seat, tray: Tray, tell: Record<string, (payload: unknown) => void>, count = 0;

/** A working paper, and the tray of a negotiator whose words are on their way. */
beforeEach(() => {
  t = RulesFixture.seated();
  t.must(t.chair, { t: 'openDocument', title: 'Paper', template: 'understanding', provisions: [provision('h', 'Requests', 'heading', 'Article 6'), provision('p1', 'Each side replies.', 'paragraph', '1')] });
  tell = {};
  const client = {
    get document() { return t.document; }, texts: () => t.rooms, status: { kept: true }, undelivered: () => [],
    on(event: string, listener: (payload: unknown) => void) { tell[event] = listener; return () => undefined; },
  } as unknown as DocumentClient;
  tray = new Tray(client, `somebody${++count}`, 'wg1', 'doc');
  seat = new Seat(t, t.az);
});
afterEach(() => { tray.stop(); return seat.leave(); });

const back = (reason: string): void => tell['refused']!({ room: 'working', reason, words: [{ provision: 'p1', key: 'en:text', words: ' within a day' }] });
const read = async (): Promise<string> => { await seat.show(<UndeliveredList items={tray.read()} nameOf={(user) => `Name of ${user}`} />); return seat.words; };

describe('words that come back', () => {
  it('[E43] from a document that was closed meanwhile say so, by whom and when, and where they were meant to go; not that a stage forbids them', async () => {
    t.must(t.chair, { t: 'closePaper', reason: 'superseded' });
    back('stage-forbids');
    const said = await read();
    expect(said).toContain('“ within a day”');
    expect(said).toContain('Meant for Article 6, 1. The document was closed by Name of chair1, ');
    expect(said).toContain('before they had reached it. Nobody writes in it any more: copy them where they are needed.');
    expect(said).not.toContain('stage');
    const [time] = seat.all('time') as HTMLTimeElement[];
    expect([time!.dateTime, /UTC$/.test(time!.title)]).toEqual([new Date(t.at).toISOString(), true]);
  });

  it('[E43] also from a negotiation, whatever the refusal; and as long as this device keeps them', async () => {
    const text = t.paperDigest();
    for (const head of [t.azHead, t.ocHead]) t.must(head, { t: 'acceptAsBasis', digest: text });
    const closing = t.performed(t.chair, { t: 'proposeClosing', reason: 'no use' });
    for (const head of [t.azHead, t.ocHead]) t.must(head, { t: 'assentToClosing', closing });
    tell['refused']!({ room: 'position:az', reason: 'document-closed', words: [{ provision: 'p1', key: 'en:text', words: ' within a week' }] });
    tell['returned']!({ room: 'position:az', returned: [{ provision: 'p1', key: 'en:text', words: plainSlot(' at once') }] });
    expect((await read()).match(/The document was closed by Name of ocHead/g)).toHaveLength(2);
    await expect.poll(async () => (await keptWords(`somebody${count}`, 'wg1', 'doc')).map(({ words, closed }) => `${words} ${closed?.user}`).sort()).toEqual([' at once ocHead', ' within a week ocHead']);
  });

  it('[E41] [E43] typed after the closing are told as that', async () => {
    t.must(t.chair, { t: 'closePaper', reason: '' });
    for (const key of ['a', 'b']) tray.late('working', 'p1', 'en:text', key);
    expect(tray.read().map(({ words }) => words)).toEqual(['ab']);
    expect(await read()).toContain('You typed them after the document had been closed by Name of chair1');
  });

  it('[E43] for another reason say that reason, as before', async () => {
    back('stage-forbids');
    expect(await read()).toContain('This cannot be done at the present stage of the document.');
  });
});
