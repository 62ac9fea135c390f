/** Files that staff put in a thread, fetched from the platform for the customer: by our token, of our platform, no larger than we take. */

import type { ThreadFile } from '../../desk/staff-chat.ts';
import { SECOND } from '../../domain/instant.ts';
import type { Policy } from '../../domain/policy.ts';
import type { SentFile } from '../../turn/sent-files.ts';

export type FetchFiles = (files: readonly ThreadFile[]) => Promise<
  | { readonly kind: 'fetched'; readonly files: readonly SentFile[] }
  | { readonly kind: 'later' }
  /** They can't be had. */
  | { readonly kind: 'lost' }
>;

const TIMEOUT_MILLISECONDS = 15 * SECOND;

/** `apiUrl` tells whose files these may be: the token goes nowhere else. */
export function createFetchFiles(needs: { readonly botToken: string; readonly apiUrl: string; readonly policy: Policy }): FetchFiles {
  const { uploadBytes, filesPerMessage } = needs.policy.limits;
  return async (files) => {
    const fetched: SentFile[] = [];
    // One more than may be sent: the desk says what is wrong.
    for (const { url, name, size } of files.slice(0, filesPerMessage + 1)) {
      if (!isOfPlatform(url, needs.apiUrl)) return { kind: 'lost' };
      if (size > uploadBytes) fetched.push({ name, bytes: new Uint8Array(uploadBytes + 1) });
      else {
        const got = await fetchOne(url, needs.botToken, uploadBytes);
        if (got.kind !== 'bytes') return got;
        fetched.push({ name, bytes: got.bytes });
      }
    }
    return { kind: 'fetched', files: fetched };
  };
}

type Got = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'later' } | { readonly kind: 'lost' };

async function fetchOne(url: string, botToken: string, bytesMax: number): Promise<Got> {
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${botToken}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    // Without the right to read it the platform shows a page to sign in, and says that all is well.
    const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
    if (response.status >= 500 || response.status === 429) return { kind: 'later' };
    if (!response.ok || isPage || response.body === null) return { kind: 'lost' };
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body) {
      parts.push(part);
      size += part.length;
      if (size > bytesMax) break;
    }
    return { kind: 'bytes', bytes: Buffer.concat(parts) };
  } catch {
    return { kind: 'later' };
  }
}

/** Slack's files live on a host of their own beside the API's. */
function isOfPlatform(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const [file, api] = [new URL(url), new URL(apiUrl)];
  if (file.host === api.host) return file.protocol === api.protocol;
  return file.protocol === 'https:' && /(?:^|\.)slack(?:-files)?\.com$/.test(file.hostname);
}
