import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { ClientAddresses, networkOf } from './client-address.ts';

const PROXY = '10.0.0.1', CLIENT = '203.0.113.9';
const asked = (near: string | undefined, forwarded?: string | string[]) => ({ headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }, socket: { remoteAddress: near } }) as unknown as IncomingMessage;
const counted = (near: string | undefined, forwarded?: string | string[], proxies = [PROXY, '10.1.0.0/16', '2001:db8:ffff::/48']) => new ClientAddresses(proxies).networkOf(asked(near, forwarded));

describe('[Z12] who asks through a trusted proxy is counted for the address', () => {
  it.each<[string, string, string, string]>([
    ['that the proxy saw', PROXY, CLIENT, CLIENT],
    ['that the proxy saw, whatever the client wrote before it', PROXY, `198.51.100.1, ${CLIENT}`, CLIENT],
    ['that the proxy saw, when the client wrote that proxy’s own address', PROXY, `${PROXY}, ${CLIENT}`, CLIENT],
    ['that the farthest of several trusted proxies saw', PROXY, `198.51.100.1, ${CLIENT}, 10.1.2.3, 10.1.9.9`, CLIENT],
    ['that the last trusted one saw, where one between them is not trusted', PROXY, `${CLIENT}, 192.0.2.77, 10.1.9.9`, '192.0.2.77'],
    ['with its port', PROXY, `${CLIENT}:51234`, CLIENT],
    ['with ports at every hop', PROXY, `${CLIENT}:51234, 10.1.2.3:80`, CLIENT],
    ['of IPv6 in brackets', PROXY, '[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
    ['of IPv6 in brackets and with a port', PROXY, '[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
    ['of IPv4 in IPv6', PROXY, `::ffff:${CLIENT}`, CLIENT],
    ['of IPv4 in IPv6, in digits of sixteen', PROXY, '::FFFF:cb00:7109', CLIENT],
    ['behind a proxy that is known in the other notation', `::ffff:${PROXY}`, CLIENT, CLIENT],
    ['behind a proxy of IPv6', '2001:db8:ffff::1', CLIENT, CLIENT],
    ['with spaces and tabs around it', PROXY, ` \t${CLIENT} `, CLIENT],
  ])('%s', (_what, near, forwarded, network) => expect(counted(near, forwarded)).toBe(network));

  it('in as many lines of the header as there are', () => expect(counted(PROXY, ['198.51.100.1', `${CLIENT}, 10.1.2.3`])).toBe(CLIENT));

  it.each(['', 'unknown', '_hidden', 'localhost', '1.2.3', '1.2.3.4.5', '999.1.1.1', '1.2.3.4:', '1.2.3.4:x', '[::1', '::1]', '::gggg', '0x7f.1', '2130706433', '"203.0.113.9"', 'for=203.0.113.9', ',', ', ,', '\u0661.2.3.4', 'x'.repeat(8_000)])(
    'of the proxy itself, where what it forwards is none: %j', (forwarded) => expect(counted(PROXY, forwarded)).toBe(PROXY));

  it('of the nearest proxy that is known to say something, where a farther one says nothing', () => expect(counted(PROXY, `${CLIENT}, unknown, 10.1.2.3`)).toBe('10.1.2.3'));

  it('and whom nobody named is believed nothing', () => {
    for (const forwarded of [CLIENT, `${CLIENT}, ${PROXY}`, PROXY]) expect([counted('192.0.2.1', forwarded), counted(PROXY, forwarded, [])]).toEqual(['192.0.2.1', PROXY]);
    expect([counted(undefined, CLIENT), counted('', CLIENT)]).toEqual(['', '']);
  });
});

it.each([
  ['2001:db8:1:2:ffff::', '2001:db8:1:2::/64'], ['2001:0db8:0001:0002:0:0:0:1', '2001:db8:1:2::/64'], ['2001:db8::', '2001:db8:0:0::/64'], ['::', '0:0:0:0::/64'], ['64:ff9b::203.0.113.9', '64:ff9b:0:0::/64'],
  ['0:0:0:0:0:ffff:203.0.113.9', CLIENT], ['0000:0000:0000:0000:0000:FFFF:CB00:7109', CLIENT], ['fe80::1%25eth0', 'fe80:0:0:0::/64'], ['no address', 'no address'],
])('[Z5] %j is counted as %j', (address, network) => expect(networkOf(address)).toBe(network));
