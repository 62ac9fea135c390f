/**
 * Direct Line 3.0 over HTTP: tokens, conversations and the log by watermark. Messages are taken in `customer-post.ts`,
 * the WebSocket is in `stream-route.ts`.
 *
 * A session begins with `POST tokens/generate`, body `{ user?: { id: 'dl_…' }, resume?: '<ticket>' }`. Without `resume`
 * it is a new account, whatever the user id; with the ticket of an earlier answer it is the same account and
 * conversation. Every answer that holds a `token` also holds a fresh `resume` ticket, good for 180 days.
 */
import { randomBytes } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import type { Identifier, MakeIdentifier } from '../../domain/identifier.ts';
import { SECOND } from '../../domain/instant.ts';
import type { Policy } from '../../domain/policy.ts';
import { createByteRoom } from '../../traffic/byte-room.ts';
import type { FileUrl } from '../../turn/kept-file.ts';
import type { LoggedMessage } from '../../turn/message.ts';
import { activityOf, readWatermark } from './activity.ts';
import type { ChatLimits } from './chat-limits.ts';
import type { PostOutcome, StartOutcome } from './customer-post.ts';
import { badArgument, FAULTS, type Fault, refuse, tooMany } from './fault.ts';
import { limitBody } from './limit-body.ts';
import type { Origins } from './origin.ts';
import { checkPass, PASS_LIFETIME_MILLISECONDS, type Pass, signPass } from './pass.ts';
import type { StreamHub } from './stream-hub.ts';
import { streamRoute } from './stream-route.ts';
import { type ReadUpload, readUpload } from './upload.ts';

export type DirectLineNeeds = {
  readonly secret: Buffer;
  readonly now: () => number;
  readonly makeIdentifier: MakeIdentifier;
  readonly origins: Origins;
  readonly hub: StreamHub;
  readonly readLog: (conversationId: Identifier, afterSeq: number, limit: number) => Promise<readonly LoggedMessage[]>;
  readonly fileUrl: FileUrl;
  /** Rows of the bot and the staff that a client has now got. */
  readonly replayed: (rows: readonly LoggedMessage[]) => void;
  /** Opens the conversation and lets the bot greet, once however often it is called. */
  readonly start: (pass: Pass, address: string) => Promise<StartOutcome>;
  readonly post: (pass: Pass, address: string, body: unknown) => Promise<PostOutcome>;
  readonly upload: (pass: Pass, address: string, readBody: () => Promise<ReadUpload>) => Promise<PostOutcome>;
  readonly limits: ChatLimits;
  readonly sizes: Pick<Policy['limits'], 'uploadBytes' | 'filesPerMessage'>;
  readonly addressOf: (c: Context) => string;
  /** How long the body of a message may take; an upload may take longer. */
  readonly bodyMilliseconds?: number;
  readonly failed: (event: string, error: unknown) => void;
};

type Env = { Variables: { pass: Pass } };

const BODY_BYTES_MAX = 262_144;
const BODY_MILLISECONDS = 10 * SECOND;
/** Pictures are larger than words, and the line of a phone is slow. */
const UPLOAD_TIMES_AS_LONG = 5;
/** Of uploads in hand on this process: one address has half of it. */
const UPLOADS_BYTES = 134_217_728;
const ROWS_PER_ANSWER = 1_000;
const USER_PATTERN = /^dl_[^\p{Cc}\p{Cs}]{1,64}$/u;

const generateBody = z.looseObject({ user: z.looseObject({ id: z.string().nullish() }).nullish(), resume: z.string().nullish() });

