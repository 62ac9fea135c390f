/** Who calls, as far as limits go: the address of the socket, or the one a trusted proxy names. */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { callerAddress, type TrustedProxies } from '../traffic/caller-address.ts';

export type AddressOf = (c: Context) => string;

/** Without a socket (`app.request` in tests) everybody is one caller. */
export function addressReader(trusted: TrustedProxies): AddressOf {
  const read = callerAddress(trusted);
  return (c) => {
    const bindings: unknown = c.env;
    const hasSocket = typeof bindings === 'object' && bindings !== null && 'incoming' in bindings;
    return read((hasSocket ? getConnInfo(c).remote.address : undefined) ?? 'nowhere', c.req.header('x-forwarded-for'));
  };
}
