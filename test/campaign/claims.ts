import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { PROTOCOL_VERSION, SCHEMA_VERSION, SOCKET_PATH } from '@parley/protocol';
import * as parser from 'socket.io-msgpack-parser';
import WebSocket from 'ws';
import { STRANGER_MS } from '../../apps/server/src/realtime/socket-session.ts';
import type { Findings, Size } from './row.ts';
import type { Site } from './site.ts';

/** Who sends a frame that claims more than it brings is cut off within this. In the small form, where no time is measured, it is how long is waited: less than a stranger may stand who claims nothing, or the one could not be told from the other. */
const ENDED_WITHIN: Readonly<Record<Size, number>> = { small: STRANGER_MS * 0.7, usual: 2_000, long: 2_000 };
/** Nobody else waits as long for an answer; in the small form likewise how long is waited for it. */
const ANSWERED_WITHIN: Readonly<Record<Size, number>> = { small: 10_000, usual: 1_500, long: 1_500 };
/** More than a server of this size takes, far less than one such frame claims. */
const MEMORY_GROWS = 150 * 1024 * 1024;

const hex = (text: string): Buffer => Buffer.from(text, 'hex');

/** Each kind of length that msgpack has, claimed and not brought; depth; and what other parsers of socket.io would take. */
const CLAIMS: Readonly<Record<string, readonly (Buffer | string)[]>> = {
  'arrays that claim thirty million each': [hex(`${'dd01c9c380'.repeat(8)}00`)],
  'extensions that claim 200 MB': [hex('c90bebc20000'), hex('c8ffff00'), hex('c7ff00')],
  'lengths of 32 bits': ['c6', 'db', 'dd', 'df'].map((first) => hex(`${first}ffffffff`)),
  'lengths of 16 bits': ['c5', 'da', 'dc', 'de'].map((first) => hex(`${first}ffff`)),
  'maps one in the other': [hex('81a161'.repeat(20_000)), hex('df01c9c380a161'.repeat(8))],
  'arrays one in the other': [hex('91'.repeat(60_000))],
  'many attachments': ['451-["join",{"_placeholder":true,"num":0}]', `4${'9'.repeat(300)}-[]`],
};
const KINDS = Object.keys(CLAIMS);

/** An honest connect packet: what the sabotage sends in the place of a claim. */
const INTRODUCTION = (new parser.Encoder().encode({ type: 0, nsp: '/', data: { seat: 'u_1', protocol: PROTOCOL_VERSION, schema: SCHEMA_VERSION } }) as unknown as Buffer[])[0]!;

export const CLAIM_RULES = {
  'end-who-claims': 'the harness sends an honest greeting in the place of the first frame that claims too much',
  'hold-nobody': 'the harness stops the server for as long as it waits for an answer to another',
  'believe-no-length': 'the harness adds 1 GiB to the memory that the server has taken',
};

/** Frames that claim what they do not bring, from a stranger and from a member, while the server is asked whether others wait, and how much memory it holds. */
export class Claims {
  private kind = 0;
  private first: number | null = null;
  private held = false;

  constructor(private readonly site: Site, private readonly findings: Findings, private readonly random: () => number, private readonly sabotage: string | null, private readonly size: Size) {}

  /** One frame of the next kind, once as a stranger and once as a member. Gives how many were sent. */
  async send(): Promise<number> {
    const name = KINDS[this.kind++ % KINDS.length]!, frames = CLAIMS[name]!, chosen = frames[Math.floor(this.random() * frames.length)]!;
    const frame = this.sabotage === 'end-who-claims' && this.first === null ? INTRODUCTION : chosen;
    this.first ??= this.memory();
    const fromStranger = await this.stranger(), fromMember = await this.member();
    await Promise.all([this.endedBy(fromStranger, frame, `${name}, from a stranger`), this.endedBy(fromMember, frame, `${name}, from a member`), this.othersGoOn(name)]);
    const grown = this.memory() - this.first + (this.sabotage === 'believe-no-length' ? 1024 ** 3 : 0);
    this.findings.check(grown < MEMORY_GROWS, () => `${name}: the server took ${Math.round(grown / 1024 ** 2)} MiB`);
    this.findings.count('claims', 2);
    return 2;
  }

  /** As any program opens it: with the origin of the server itself, and no cookie. */
  private async stranger(): Promise<WebSocket> {
    const { url } = this.site.parley, socket = new WebSocket(`${url.replace('http', 'ws')}${SOCKET_PATH}/?EIO=4&transport=websocket`, { headers: { origin: url } });
    socket.on('error', () => undefined);
    await once(socket, 'message');
    return socket;
  }

  private async member(): Promise<WebSocket> {
    const socket = await this.site.group.az.connected();
    socket.io.reconnection(false);
    return (socket as unknown as { io: { engine: { transport: { ws: WebSocket } } } }).io.engine.transport.ws;
  }

  private async endedBy(socket: WebSocket, frame: Buffer | string, what: string): Promise<void> {
    const closed = once(socket, 'close').then(() => true), late = new AbortController();
    socket.send(frame);
    const ended = await Promise.race([closed, pause(ENDED_WITHIN[this.size], false, { signal: late.signal }).catch(() => true)]);
    late.abort();
    if (!ended) socket.terminate();
    this.findings.check(ended, () => `${what}: the connection stands`);
  }

  private async othersGoOn(what: string): Promise<void> {
    const { url, pid } = this.site.parley, within = ANSWERED_WITHIN[this.size], holds = this.sabotage === 'hold-nobody' && !this.held;
    this.held ||= holds;
    if (holds) process.kill(pid, 'SIGSTOP');
    const answered = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(within) }).then(() => true, () => false);
    if (holds) process.kill(pid, 'SIGCONT');
    this.findings.check(answered, () => `${what}: another was not answered within ${within} ms`);
  }

  /** Bytes that the server holds; 0 where the machine does not say. */
  private memory(): number {
    try {
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.site.parley.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
    } catch {
      return 0;
    }
  }
}
