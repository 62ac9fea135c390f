/** What staff send to a customer, as it comes over the API: a text, files as base64 in JSON, or both. */
import { z } from '@hono/zod-openapi';
import type { FilesRefused } from '../../desk/staff-files.ts';
import { unreachable } from '../../domain/unreachable.ts';
import type { SentFile } from '../../turn/sent-files.ts';
import { problem } from '../problem.ts';
import type { ApiContext } from './api.ts';

/** More than any policy allows: the policy's own limit is said in words. */
const FILES_MAX = 100;
const NAME_CHARACTERS_MAX = 500;
const BUSY_SECONDS = 3;

const FileSchema = z.object({
  name: z.string().max(NAME_CHARACTERS_MAX),
  base64: z
    .string()
    .refine(isBase64, 'is not base64 (RFC 4648, section 4) without line breaks, or is empty')
    .openapi({ format: 'byte', description: 'The file, in base64' }),
});

export const HandoffReplySchema = z
  .object({
    text: z.string().trim().max(4_000).default('').openapi({ description: 'May be empty when there are files' }),
    files: z.array(FileSchema).max(FILES_MAX).default([]),
  })
  .refine(({ text, files }) => text !== '' || files.length > 0, { path: ['text'], message: 'is missing' })
  .openapi('HandoffReply', {
    example: { text: '您好\uff0c我是客服小李\uff0c您的情况我看到了\u3002', files: [{ name: '滤网拆装.png', base64: 'iVBORw0KGgo=' }] },
  });

/** The reply as the desk takes it. */
export function replyOf({ text, files }: z.infer<typeof HandoffReplySchema>): {
  readonly text: string;
  readonly files: readonly SentFile[];
} {
  return { text, files: files.map((it) => ({ name: it.name, bytes: Buffer.from(it.base64, 'base64') })) };
}

/** Looked through once: a pattern that repeats would not hold a file's length. */
function isBase64(text: string): boolean {
  return text.length > 0 && text.length % 4 === 0 && !/[^A-Za-z0-9+/=]|=[^=]|===/.test(text);
}

/** The answer where files are not sent. */
export function filesRefused(c: ApiContext, no: FilesRefused) {
  switch (no.kind) {
    case 'too-many-files': {
      const errors = [{ field: 'files', detail: `has to have at most ${no.filesMax}` }];
      return problem(c, 422, 'invalid', `A reply has at most ${no.filesMax} files.`, { errors });
    }
    case 'file-too-large':
      return problem(c, 413, 'too-large', `A file has at most ${no.bytesMax} bytes.`);
    case 'wrong-file-kind':
      return problem(c, 415, 'unsupported-file', 'Files are JPEG, PNG, GIF, WebP, HEIC, PDF or MP4, and can be opened.');
    case 'files-busy': {
      c.header('retry-after', String(BUSY_SECONDS));
      return problem(c, 429, 'too-many-requests', 'Too many files just now; nothing was sent. Send it again.');
    }
    case 'conversation-full':
      return problem(c, 409, 'conflict', `The conversation holds as many files as it may: ${no.filesMax}.`);
    default:
      return unreachable(no);
  }
}
