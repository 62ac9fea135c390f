/**
 * The network address a call is counted under. A proxy's word for it is taken only when the policy trusts that proxy:
 * anybody can write `X-Forwarded-For`.
 */
import { BlockList, isIP } from 'node:net';

/** How many proxies stand in front of the desk, or which ones (addresses and subnets). */
export type TrustedProxies = number | readonly string[];

/** From the socket's address and the header to the customer's address; of an IPv6 address the network, which is one household. */
export type CallerAddress = (peer: string, forwardedFor: string | undefined) => string;

export function callerAddress(trusted: TrustedProxies): CallerAddress {
  const seen = typeof trusted === 'number' ? behindMany(trusted) : behindThese(trusted);
  return (peer, forwardedFor) => networkOf(seen(plain(peer), hopsIn(forwardedFor)));
}

type Seen = (peer: string, hops: readonly string[]) => string;

/** Every proxy writes whom it saw at the end of the list: the one the outermost wrote stands `count` from the end. */
function behindMany(count: number): Seen {
  return (peer, hops) => (count === 0 ? peer : (hops.at(-count) ?? peer));
}

/** From the socket back through the proxies that are named: the first that is none of them. */
function behindThese(named: readonly string[]): Seen {
  const proxies = new BlockList();
  for (const name of named) {
    const [address = '', bits] = name.split('/');
    if (bits === undefined) proxies.addAddress(address, familyOf(address));
    else proxies.addSubnet(address, Number(bits), familyOf(address));
  }
  const isProxy = (address: string) => isIP(address) !== 0 && proxies.check(address, familyOf(address));
  return (peer, hops) => {
    let caller = peer;
    for (const hop of [...hops].reverse()) {
      if (!isProxy(caller)) return caller;
      caller = hop;
    }
    return caller;
  };
}

/** Up to the last entry that is no address: what stands left of it is hearsay. */
function hopsIn(forwardedFor: string | undefined): readonly string[] {
  const hops = (forwardedFor ?? '').split(',').map((it) => plain(it.trim()));
  return hops.slice(hops.findLastIndex((it) => isIP(it) === 0) + 1);
}

/** Without port and brackets, which some proxies write, and IPv4 as IPv4. */
function plain(address: string): string {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(address)?.[1] ?? address;
  return bare.replace(/^::ffff:(?=\d+\.)/i, '');
}

function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array.from({ length: zeros }, () => '0'), ...back];
  const network = groups.slice(0, 4).map((it) => Number.parseInt(it, 16).toString(16));
  return `${network.join(':')}::/64`;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
