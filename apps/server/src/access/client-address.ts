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
    const near = request.socket.remoteAddress ?? '';
    // Without a near address nothing was connected; a proxy that forwards no address is counted itself.
    const far = near === '' ? near : proxyaddr(request, this.trusts);
    return networkOf(isIP(far) === 0 ? near : far);
  }
}

/** Whoever has one address of IPv6 has 2^64 of them; an address of IPv4 may come in either notation. */
export function networkOf(address: string): string {
  const v4 = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(v4)) return v4;
  const [head = '', tail] = v4.split('%')[0]!.split('::') as [string?, string?];
  const before = head === '' ? [] : head.split(':'), after = !tail ? [] : tail.split(':');
  const groups = tail === undefined ? before : [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0'), ...after];
  return `${groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
