/** Everything a channel needs whose platform counts what we say and keeps media for us, over the store: one part each. */
import type { SendQuota } from '../../turn/platform-ports.ts';
import type { Store } from '../open-store.ts';
import { awaitedMediaOn } from './awaited-media.ts';
import { consentsOn } from './consents.ts';
import { acceptWithRemoteMediaOn } from './remote-media.ts';
import { sendsOn } from './sends.ts';
import { statesOn } from './states.ts';

/** The ports of `platform-ports.ts`. One a process: what it wrote last of a platform's state it need not write again. */
export function platformStore(store: Pick<Store, 'pool' | 'seal'>, quota: SendQuota) {
  return {
    acceptWithRemoteMedia: acceptWithRemoteMediaOn(store),
    media: awaitedMediaOn(store),
    sends: sendsOn(store, quota),
    consents: consentsOn(store),
    states: statesOn(store),
  };
}
