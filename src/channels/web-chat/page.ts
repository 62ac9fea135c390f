/** The customer page: a small shell of our own around the stock Web Chat bundle, with nothing from anywhere else. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Hono } from 'hono';
import { FILE_KINDS } from '../../domain/file-kind.ts';
import type { Policy } from '../../domain/policy.ts';
import { createAssets } from './asset.ts';
import { originsIn } from './origin.ts';

/** Routes `/` and `/web-chat/*`. The input takes no more than the desk does. */
export function pageRoutes(needs: {
  readonly allowedOrigins: readonly string[];
  /** Where files that staff send are opened: customers may know this desk by another name. */
  readonly publicUrl: string;
  readonly limits: Pick<Policy['limits'], 'messageCharacters' | 'uploadBytes' | 'filesPerMessage'>;
}): Hono {
  const app = new Hono();
  const assets = createAssets([
    { name: 'web-chat.js', type: 'text/javascript; charset=utf-8', content: readFileSync(webChatBundle()) },
    { name: 'shop.js', type: 'text/javascript; charset=utf-8', content: ownFile('shop.js') },
    { name: 'people.js', type: 'text/javascript; charset=utf-8', content: ownFile('people.js') },
    { name: 'page.js', type: 'text/javascript; charset=utf-8', content: ownFile('page.js') },
    { name: 'page.css', type: 'text/css; charset=utf-8', content: ownFile('page.css') },
    { name: 'favicon.svg', type: 'image/svg+xml', content: ownFile('favicon.svg') },
  ]);
  const shell = ownFile('index.html')
    .toString('utf8')
    .replace(/\{\{url:([\w.-]+)\}\}/g, (_, name: string) => assets.urlOf(name))
    .replace('{{shops}}', originsIn(needs.allowedOrigins).join(' '))
    .replace('{{messageCharactersMax}}', String(needs.limits.messageCharacters))
    .replace('{{uploadBytesMax}}', String(needs.limits.uploadBytes))
    .replace('{{uploadMegabytesMax}}', String(Math.floor(needs.limits.uploadBytes / TENTH_OF_A_MEGABYTE) / 10))
    .replaceAll('{{filesPerMessageMax}}', String(needs.limits.filesPerMessage))
    .replace('{{uploadAccept}}', FILE_KINDS.map((it) => it.contentType).join(','));
  const framedBy = ["'self'", ...originsIn(needs.allowedOrigins)].join(' ');
  const filesFrom = ["'self'", ...originsIn([needs.publicUrl])].join(' ');

  app.get('/', (c) => {
    const nonce = randomBytes(16).toString('base64');
    c.header('Content-Security-Policy', contentSecurityPolicy(nonce, framedBy, filesFrom, c.req.header('host') ?? ''));
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'same-origin');
    c.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
    c.header('Cache-Control', 'no-store');
    return c.html(shell.replace('{{nonce}}', nonce));
  });
  app.route('/', assets.app);
  return app;
}

const TENTH_OF_A_MEGABYTE = 104_857.6;

/** What Web Chat styles with: an empty element, filled rule by rule. It marks all but one of these with the nonce. */
const EMPTY_STYLE = `'sha256-${createHash('sha256').digest('base64')}'`;

/** Scripts come as files only; styles too, but for those of Web Chat. */
function contentSecurityPolicy(nonce: string, framedBy: string, filesFrom: string, host: string): string {
  // Older Safari does not count the WebSocket of the same host as 'self'.
  const sockets = /^[\w.:[\]-]+$/.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}' ${EMPTY_STYLE}`,
    `img-src ${filesFrom} data: blob:`,
    `media-src ${filesFrom}`,
    // The stock client reads the file a customer chose by its `blob:` address.
    `connect-src 'self' blob:${sockets}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${framedBy}`,
  ].join('; ');
}

/** The smallest stock bundle: plain text, buttons and Direct Line; no markdown, cards or speech. */
function webChatBundle(): string {
  const entry = createRequire(import.meta.url).resolve('botframework-webchat');
  const root = entry.slice(0, entry.lastIndexOf('botframework-webchat') + 'botframework-webchat'.length);
  return `${root}/dist/webchat-minimal.js`;
}

function ownFile(name: string): Buffer {
  return readFileSync(new URL(`page/${name}`, import.meta.url));
}
