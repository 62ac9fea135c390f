import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWeb, type TestWeb } from './a-web.ts';

type Content = Readonly<Record<string, { readonly schema: { readonly $ref: string } } | undefined>>;
type Operation = {
  readonly summary?: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Readonly<Record<string, { readonly content: Content } | undefined>>;
};
type Schema = {
  readonly type?: string | readonly string[];
  readonly example?: unknown;
  readonly properties: Readonly<Record<string, unknown>>;
};
type OpenApi = {
  readonly openapi: string;
  readonly security: unknown;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>>; readonly securitySchemes: Readonly<Record<string, unknown>> };
};

let at: TestWeb;
let document: OpenApi;
beforeAll(async () => {
  at = await openWeb();
  document = (await (await at.app.request('/api/v1/openapi.json')).json()) as OpenApi;
});
afterAll(() => at.close());

const operations = (): readonly { readonly method: string; readonly path: string; readonly operation: Operation }[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );

it('is OpenAPI 3.1 with bearer security', () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(document.components.securitySchemes['bearer']).toMatchObject({ type: 'http', scheme: 'bearer' });
  expect(document.security).toEqual([{ bearer: [] }]);
});

it('describes every route of the API and no other', () => {
  const served = at.app.routes
    .filter((it) => it.path.startsWith('/api/') && it.method !== 'ALL' && it.path !== '/api/v1/openapi.json')
    .map((it) => `${it.method} ${it.path.replace(/:(\w+)/g, '{$1}')}`);
  expect([...new Set(served)].sort()).toEqual(
    operations()
      .map((it) => `${it.method} ${it.path}`)
      .sort(),
  );
});

it('describes every call of the contract', () => {
  expect(
    operations()
      .map((it) => `${it.method} ${it.path.replace('/api/v1', '')}`)
      .sort(),
  ).toEqual([
    'GET /appointments',
    'GET /attachments/{id}',
    'GET /attachments/{id}/thumbnail',
    'GET /audit',
    'GET /contact-tasks',
    'GET /conversations/{id}/messages',
    'GET /customers',
    'GET /customers/{id}',
    'GET /enquiry-answers',
    'GET /handoffs',
    'GET /handoffs/{id}',
    'GET /pages',
    'GET /price-versions',
    'GET /products/{serial}/code',
    'GET /staff',
    'GET /tickets',
    'GET /tickets/{number}',
    'GET /tickets/{number}/windows',
    'PATCH /tickets/{number}/complaint',
    'POST /contact-tasks/{id}/done',
    'POST /customers/{id}/reveal',
    'POST /customers/{id}/tags',
    'POST /handoffs/{id}/claim',
    'POST /handoffs/{id}/escalate',
    'POST /handoffs/{id}/link',
    'POST /handoffs/{id}/messages/{messageId}/send-again',
    'POST /handoffs/{id}/note',
    'POST /handoffs/{id}/release',
    'POST /handoffs/{id}/reopen',
    'POST /handoffs/{id}/reply',
    'POST /handoffs/{id}/resolve',
    'POST /handoffs/{id}/transfer',
    'POST /pages/{id}/acknowledge',
    'POST /price-versions',
    'POST /staff',
    'POST /tickets',
    'POST /tickets/{number}/answer',
    'POST /tickets/{number}/assign',
    'POST /tickets/{number}/escalate',
    'POST /tickets/{number}/merge',
    'POST /tickets/{number}/notes',
    'POST /tickets/{number}/survey',
    'POST /tickets/{number}/transitions',
    'POST /tickets/{number}/visit',
    'PUT /enquiry-answers/{key}',
  ]);
});

it('every reference leads somewhere, and every path parameter is declared', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((it) => it[1] ?? '');
  expect(references.length).toBeGreaterThan(20);
  for (const reference of references)
    expect(
      reference.split('/').reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>> | undefined)?.[key], document),
      reference,
    ).toBeDefined();
  for (const { path, operation } of operations()) {
    const declared = (operation.parameters ?? []).filter((it) => it.in === 'path').map((it) => it.name);
    expect(declared).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((it) => it[1]));
  }
});

/** What is answered as it is, and as what. */
const FILES: Readonly<Record<string, string>> = {
  '/api/v1/attachments/{id}': 'image/jpeg',
  '/api/v1/attachments/{id}/thumbnail': 'image/webp',
};

it('every call says what it does, what it answers and which problems it may have; every POST takes an Idempotency-Key', () => {
  for (const { method, path, operation } of operations()) {
    expect(operation.summary, path).toEqual(expect.any(String));
    expect(Object.keys(operation.responses), path).toEqual(expect.arrayContaining(['400', '401', '403']));
    expect(operation.responses['401']?.content['application/problem+json']?.schema.$ref).toBe('#/components/schemas/Problem');
    const success = operation.responses['200'] ?? operation.responses['201'];
    const file = FILES[path];
    if (file !== undefined) expect(success?.content[file]?.schema).toEqual({ type: 'string', format: 'binary' });
    else expect(success?.content['application/json']?.schema.$ref, path).toMatch(/^#\/components\/schemas\//);
    const keyed = (operation.parameters ?? []).some((it) => it.in === 'header' && it.name === 'Idempotency-Key');
    expect(keyed, path).toBe(method === 'POST');
  }
});

it('no named schema is nullable: whoever refers to it says so', () => {
  for (const [name, schema] of Object.entries(document.components.schemas)) expect([schema.type].flat(), name).not.toContain('null');
  expect(document.components.schemas['Ticket']?.properties['assignee']).toEqual({
    anyOf: [{ $ref: '#/components/schemas/StaffName' }, { type: 'null' }],
  });
});

it('tickets, their intake and problems have examples', () => {
  for (const name of ['Ticket', 'TicketSummary', 'TicketIntake', 'Problem', 'Message', 'NewStaff'])
    expect(document.components.schemas[name]?.example, name).toBeDefined();
});
