import { describe, expect, it } from 'vitest';
import { callerAddress } from '../../src/traffic/caller-address.ts';

describe('the address a call is counted under', () => {
  it('is the socket’s, whatever a header claims, when no proxy is trusted', () => {
    for (const nobody of [0, []] as const) {
      const read = callerAddress(nobody);
      for (const peer of ['127.0.0.1', '10.1.2.3', '203.0.113.9']) expect(read(peer, '198.51.100.7')).toBe(peer);
    }
  });

  it('is as many steps back as proxies stand in front: what a caller writes itself is further left', () => {
    expect(callerAddress(1)('10.0.0.1', '6.6.6.6, 198.51.100.7')).toBe('198.51.100.7');
    expect(callerAddress(2)('10.0.0.1', '6.6.6.6, 198.51.100.7, 10.0.0.2')).toBe('198.51.100.7');
  });

  it('is the socket’s when the proxies did not all write, or wrote no address', () => {
    expect(callerAddress(2)('10.0.0.1', '198.51.100.7')).toBe('10.0.0.1');
    expect(callerAddress(1)('10.0.0.1', undefined)).toBe('10.0.0.1');
    expect(callerAddress(1)('10.0.0.1', '198.51.100.7, unknown')).toBe('10.0.0.1');
  });

  it('is the first on the way back that is none of the proxies that are named', () => {
    const read = callerAddress(['10.0.0.0/8', '192.0.2.1', 'fd00::/8']);
    expect(read('10.0.0.1', '6.6.6.6, 198.51.100.7, 192.0.2.1')).toBe('198.51.100.7');
    expect(read('fd00::1', '198.51.100.7')).toBe('198.51.100.7');
    expect(read('203.0.113.9', '198.51.100.7')).toBe('203.0.113.9');
    expect(read('10.0.0.1', '10.0.0.2')).toBe('10.0.0.2');
  });

  it('is read with the port and brackets some proxies write', () => {
    expect(callerAddress(1)('10.0.0.1', '198.51.100.7:4711')).toBe('198.51.100.7');
    expect(callerAddress(1)('10.0.0.1', '[2001:db8:1:2:3:4:5:6]:443')).toBe('2001:db8:1:2::/64');
  });

  it('is one for a household on IPv6, however its addresses are written, and IPv4 stays IPv4', () => {
    const read = callerAddress(0);
    expect(read('2001:db8:1:2:aaaa::1', undefined)).toBe(read('2001:0DB8:0001:0002::b', undefined));
    expect(read('2001:db8:1:3::1', undefined)).not.toBe(read('2001:db8:1:2::1', undefined));
    expect([read('::1', undefined), read('fe80::1%eth0', undefined)]).toEqual(['0:0:0:0::/64', 'fe80:0:0:0::/64']);
    expect(read('::ffff:198.51.100.7', undefined)).toBe('198.51.100.7');
    expect(read('nowhere', undefined)).toBe('nowhere');
  });
});
