/** `/attachments/{id}`: a picture or file of a conversation, as it is kept. A browser saves it and never runs or draws it here. */
import { createRoute, z } from '@hono/zod-openapi';
import type { AttachmentFacts } from '../../desk/attachments.ts';
import { ATTACHMENT_KINDS, endingOf } from '../../domain/file-kind.ts';
import { parseIdentifier } from '../../domain/identifier.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { THUMBNAIL_TYPE } from '../../turn/clean-file.ts';
import { COMMON_ANSWERS, problem, problemAnswer } from '../problem.ts';
import { type Api, type ApiContext, type ApiNeeds, forbidden, idParameter, SECURITY } from './api.ts';

export const AttachmentSchema = z
  .object({
    name: z.string(),
    contentType: z.string(),
    url: z.string(),
    thumbnailUrl: z.string().nullable().openapi({ description: 'Null for what is no picture, or one that is not drawn here (HEIC)' }),
  })
  .openapi('Attachment', {
    description: 'Opening `url` or `thumbnailUrl` takes the same bearer token, and goes on record',
    example: {
      name: 'IMG_0412.jpg',
      contentType: 'image/jpeg',
      url: '/api/v1/attachments/019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d10',
      thumbnailUrl: '/api/v1/attachments/019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d10/thumbnail',
    },
  });

const binary = { schema: z.string().openapi({ format: 'binary' }) };

const read = createRoute({
  method: 'get',
  path: '/api/v1/attachments/{id}',
  summary: 'A picture or file of a conversation, as it is kept; that it was read goes on record',
  tags: ['conversations'],
  security: SECURITY,
  request: { params: idParameter },
  responses: {
    200: {
      description: 'The file, of the type its bytes say',
      content: Object.fromEntries(ATTACHMENT_KINDS.map((it) => [it.contentType, binary])),
    },
    ...COMMON_ANSWERS,
    404: problemAnswer('No such attachment, or it is not here: on its way from the platform it was sent on, or lost there'),
  },
});

const thumbnail = createRoute({
  method: 'get',
  path: '/api/v1/attachments/{id}/thumbnail',
  summary: 'A small picture of it, upright, 320 pixels at most; that those of a conversation were seen goes on record once an hour',
  tags: ['conversations'],
  security: SECURITY,
  request: { params: idParameter },
  responses: {
    200: { description: 'The picture', content: { [THUMBNAIL_TYPE]: binary } },
    ...COMMON_ANSWERS,
    404: problemAnswer('No such attachment, or it has no thumbnail'),
  },
});

/** Adds the routes. */
export function attachmentRoutes(api: Api, { desk }: ApiNeeds): void {
  api.openapi(read, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const done = id === null ? NO_SUCH : await desk.attachments.read(c.get('member'), id);
    if (done.kind !== 'found') return notOpened(c, done, 'The attachment is not here yet, or was lost where it was sent.');
    // The name of a saved file names nobody.
    c.header('content-disposition', `attachment; filename="${id}.${endingOf(done.contentType)}"`);
    c.header('content-security-policy', NOTHING_RUNS);
    return c.body(done.bytes, 200, { 'content-type': done.contentType });
  });

  api.openapi(thumbnail, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const done = id === null ? NO_SUCH : await desk.attachments.readThumbnail(c.get('member'), id);
    if (done.kind !== 'found') return notOpened(c, done, 'There is no thumbnail of this attachment.');
    c.header('content-security-policy', NOTHING_RUNS);
    return c.body(done.bytes, 200, { 'content-type': done.contentType });
  });
}

type Opened = Awaited<ReturnType<ApiNeeds['desk']['attachments']['read']>>;

function notOpened(c: ApiContext, no: Exclude<Opened, { readonly kind: 'found' }>, notHere: string) {
  switch (no.kind) {
    case 'not-here':
      return problem(c, 404, 'not-found', notHere);
    case 'no-such-attachment':
      return problem(c, 404, 'not-found', 'There is no such attachment.');
    case 'forbidden':
      return forbidden(c, no);
    default:
      return unreachable(no);
  }
}

const NOTHING_RUNS = "default-src 'none'; sandbox";
const NO_SUCH = { kind: 'no-such-attachment' } as const;

/** A line about an attachment. */
export function attachmentJson({ id, name, contentType, hasThumbnail }: AttachmentFacts): z.infer<typeof AttachmentSchema> {
  const url = `/api/v1/attachments/${id}`;
  return { name, contentType, url, thumbnailUrl: hasThumbnail ? `${url}/thumbnail` : null };
}
