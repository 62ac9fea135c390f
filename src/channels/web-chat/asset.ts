/**
 * Files of the page under addresses that change with their content, so that browsers keep them for good. Compressed
 * when first asked for: quickly for that request, thoroughly in the background for the next.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Hono } from 'hono';

export type Asset = { readonly name: string; readonly type: string; readonly content: Buffer };

export type Assets = { readonly app: Hono; readonly urlOf: (name: string) => string };

type Encoding = 'br' | 'gzip' | 'identity';
type Compress = (encoding: Encoding) => Promise<Buffer>;

const FOREVER = 'public, max-age=31536000, immutable';
const SMALL_BYTES = 65_536;
const QUICK = 5;
/** Level 11 takes more than twice as long as 10 and gains 1 % on Web Chat's bundle. */
const THOROUGH = 10;

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Serves `assets` under `/web-chat/<hash>/<name>`. */
export function createAssets(assets: readonly Asset[]): Assets {
  const served = new Map(assets.map((asset) => [asset.name, { asset, hash: hashOf(asset.content), compress: compressor(asset.content) }]));
  const app = new Hono();

  app.get('/web-chat/:hash/:name', async (c) => {
    const found = served.get(c.req.param('name'));
    if (found === undefined) return c.notFound();
    const encoding = chooseEncoding(c.req.header('accept-encoding') ?? '');
    const body = await found.compress(encoding);
    c.header('Content-Type', found.asset.type);
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Vary', 'Accept-Encoding');
    // While two releases run side by side a page of one may ask the other: it gets the file, but may not keep it.
    c.header('Cache-Control', c.req.param('hash') === found.hash ? FOREVER : 'no-store');
    if (encoding !== 'identity') c.header('Content-Encoding', encoding);
    return c.body(new Uint8Array(body));
  });

  return {
    app,
    urlOf(name) {
      const found = served.get(name);
      if (found === undefined) throw new Error(`invariant: no page file ${name}`);
      return `/web-chat/${found.hash}/${name}`;
    },
  };
}

function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}

function chooseEncoding(accepted: string): Encoding {
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
}

function compressor(content: Buffer): Compress {
  const ready: Partial<Record<Encoding, Promise<Buffer>>> = { identity: Promise.resolve(content) };
  const brotliAt = (quality: number) =>
    brotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
  const begin = (encoding: Encoding): Promise<Buffer> => {
    if (encoding === 'gzip') return gzipped(content);
    if (content.length <= SMALL_BYTES) return brotliAt(THOROUGH);
    const quick = brotliAt(QUICK);
    quick
      .then(() => brotliAt(THOROUGH))
      .then(
        (better) => {
          ready.br = Promise.resolve(better);
        },
        () => undefined, // The quick one stays good enough.
      );
    return quick;
  };
  return (encoding) => {
    ready[encoding] ??= begin(encoding);
    return ready[encoding];
  };
}
