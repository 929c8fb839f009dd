import { setTimeout as pause } from 'node:timers/promises';
import type { GroupHistoryView, Joined, UpdateAnswer, UpdateRequest } from '@parley/protocol';
import type { DocumentClient } from '@parley/sync';
import { plainSlot, textAt } from '@parley/text';
import type { Socket } from 'socket.io-client';
import * as Y from 'yjs';
import { asked } from '../support/person.ts';
import { seeded } from '../../libs/text/test-support/seeded.ts';
import { Transcript } from './copies.ts';
import { compareEverybody } from './everybody.ts';
import { Findings, type Options, type Outcome, percentiles, type Row, type Size } from './row.ts';
import { atSite, type Site } from './site.ts';
import { RandomTypist, TypedWords, lettersOf } from './words.ts';

const TRIALS: Readonly<Record<Size, number>> = { small: 8, usual: 200, long: 20_000 }, IN_ONE_DOCUMENT = 100;
/** Updates that the member has under way at once while its seat is taken away. */
const BURST = 14;
/** In the small form it counts that the connection is closed, not when: that is how long is waited. */
const CLOSED_WITHIN: Readonly<Record<Size, number>> = { small: 15_000, usual: 1_000, long: 1_000 };

interface Interval { readonly from: number; readonly to: number }

/** One document, in which somebody else is at work all the time. */
interface Paper { readonly doc: string; readonly other: DocumentClient; readonly typed: TypedWords; readonly transcript: Transcript; readonly refused: Set<string>; readonly without: Interval[] }

/** A member writes as fast as it can while its head takes its seat away, and does not ask one update after the other. */
class Revocations {
  private readonly random: () => number;
  private readonly closed: number[] = [];

  constructor(private readonly site: Site, private readonly findings: Findings, private readonly options: Options) {
    this.random = seeded(options.seed);
  }

  private get sabotaged(): boolean { return this.options.sabotage === 'take-the-seat'; }

  async run(): Promise<void> {
    for (let left = TRIALS[this.options.size]; left > 0; left -= IN_ONE_DOCUMENT) {
      const doc = await this.site.group.draft([{ id: 'p', kind: 'paragraph', label: '1', level: 0, slots: { 'en:text': plainSlot('One.') } }]);
      const paper: Paper = { doc, other: await this.site.group.oc.open(doc), typed: new TypedWords(), transcript: new Transcript(), refused: new Set(), without: [] };
      for (let n = 0; n < Math.min(left, IN_ONE_DOCUMENT) && this.findings.violations < 3; n++) paper.without.push(await this.trial(paper));
      await this.compare(paper);
      await paper.other.stop();
    }
    Object.assign(this.findings.figures, percentiles('closedMs', this.closed));
  }

  private async trial(paper: Paper): Promise<Interval> {
    const { group } = this.site, within = CLOSED_WITHIN[this.options.size], { user } = group.az, socket = await group.az.connected();
    const joined = await asked<Joined>(socket, 'join', { doc: paper.doc, have: {} });
    this.findings.tried += 1;
    new RandomTypist(paper.typed, group.oc.user, this.random).type(paper.other, 'p');
    const answers: { readonly request: UpdateRequest; readonly answer: UpdateAnswer }[] = [];
    const burst = this.burst(socket, paper, joined, (request, answer) => answers.push({ request, answer }));
    await pause(this.random() * 12);
    const began = performance.now(), gone = new Promise<number>((resolve) => socket.once('disconnect', () => resolve(performance.now() - began)));
    const from = await this.entryOf(this.sabotaged ? group.admin.actOnGroup({ t: 'remove', user: group.observer.user }) : group.azHead.actOnGroup({ t: 'remove', user }));
    const after = await Promise.race([gone, pause(within + 500).then(() => Infinity)]);
    this.findings.check(after <= within, () => `the connection was still open after ${within} ms`);
    if (Number.isFinite(after)) this.closed.push(after);
    await burst;
    socket.disconnect();
    for (const { request, answer } of answers) {
      paper.transcript.recordAnswer(request, answer);
      if (!answer.ok) lettersOf(request.update).forEach((one) => paper.refused.add(one));
      this.findings.count(answer.ok ? 'accepted' : answer.reason);
      this.findings.check(!answer.ok || answer.entry < from, () => `an update was acknowledged as entry ${answer.ok && answer.entry}, the seat was taken away in ${from}`);
    }
    return { from, to: await this.seatedAgain(group, this.sabotaged) };
  }

  /** Gives the seat back; the entry by which it was taken. */
  private async seatedAgain(group: Site['group'], sabotaged: boolean): Promise<number> {
    await (sabotaged ? group.seat(group.observer, 'observer') : group.seat(group.az, 'negotiator', group.delegations[0]));
    const { entries } = await group.auditor.must<GroupHistoryView>('GET', 'history');
    return entries.findLast(({ act }) => act.t === 'takeSeat')!.index;
  }

  private async entryOf(act: ReturnType<Site['group']['az']['actOnGroup']>): Promise<number> {
    const { status, body } = await act;
    if (status >= 300) throw new Error(`the act was refused: ${body.refusal}`);
    return body.entry;
  }

  /** One letter after the other, without waiting for what becomes of the last. */
  private async burst(socket: Socket, { doc, typed }: Paper, { rooms }: Joined, answered: (request: UpdateRequest, answer: UpdateAnswer) => void): Promise<void> {
    const own = new Y.Doc();
    for (const update of rooms.working!.updates) Y.applyUpdate(own, update);
    for (let n = 0; n < BURST && socket.connected; n++) {
      const before = Y.encodeStateVector(own), one = typed.next();
      typed.typed.set(one, this.site.group.az.user);
      textAt(own, 'p', 'en:text')!.insert(0, one);
      const request: UpdateRequest = { doc, room: 'working', update: Y.encodeStateAsUpdate(own, before) };
      void asked<UpdateAnswer>(socket, 'update', request).then((answer) => answered(request, answer), () => this.findings.count('unanswered'));
      await pause(this.random() * 3);
    }
  }

  /** Nothing of the member stands in the record between its removal and its return, nor anything that it was refused; what was acknowledged does; and all copies are one. */
  private async compare({ doc, other, typed, transcript, refused, without }: Paper): Promise<void> {
    const { user } = this.site.group.az, { findings, options: { size, sabotage } } = this;
    const entries = await compareEverybody(this.site, findings, doc, { 'who stayed': other }, { size, forgetsRecord: sabotage === 'keep-what-is-acknowledged' });
    for (const entry of entries) {
      findings.check(entry.by !== user || !without.some(({ from, to }) => entry.index > from && entry.index < to), () => `entry ${entry.index} is of somebody who had no seat`);
      const slipped = entry.writes.flatMap(({ update }) => lettersOf(update)).filter((one) => refused.has(one));
      findings.check(slipped.length === 0, () => `entry ${entry.index} has ${slipped.join('')}, which was refused`);
    }
    transcript.compare(findings, doc, entries, typed);
  }
}

async function revokeAgainstWrite(options: Options): Promise<Outcome> {
  const findings = new Findings();
  await atSite(options.size, (site) => new Revocations(site, findings, options).run());
  findings.check(Number(findings.figures['accepted'] ?? 0) > 0, () => 'no update was ever accepted');
  return findings.outcome();
}

export const revoke: Row = {
  name: 'revoke', live: true, run: revokeAgainstWrite, about: 'a member writes without pause while its seat is taken away',
  rules: { 'take-the-seat': 'in the harness somebody else’s seat is taken away', 'keep-what-is-acknowledged': 'the harness’s record has lost one entry' },
};
