/**
 * Files that staff have sent, opened by the link that was sent with them. What they are, their bytes said when they were
 * kept; a browser draws or plays them and runs nothing.
 */
import type { Hono } from 'hono';
import { type Instant, SECOND } from '../domain/instant.ts';
import type { ReadFileLink } from '../file-link.ts';
import type { ReadKeptFile } from '../turn/kept-file.ts';

type CustomerFileNeeds = {
  readonly readFileLink: (name: string) => ReadFileLink;
  readonly readKeptFile: ReadKeptFile;
  readonly now: () => Instant;
};

const GONE = 'This link is too old; ask for the file in the chat. 这个链接已过期\uFF0C请在聊天里说一声\uFF0C客服会重新发给您。';
const ITSELF_ONLY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'; object-src 'self'; base-uri 'none'; form-action 'none'";

export function customerFileRoute(app: Pick<Hono, 'get'>, { readFileLink, readKeptFile, now }: CustomerFileNeeds): void {
  app.get('/files/:name', async (c) => {
    c.header('cache-control', 'no-store');
    c.header('referrer-policy', 'no-referrer');
    const link = readFileLink(c.req.param('name') ?? '');
    if (link.kind === 'forged') return c.text('Not found', 404);
    if (link.kind === 'expired') return c.text(GONE, 410);
    const file = await readKeptFile(link.fileId);
    if (file === null) return c.text('Not found', 404);
    c.header('content-type', file.contentType);
    c.header('content-length', String(file.bytes.length));
    c.header('content-disposition', `inline; filename*=UTF-8''${encoded(file.name)}`);
    c.header('content-security-policy', ITSELF_ONLY);
    c.header('cache-control', `private, max-age=${Math.floor((link.until - now()) / SECOND)}`);
    return c.body(file.bytes);
  });
}

/** RFC 8187: what `encodeURIComponent` leaves of signs that a header's value may not have. */
function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`);
}
