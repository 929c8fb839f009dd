import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { copyOf, readText, ROOT } from './room.ts';
import { Client, oneOf, room, Server } from '../test-support/peers.ts';
import { seeded } from '../test-support/seeded.ts';
import { cases, inWords } from '../test-support/cases.ts';

function play(seed: number, steps: number) {
  const random = seeded(seed);
  const server = new Server(room(seed));
  const clients = ['w', 'x', 'y', 'z'].map((name, i) => new Client(name, server, random, [900, 70, 5_000, 300][i]! * 1000, i !== 3));
  for (let n = 0; n < steps; n++) {
    const client = oneOf(random, clients);
    const dice = random();
    if (dice < 0.62) client.edit(n);
    else if (dice < 0.78) client.send();
    else if (dice < 0.96) client.read();
    else if (dice < 0.975) client.online = false;
    else if (dice < 0.985) client.reload();
    else client.rejoin();
  }
  for (let round = 0; round < 3; round++) {
    for (const client of clients) client.rejoin();
  }
  return { server, clients };
}

/** All who took part, a fresh peer, and one that replays the log and keeps what was deleted. */
function readers({ server, clients }: ReturnType<typeof play>, seed: number): Y.Doc[] {
  const archive = copyOf(room(seed), false);
  for (const update of server.log) Y.applyUpdate(archive, update);
  return [...clients.map((client) => client.doc), copyOf(server.doc), archive];
}

describe('honest work', () => {
  it(`[D0] four members at once, offline bursts, marks, moves, removals, splits, other kinds, undo, reloads: ${inWords(cases(5_000))} updates, none refused, all read the same`, () => {
    let validated = 0;
    for (let seed = 1; validated < cases(5_000); seed++) {
      const played = play(seed, 700);
      validated += played.server.validated;
      expect(played.server.refused, `seed ${seed}`).toEqual([]);
      const expected = readText(played.server.doc);
      for (const doc of readers(played, seed)) expect(readText(doc), `seed ${seed}`).toEqual(expected);
      expect([...played.server.doc.share.keys()]).toEqual([ROOT]);
      expect(JSON.stringify([...expected.by.values()])).not.toContain('\ufffd');
    }
  });
});
