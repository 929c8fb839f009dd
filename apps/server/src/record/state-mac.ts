import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const KEY_ID = 8;

/** What a tag says of the bytes beside it. `other-key`: it was made with a key that is not known here; that is no sign of a change. */
export type Proof = 'genuine' | 'altered' | 'other-key';

/**
 * Tags for what is kept beside the record to open or find faster: nothing of it is believed without one. HMAC-SHA-256 under a key that is derived from a secret
 * outside the database (HKDF, RFC 5869). All processes on one database need the same secret; with another one everything kept is made again from the record.
 */
export class SnapshotMac {
  private readonly key: Buffer;
  private readonly keyId: Buffer;

  /** `secret`: at least 32 random characters. */
  constructor(secret: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'parley kept state v2', 32));
    this.keyId = createHash('sha256').update('key id').update(this.key).digest().subarray(0, KEY_ID);
  }

  /** The tag over the parts in order, 40 bytes: 8 that name the key, and the MAC. */
  tag(...parts: readonly (string | Uint8Array)[]): Buffer {
    const mac = createHmac('sha256', this.key);
    for (const part of parts) {
      const length = Buffer.alloc(4), bytes = Buffer.from(part);
      length.writeUInt32BE(bytes.length);
      mac.update(length).update(bytes);
    }
    return Buffer.concat([this.keyId, mac.digest()]);
  }

  prove(tag: Uint8Array | null, ...parts: readonly (string | Uint8Array)[]): Proof {
    if (tag === null || !this.keyId.equals(tag.subarray(0, KEY_ID))) return 'other-key';
    const right = this.tag(...parts);
    return tag.length === right.length && timingSafeEqual(right, tag) ? 'genuine' : 'altered';
  }
}

/** The length of a tag in bytes. */
export const TAG = KEY_ID + 32;
