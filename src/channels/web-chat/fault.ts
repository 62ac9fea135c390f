/** How Direct Line says no: a status and `{ error: { code, message } }`. Messages are for developers, in English. */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

export type Fault = {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly message: string;
  readonly retryAfterSeconds?: number;
};

export const FAULTS = {
  foreignOrigin: { status: 403, code: 'ForbiddenOrigin', message: 'This origin may not use the web chat; see ALLOWED_ORIGINS.' },
  missingToken: { status: 401, code: 'MissingToken', message: 'Send "Authorization: Bearer <token>" with a token from tokens/generate.' },
  badToken: { status: 403, code: 'BadToken', message: 'The token was not issued by this server for this use.' },
  tokenExpired: { status: 403, code: 'TokenExpired', message: 'Token has expired.' },
  otherConversation: { status: 403, code: 'BadToken', message: 'The token belongs to another conversation.' },
  badResume: {
    status: 403,
    code: 'BadResumeTicket',
    message: 'The resume ticket is not ours or has expired: generate a token without it.',
  },
  badJson: { status: 400, code: 'BadSyntax', message: 'The body is not valid JSON.' },
  badWatermark: { status: 400, code: 'BadArgument', message: 'watermark must be one this server gave, "-" or empty.' },
  tooSlow: { status: 408, code: 'RequestTimeout', message: 'The body was not sent in time.' },
  tooLarge: { status: 413, code: 'MessageSizeTooBig', message: 'The body is too large.' },
  badUpload: {
    status: 400,
    code: 'BadSyntax',
    message: 'An upload is one file, or a multipart/form-data of files and perhaps an activity.',
  },
  fileTooLarge: { status: 413, code: 'MessageSizeTooBig', message: 'A file is larger than this desk takes.' },
  wrongKind: {
    status: 415,
    code: 'UnsupportedMediaType',
    message: 'JPEG, PNG, GIF, WebP and HEIC pictures, PDF and MP4 that can be opened are taken.',
  },
  tooManyFiles: { status: 400, code: 'TooManyAttachments', message: 'More files than a message may have.' },
  conversationFull: { status: 409, code: 'AttachmentLimitReached', message: 'The conversation holds as many files as it may.' },
  uploadsBusy: { status: 429, code: 'TooManyRequests', message: 'Too many uploads just now; try again in 3 s.', retryAfterSeconds: 3 },
  noSuchPath: { status: 404, code: 'NotFound', message: 'No such Direct Line path.' },
  upgradeRequired: { status: 426, code: 'UpgradeRequired', message: 'Open the stream as a WebSocket.' },
  unavailable: { status: 503, code: 'ServiceUnavailable', message: 'The desk cannot answer just now; try again.', retryAfterSeconds: 2 },
} as const satisfies Record<string, Fault>;

/** The 400 of a body that is JSON but not what the call takes. */
export function badArgument(message: string): Fault {
  return { status: 400, code: 'BadArgument', message };
}

/** The 429 of a caller who is too fast. */
export function tooMany(retryAfterSeconds: number): Fault {
  return { status: 429, code: 'TooManyRequests', message: `Too many requests; try again in ${retryAfterSeconds} s.`, retryAfterSeconds };
}

/** Answers with the fault. */
export function refuse(c: Context, fault: Fault): Response {
  if (fault.retryAfterSeconds !== undefined) c.header('Retry-After', String(fault.retryAfterSeconds));
  // The rest of the body stays unread, so nothing more can come over this connection.
  if (fault.status === 413 || fault.status === 408) c.header('Connection', 'close');
  return c.json({ error: { code: fault.code, message: fault.message } }, fault.status);
}
