/** `/attachments/{id}`: a picture or file of a conversation, as it came. A browser saves it and never runs or draws it here. */
import { createRoute, z } from '@hono/zod-openapi';
import type { AttachmentFacts } from '../../desk/attachments.ts';
import { ATTACHMENT_KINDS, endingOf } from '../../domain/file-kind.ts';
import { parseIdentifier } from '../../domain/identifier.ts';
import { unreachable } from '../../domain/unreachable.ts';
import { COMMON_ANSWERS, problem, problemAnswer } from '../problem.ts';
import { type Api, type ApiNeeds, forbidden, idParameter, SECURITY } from './api.ts';

export const AttachmentSchema = z.object({ name: z.string(), contentType: z.string(), url: z.string() }).openapi('Attachment', {
  description: 'Opening `url` takes the same bearer token, and goes on record',
  example: { name: 'IMG_0412.jpg', contentType: 'image/jpeg', url: '/api/v1/attachments/019aa0c2-7d3e-7c1b-9a54-3f1f0c2b7d10' },
});

const binary = { schema: z.string().openapi({ format: 'binary' }) };

const read = createRoute({
  method: 'get',
  path: '/api/v1/attachments/{id}',
  summary: 'A picture or file of a conversation, as it came; that it was read goes on record',
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

/** Adds the routes. */
export function attachmentRoutes(api: Api, { desk }: ApiNeeds): void {
  api.openapi(read, async (c) => {
    const id = parseIdentifier(c.req.valid('param').id);
    const done = id === null ? NO_SUCH : await desk.attachments.read(c.get('member'), id);
    switch (done.kind) {
      case 'found':
        // The name of a saved file names nobody.
        c.header('content-disposition', `attachment; filename="${id}.${endingOf(done.contentType)}"`);
        c.header('content-security-policy', "default-src 'none'; sandbox");
        return c.body(done.bytes, 200, { 'content-type': done.contentType });
      case 'not-here':
        return problem(c, 404, 'not-found', 'The attachment is not here yet, or was lost where it was sent.');
      case 'no-such-attachment':
        return problem(c, 404, 'not-found', 'There is no such attachment.');
      case 'forbidden':
        return forbidden(c, done);
      default:
        return unreachable(done);
    }
  });
}

const NO_SUCH = { kind: 'no-such-attachment' } as const;

/** A line about an attachment. */
export function attachmentJson({ id, name, contentType }: AttachmentFacts): z.infer<typeof AttachmentSchema> {
  return { name, contentType, url: `/api/v1/attachments/${id}` };
}
