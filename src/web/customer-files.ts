/**
 * Files opened by a link: those of a chat, by its customer, and those that stand in the staff's chat. What they are, their bytes
 * said when they were kept; a browser draws or plays them and runs nothing. What is opened from the staff's chat goes
 * on record, each time it comes here: so no browser keeps it.
 */
import type { Context, Hono } from 'hono';
import type { AttachmentDesk } from '../desk/attachments.ts';
import { endingOf } from '../domain/file-kind.ts';
import type { Identifier } from '../domain/identifier.ts';
import { type Instant, SECOND } from '../domain/instant.ts';
import type { ReadFileLink } from '../file-link.ts';
import { THUMBNAIL_TYPE } from '../turn/clean-file.ts';
import type { ReadKeptFile, ReadKeptThumbnail } from '../turn/kept-file.ts';

type CustomerFileNeeds = {
  readonly readFileLink: (name: string) => ReadFileLink;
  readonly readKeptFile: ReadKeptFile;
  readonly readKeptThumbnail: ReadKeptThumbnail;
  readonly readShared: AttachmentDesk['readShared'];
  readonly now: () => Instant;
};

const GONE = 'This link is too old; ask for the file in the chat. 这个链接已过期\uFF0C请在聊天里说一声\uFF0C客服会重新发给您。';
const ITSELF_ONLY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; object-src 'self'; base-uri 'none'; form-action 'none'";

export function customerFileRoute(
  app: Pick<Hono, 'get'>,
  { readFileLink, readKeptFile, readKeptThumbnail, readShared, now }: CustomerFileNeeds,
): void {
  app.get('/files/:name', async (c) => {
    c.header('cache-control', 'no-store');
    c.header('referrer-policy', 'no-referrer');
    const link = readFileLink(c.req.param('name') ?? '');
    if (link.kind === 'forged') return c.text('Not found', 404);
    if (link.kind === 'expired') return c.text(link.sharedIn === null ? GONE : goneShared(link.fileId), 410);
    if (link.sharedIn !== null) {
      const opened = await readShared(link.fileId, link.sharedIn);
      if (opened.kind !== 'found') return c.text('Not found', 404);
      // Customers name files after themselves; this names nobody.
      return shown(c, { ...opened, name: `${link.fileId}.${endingOf(opened.contentType)}` });
    }
    const file = await readKeptFile(link.fileId);
    if (file === null) return c.text('Not found', 404);
    c.header('cache-control', keptBy(link.until - now()));
    return shown(c, file);
  });

  // Nothing in the staff's chat names one: what is seen there has to go on record.
  app.get('/files/:name/thumbnail', async (c) => {
    c.header('cache-control', 'no-store');
    c.header('referrer-policy', 'no-referrer');
    const link = readFileLink(c.req.param('name') ?? '');
    if (link.kind === 'expired' && link.sharedIn === null) return c.text(GONE, 410);
    const isTheirs = link.kind === 'good' && link.sharedIn === null;
    const bytes = isTheirs ? await readKeptThumbnail(link.fileId) : null;
    if (!isTheirs || bytes === null) return c.text('Not found', 404);
    c.header('cache-control', keptBy(link.until - now()));
    return shown(c, { name: `${link.fileId}.${THUMBNAIL_ENDING}`, contentType: THUMBNAIL_TYPE, bytes });
  });
}

const THUMBNAIL_ENDING = endingOf(THUMBNAIL_TYPE);

/** By the browser, for as long as the link is good. */
function keptBy(milliseconds: number): string {
  return `private, max-age=${Math.floor(milliseconds / SECOND)}`;
}

type Opened = { readonly name: string; readonly contentType: string; readonly bytes: Uint8Array<ArrayBuffer> };

function shown(c: Context, file: Opened): Response {
  c.header('content-type', file.contentType);
  c.header('content-length', String(file.bytes.length));
  c.header('content-disposition', `inline; filename*=UTF-8''${encoded(file.name)}`);
  c.header('content-security-policy', ITSELF_ONLY);
  return c.body(file.bytes);
}

/** Staff get it on record by who they are. */
function goneShared(fileId: Identifier): string {
  return `This link is too old; open the file with your token: GET /api/v1/attachments/${fileId}. 这个链接已过期\uFF0C请用员工接口打开\u3002`;
}

/** RFC 8187: what `encodeURIComponent` leaves of signs that a header's value may not have. */
function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`);
}
