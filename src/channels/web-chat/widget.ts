/**
 * What a shop's page loads from us: the launcher by its one script tag, and the panel when the launcher is pressed. The
 * launcher is anybody's; the panel is refused to pages of origins that may not use the chat, as a browser asks for it.
 */
import { readFileSync } from 'node:fs';
import { type Context, Hono } from 'hono';
import { FAULTS, refuse } from './fault.ts';
import type { Origins } from './origin.ts';

/** Shops load it with every page: long enough to cost nothing, short enough that a new release is there soon. */
const KEPT = 'public, max-age=300';

/** Routes `/widget.js` and `/widget/panel.js`. */
export function widgetRoutes(origins: Origins): Hono {
  const app = new Hono();
  const launcher = shrunk(ownFile('widget.js'));
  const panel = ownFile('panel.js');
  const script = (c: Context, content: string) => {
    c.header('Content-Type', 'text/javascript; charset=utf-8');
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    c.header('Cache-Control', KEPT);
    return c.body(content);
  };

  app.get('/widget.js', (c) => {
    c.header('Access-Control-Allow-Origin', '*');
    return script(c, launcher);
  });
  app.get('/widget/panel.js', (c) => {
    c.header('Vary', 'Origin');
    if (!origins.allows(c)) return refuse(c, FAULTS.foreignOrigin);
    const origin = c.req.header('origin');
    if (origin !== undefined) c.header('Access-Control-Allow-Origin', origin);
    return script(c, panel);
  });
  return app;
}

/** without comments and indentation; of a program written with that in mind. */
function shrunk(program: string): string {
  return program
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//'))
    .join('\n');
}

function ownFile(name: string): string {
  return readFileSync(new URL(`page/${name}`, import.meta.url), 'utf8');
}
