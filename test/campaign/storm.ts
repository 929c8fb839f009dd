import { setTimeout as pause } from 'node:timers/promises';
import type { DocumentClient } from '@parley/sync';
import { plainSlot } from '@parley/text';
import { append } from '../support/person.ts';
import { NAMES } from '../support/working-group.ts';
import { compareCopies, replayed } from './copies.ts';
import { Findings, type Options, type Outcome, percentiles, type Row, type Size } from './row.ts';
import { atSite, type Site } from './site.ts';

const SOCKETS: Readonly<Record<Size, number>> = { small: 40, usual: 500, long: 500 }, STORMS: Readonly<Record<Size, number>> = { small: 1, usual: 2, long: 20 };
const ALL_BACK_WITHIN: Readonly<Record<Size, number>> = { small: 3_000, usual: 20_000, long: 20_000 };

/** All come back at the same time to a server that has just started; some have something to bring. */
async function storm(site: Site, clients: readonly DocumentClient[], findings: Findings, back: number[], within: number): Promise<void> {
  await site.kill(async () => {
    clients.forEach((client, i) => { if (client.ownRoom && i % 5 === 0) append(client, 'p', 'x'); });
    await pause(200);
  });
  const began = performance.now();
  await Promise.all(clients.map(async (client) => {
    while (client.status.state !== 'saved') {
      if (performance.now() - began > within) return findings.violation(`after ${within} ms a client is ${client.status.state}`);
      await pause(10);
    }
    back.push(performance.now() - began);
  }));
  findings.tried += clients.length;
}

async function reconnect({ size, sabotage }: Options): Promise<Outcome> {
  const findings = new Findings(), back: number[] = [];
  await atSite(size, async (site) => {
    const doc = await site.group.draft([{ id: 'p', kind: 'paragraph', label: '1', level: 0, slots: { 'en:text': plainSlot('One.') } }]);
    const sockets = Array.from({ length: SOCKETS[size] }, (_, i) => ({ person: site.group[NAMES[i % NAMES.length]!], socket: site.group[NAMES[i % NAMES.length]!].socket() }));
    const clients: DocumentClient[] = [];
    for (let i = 0; i < sockets.length; i += 20) clients.push(...await Promise.all(sockets.slice(i, i + 20).map(({ person, socket }) => person.open(doc, { socket }))));
    if (sabotage === 'come-back') sockets[3]!.socket.io.reconnection(false);
    for (let i = 0; i < STORMS[size]; i++) await storm(site, clients, findings, back, ALL_BACK_WITHIN[size]);
    await pause(300);
    compareCopies(findings, [replayed(doc, await site.entriesOf(doc)), ...clients.map((client, i) => ({ whose: `client ${i}`, texts: client.texts() }))]);
    await Promise.all(clients.map((client) => client.stop().catch(() => undefined)));
    for (const { socket } of sockets) socket.disconnect();
  });
  Object.assign(findings.figures, { sockets: SOCKETS[size] }, percentiles('backMs', back));
  return findings.outcome();
}

export const reconnectStorm: Row = {
  name: 'storm', live: true, run: reconnect, about: 'hundreds of clients come back at once to a server that has just started',
  rules: { 'come-back': 'one of the harness’s sockets does not connect again' },
};
