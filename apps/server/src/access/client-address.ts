import type { IncomingMessage } from 'node:http';
import { isIP, isIPv6 } from 'node:net';
import proxyaddr from 'proxy-addr';

/** Where requests really come from: past the proxies that the operator has named, and no others. */
export class ClientAddresses {
  private readonly trusts: (address: string, distance: number) => boolean;

  /** `proxies`: addresses, ranges such as `10.0.0.0/8`, or `loopback`, `linklocal`, `uniquelocal`. Throws when one is none of these. */
  constructor(proxies: readonly string[] = []) {
    this.trusts = proxyaddr.compile([...proxies]);
  }

  /** The address that limits are counted for (Z12): the client's, of IPv6 its first 64 bits; '' when the connection has ended already. */
  networkOf(request: IncomingMessage): string {
    // Of the header only what a trusted proxy has added is believed, hop by hop from this end. A proxy that forwards no address, or what is none, is counted itself.
    const hops = String(request.headers['x-forwarded-for'] ?? '').split(',').reverse();
    let far = request.socket.remoteAddress ?? '';
    for (const [distance, hop] of hops.entries()) {
      const next = withoutPort(hop.trim());
      if (isIP(far) === 0 || isIP(next) === 0 || !this.trusts(far, distance)) break;
      far = next;
    }
    return networkOf(far);
  }
}

/** Some proxies add the port of the connection, and brackets around an address of IPv6. */
const withoutPort = (hop: string): string => hop.replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1').replace(/^\[([^\]]*)\](?::\d+)?$/, '$1');

/** Whoever has one address of IPv6 has 2^64 of them; an address of IPv4 may come in any notation. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  // In one notation: lower case, as short as can be, without dots and zone.
  const plain = new URL(`http://[${address.split('%')[0]!}]`).hostname.slice(1, -1), v4 = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(plain);
  if (v4) return [v4[1]!, v4[2]!].flatMap((pair) => [Number.parseInt(pair, 16) >> 8, Number.parseInt(pair, 16) & 255]).join('.');
  const [head = '', tail] = plain.split('::') as [string?, string?];
  const before = head === '' ? [] : head.split(':'), after = !tail ? [] : tail.split(':');
  const groups = tail === undefined ? before : [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0'), ...after];
  return `${groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
