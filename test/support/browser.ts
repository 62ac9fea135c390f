/**
 * Launches the Chromium that comes out of the npm registry, with the libraries and the Chinese font that come from there too,
 * so that a test needs no browser, no library and no font of the system. A browser that is installed is not used.
 */
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const CHROMIUM_PACKAGE = join(dirname(require.resolve('@sparticuz/chromium')), '../..');
const FONT_PACKAGE = join(dirname(require.resolve('@embedpdf/fonts-sc')), '..');
const FONTS = ['NotoSansHans-Regular.otf', 'NotoSansHans-Bold.otf'];

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Hinting moves glyphs by a pixel between machines; without it two screenshots can be compared.
  '--font-render-hinting=none',
];

/** A headless Chromium of its own; the caller closes it. Linux x64 only, elsewhere an installed Chrome stands in. */
export async function launchBrowser(): Promise<Browser> {
  // The package is built for Linux x64; a developer's Mac has Chrome.
  if (process.platform !== 'linux' || process.arch !== 'x64') return chromium.launch({ channel: 'chrome' });
  const home = await unpackedChromium();
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    args: FLAGS,
    chromiumSandbox: false,
    env: { ...process.env, LD_LIBRARY_PATH: join(home, 'lib'), FONTCONFIG_FILE: join(home, 'fonts.conf') },
  });
}

/**
 * The folder the browser was unpacked to, one per user and version. It is filled under another name and renamed when it is
 * whole, so two processes at once can't see a half of it: the slower one throws its own away.
 */
async function unpackedChromium(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(CHROMIUM_PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const home = join(tmpdir(), `baoxiu-chromium-${version}-${process.getuid?.() ?? 0}`);
  if (await isWhole(home)) return home;
  // What a cleaner of old temporary files left of an earlier one; now, not after unpacking, when it may be another's fresh one.
  await rm(home, { recursive: true, force: true });

  const making = `${home}.${randomUUID()}`;
  try {
    await mkdir(making, { mode: 0o700 });
    await unpack(making, home);
    await rename(making, home);
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    // Somebody else's finished folder is as good as ours; anything else is told.
    if (!(await isWhole(home))) throw error;
  }
  return home;
}

/** The temporary folder is everybody's: only what this user made is executed. */
async function isWhole(home: string): Promise<boolean> {
  const found = await lstat(home).catch(() => undefined);
  if (found === undefined) return false;
  if (!found.isDirectory() || found.uid !== process.getuid?.())
    throw new Error(`${home} belongs to somebody else: remove it or set TMPDIR`);
  const needed = ['chromium', 'fonts.conf', 'lib/libnss3.so', ...FONTS.map((font) => `fonts/${font}`)];
  const present = await Promise.all(needed.map((file) => lstat(join(home, file)).catch(() => undefined)));
  return !present.includes(undefined);
}

async function unpack(into: string, home: string): Promise<void> {
  await mkdir(join(into, 'lib'));
  await mkdir(join(into, 'fonts'));
  for (const font of FONTS) await copyFile(join(FONT_PACKAGE, 'fonts', font), join(into, 'fonts', font));
  await writeFile(join(into, 'fonts.conf'), fontconfig(home));
  // NSS and expat are not on a bare Debian; these were built for an older glibc than any Node 20 runs on.
  for (const file of tarEntries(brotliDecompressSync(await readFile(join(CHROMIUM_PACKAGE, 'bin/al2023.tar.br'))))) {
    await writeFile(join(into, 'lib', basename(file.name)), file.body, { mode: 0o755 });
  }
  await pipeline(
    createReadStream(join(CHROMIUM_PACKAGE, 'bin/chromium.br')),
    createBrotliDecompress(),
    createWriteStream(join(into, 'chromium'), { mode: 0o700 }),
  );
}

/** Only our own fonts: what the system has would make screenshots differ from machine to machine. */
function fontconfig(home: string): string {
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    `<fontconfig><dir>${home}/fonts</dir><cachedir>${home}/fonts.cache</cachedir></fontconfig>`,
    '',
  ].join('\n');
}

/** The plain files of an uncompressed tar with names of at most 100 bytes, which is all the package has. */
function* tarEntries(tar: Buffer): Generator<{ name: string; body: Buffer }> {
  const block = 512;
  for (let at = 0; at + block <= tar.length; ) {
    const name = tar.toString('latin1', at, at + 100).split('\0')[0] ?? '';
    if (name === '') return;
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8);
    const body = at + block;
    if (tar[at + 156] === '0'.charCodeAt(0)) yield { name, body: tar.subarray(body, body + size) };
    at = body + Math.ceil(size / block) * block;
  }
}
