/** `GET /api/v1/openapi.json`: the API described by the very schemas that check it. */
import type { Api } from './api/api.ts';

/** Adds the route; call it when every other route is there. */
export function openApiRoute(api: Api, path: string): void {
  api.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: 'Token of a member of staff',
  });
  const document = api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Baoxiu staff API',
      version: '1',
      description:
        'Tickets, handoffs, visits and calls of the service desk. JSON in camelCase, instants in ISO 8601 with offset, errors as problem+json (RFC 9457). Personal facts are masked but in the answer to `reveal`, which is recorded.',
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    tags: [
      'tickets',
      'conversations',
      'handoffs',
      'appointments',
      'pages',
      'contact tasks',
      'customers',
      'prices',
      'products',
      'staff',
      'audit',
    ].map((name) => ({ name })),
  });
  api.get(path, (c) => c.json(document as unknown as Record<string, unknown>));
}