/** The routes below `/v3/directline`. */
export function directLineRoutes(needs: DirectLineNeeds): Hono<Env> {
  const app = new Hono<Env>();
  const milliseconds = needs.bodyMilliseconds ?? BODY_MILLISECONDS;
  const limited = limitBody({ bytesMax: BODY_BYTES_MAX, milliseconds });
  const uploadLimits = {
    bytesMax: BODY_BYTES_MAX + needs.sizes.filesPerMessage * needs.sizes.uploadBytes,
    filesMax: needs.sizes.filesPerMessage,
    milliseconds: UPLOAD_TIMES_AS_LONG * milliseconds,
  };
  const bytesPerAddress = Math.max(UPLOADS_BYTES / 2, uploadLimits.bytesMax);
  const uploads = createByteRoom({ bytes: 2 * bytesPerAddress, bytesPerAddress });

  app.use(async (c, next) => {
    c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff');
    if (!needs.origins.allows(c)) return refuse(c, FAULTS.foreignOrigin);
    return next();
  });
  app.use(
    cors({
      origin: (origin) => origin,
      allowMethods: ['GET', 'POST', 'OPTIONS'],
      allowHeaders: ['Authorization', 'Content-Type', 'X-MS-Bot-Agent', 'X-Requested-With'],
      exposeHeaders: ['Retry-After'],
      maxAge: 600,
    }),
  );

  /** Lets a token's bearer into the conversation the token names. */
  const bearer = createMiddleware<Env>(async (c, next) => {
    const text = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (text === undefined) return refuse(c, FAULTS.missingToken);
    const checked = checkPass(needs.secret, text, 'token', needs.now());
    if (checked.kind !== 'good') return refuse(c, checked.kind === 'expired' ? FAULTS.tokenExpired : FAULTS.badToken);
    const wanted = c.req.param('conversationId');
    if (wanted !== undefined && wanted !== checked.pass.conversationId) return refuse(c, FAULTS.otherConversation);
    const waitSeconds = needs.limits.call(checked.pass, needs.now());
    if (waitSeconds > 0) return refuse(c, tooMany(waitSeconds));
    c.set('pass', checked.pass);
    return next();
  });

  /** Starts, reconnects and fresh tokens sign and look up more than a poll does. */
  const opening = createMiddleware<Env>(async (c, next) => {
    const waitSeconds = needs.limits.open(c.get('pass'), needs.now());
    return waitSeconds > 0 ? refuse(c, tooMany(waitSeconds)) : next();
  });

  const granted = (pass: Pass) => ({
    conversationId: pass.conversationId,
    token: signPass(needs.secret, { ...pass, kind: 'token' }, needs.now()),
    expires_in: PASS_LIFETIME_MILLISECONDS.token / 1_000,
    resume: signPass(needs.secret, { ...pass, kind: 'resume' }, needs.now()),
  });

  const withStream = (c: Context, pass: Pass, watermark: number) => {
    const stream = signPass(needs.secret, { ...pass, kind: 'stream' }, needs.now());
    const base = needs.origins.seenBy(c).replace(/^http/, 'ws');
    return {
      ...granted(pass),
      streamUrl: `${base}/v3/directline/conversations/${pass.conversationId}/stream?watermark=${watermark}&t=${stream}`,
    };
  };

  const answer = (c: Context, outcome: PostOutcome) =>
    outcome.kind === 'taken' ? c.json({ id: outcome.activityId }) : refuse(c, outcome.fault);

  app.post('/tokens/generate', limited, async (c) => {
    const waitSeconds = needs.limits.token(needs.addressOf(c), needs.now());
    if (waitSeconds > 0) return refuse(c, tooMany(waitSeconds));
    const read = readJson(await c.req.text());
    if (read.kind === 'cut') return refuse(c, FAULTS.badJson);
    const body = generateBody.safeParse(read.value ?? {});
    if (!body.success) return refuse(c, badArgument('The body is { "user": { "id": "dl_…" } } or { "resume": "<ticket>" }, or empty.'));
    const pass = admit(needs, body.data.user?.id ?? null, body.data.resume ?? null);
    return 'code' in pass ? refuse(c, pass) : c.json(granted(pass));
  });

  app.post('/tokens/refresh', bearer, opening, (c) => c.json(granted(c.get('pass'))));

  app.post('/conversations', limited, bearer, opening, async (c) => {
    if (readJson(await c.req.text()).kind === 'cut') return refuse(c, FAULTS.badJson);
    const pass = c.get('pass');
    const started = await needs.start(pass, needs.addressOf(c));
    if (started.kind === 'refused') return refuse(c, started.fault);
    return c.json(withStream(c, pass, 0), started.kind === 'started' ? 201 : 200);
  });

  app.get('/conversations/:conversationId', bearer, opening, (c) => {
    const watermark = readWatermark(c.req.query('watermark'));
    return watermark === null ? refuse(c, FAULTS.badWatermark) : c.json(withStream(c, c.get('pass'), watermark));
  });

  app.get('/conversations/:conversationId/activities', bearer, async (c) => {
    const watermark = readWatermark(c.req.query('watermark'));
    if (watermark === null) return refuse(c, FAULTS.badWatermark);
    const { conversationId, user } = c.get('pass');
    const rows = await needs.readLog(conversationId, watermark, ROWS_PER_ANSWER);
    needs.replayed(rows);
    const activities = rows.flatMap((row) => activityOf(conversationId, row, user, needs.fileUrl) ?? []);
    return c.json({ activities, watermark: String(rows.at(-1)?.seq ?? watermark) });
  });

  app.post('/conversations/:conversationId/activities', limited, bearer, async (c) => {
    const read = readJson(await c.req.text());
    return read.kind === 'cut' ? refuse(c, FAULTS.badJson) : answer(c, await needs.post(c.get('pass'), needs.addressOf(c), read.value));
  });

  app.post('/conversations/:conversationId/upload', bearer, async (c) => {
    const announced = Number(c.req.header('content-length') ?? uploadLimits.bytesMax);
    const giveBack = uploads.take(needs.addressOf(c), Math.min(announced, uploadLimits.bytesMax));
    if (giveBack === null) return refuse(c, FAULTS.uploadsBusy);
    try {
      return answer(c, await needs.upload(c.get('pass'), needs.addressOf(c), () => readUpload(c.req.raw, uploadLimits)));
    } finally {
      giveBack();
    }
  });

  app.route('/', streamRoute(needs));
  app.all('*', (c) => refuse(c, FAULTS.noSuchPath));
  app.onError((error, c) => {
    needs.failed('web-chat.call-failed', error);
    return refuse(c, FAULTS.unavailable);
  });
  return app;
}

/** Whom a new token is for: somebody new, or the bearer of our ticket. */
function admit(needs: DirectLineNeeds, user: string | null, resume: string | null): Pass | Fault {
  if (resume !== null) {
    const ticket = checkPass(needs.secret, resume, 'resume', needs.now());
    return ticket.kind === 'good' ? ticket.pass : FAULTS.badResume;
  }
  if (user !== null && !USER_PATTERN.test(user)) return badArgument('user.id begins "dl_" and has at most 67 characters.');
  const account = `web_${randomBytes(18).toString('base64url')}`;
  return { kind: 'token', conversationId: needs.makeIdentifier(), account, user: user ?? `dl_${randomBytes(12).toString('base64url')}` };
}

type ReadJson = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'cut' };

/** No body at all is no value. */
function readJson(text: string): ReadJson {
  if (text.trim() === '') return { kind: 'json', value: undefined };
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'cut' };
  }
}
