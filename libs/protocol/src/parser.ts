import { BadFrame, decodeFrame, type FrameBounds } from './msgpack.ts';

/** What of `socket.io-msgpack-parser` is used: its encoder as it is; of its decoder all but how a frame is read. */
interface Decoding { add(frame: unknown): void; checkPacket(packet: unknown): void; emit(event: string, ...args: unknown[]): unknown }
type DecoderClass = new () => Decoding;

const ENDLESS = Number.POSITIVE_INFINITY;
/** For a client: the server is believed in how much it says, but not in a length before its bytes are there. */
export const FROM_SERVER: FrameBounds = { bytes: ENDLESS, depth: 64, values: ENDLESS };

/** The library's parser with a decoder that reads frames by `decodeFrame`. Hand it to `io(…)` as `parser`. */
export function boundedParser<P extends { readonly Decoder: unknown }>(library: P, bounds: FrameBounds = FROM_SERVER): P {
  class BoundedDecoder extends (library.Decoder as DecoderClass) {
    override add(frame: unknown): void {
      const packet = decodeFrame(bytesOf(frame), bounds);
      this.checkPacket(packet);
      this.emit('decoded', packet);
    }
  }
  return { ...library, Decoder: BoundedDecoder };
}

/** The bytes of a frame as a connection hands it over; a frame of text is none of ours. */
export function bytesOf(frame: unknown): Uint8Array {
  if (frame instanceof ArrayBuffer) return new Uint8Array(frame);
  if (frame instanceof Uint8Array) return frame;
  throw new BadFrame('no bytes');
}
