import { BadFrame, bytesOf, decodeFrame, type FrameBounds, TRANSPORT_LIMIT } from '@parley/protocol';
import parser from 'socket.io-msgpack-parser';
import type { AppSocket } from './socket-session.ts';

/** A connect packet: what a stranger may say. */
const FROM_STRANGER: FrameBounds = { bytes: 1_024, depth: 3, values: 32 };
/** An event with its request. No event has half as many values, or is half as deep. */
const FROM_MEMBER: FrameBounds = { bytes: TRANSPORT_LIMIT, depth: 16, values: 2_000 };

/**
 * Reads what one connection sends. Until its holder is admitted it reads one connect packet and nothing else; whatever does not hold is thrown, and socket.io then ends the
 * connection (G11).
 */
class GuardedDecoder extends parser.Decoder {
  private admitted = false;
  private introduced = false;

  admit(): void {
    this.admitted = true;
  }

  override add(frame: unknown): void {
    const packet = this.admitted ? decodeFrame(bytesOf(frame), FROM_MEMBER) : this.introduction(frame);
    this.checkPacket(packet);
    this.emit('decoded', packet);
  }

  private introduction(frame: unknown): unknown {
    if (this.introduced) throw new BadFrame('not admitted');
    this.introduced = true;
    const packet = decodeFrame(bytesOf(frame), FROM_STRANGER) as { readonly type?: unknown } | null;
    if (packet?.type !== (parser.PacketType.CONNECT as number)) throw new BadFrame('not a connect packet');
    return packet;
  }
}

/** What socket.io is given to read and write with. */
export const guardedParser = { ...parser, Decoder: GuardedDecoder };

/** From now on everything that the connection of this socket sends is read. socket.io keeps its decoder to itself; pinned with its version, `frames.database.spec.ts` holds it. */
export function readFrom(socket: AppSocket): void {
  (socket.client as unknown as { readonly decoder: GuardedDecoder }).decoder.admit();
}
