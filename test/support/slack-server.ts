/** The fake Slack on HTTP: calls of its methods, files down and up, and answers to response URLs. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, argumentsOf, done, type Json, type Method, refused, words } from './slack-data.ts';
import type { Fault, Faults } from './slack-fault.ts';
import type { Files } from './slack-files.ts';
import { respondTo } from './slack-responses.ts';
import type { World } from './slack-world.ts';

export type RecordedCall = {
  readonly method: string;
  readonly args: Json;
  readonly at: number;
  /** `ok`, the code it was refused with, or null when the caller got no answer. */
  readonly answer: string | null;
};

type Ports = {
  readonly world: World;
  readonly methods: Readonly<Record<string, Method>>;
  readonly files: Files;
  readonly faults: Faults;
  /** Why a token is refused; null: it is good. */
  readonly tokenProblem: (token: string, method: string) => string | null;
  readonly wait: (method: string, args: Json) => number;
  readonly record: (call: RecordedCall) => void;
  readonly begun: () => () => void;
};

const LOGIN_PAGE = '<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in to your workspace</body></html>';

export function createHandler(ports: Ports): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { world, files, tokenProblem } = ports;

  return async (request, response) => {
    const ended = ports.begun();
    response.once('close', ended);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://platform');
    const body = await bytesOf(request);
    const contentType = request.headers['content-type'] ?? '';
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';

    if (pathname.startsWith('/files-pri/')) {
      const file = files.at(pathname);
      const isAllowed = tokenProblem(bearer, 'files.info') === null;
      ports.record({ method: 'download', args: { path: pathname }, at: world.now(), answer: isAllowed ? 'ok' : 'invalid_auth' });
      if (!isAllowed) return void response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(LOGIN_PAGE);
      if (file === null) return void response.writeHead(404).end();
      return void response.writeHead(200, { 'Content-Type': file.contentType }).end(file.bytes);
    }
    if (pathname.startsWith('/upload/')) {
      const isTaken = await files.upload(pathname.split('/').at(-1) ?? '', contentType, body);
      ports.record({ method: 'upload', args: { path: pathname }, at: world.now(), answer: isTaken ? 'ok' : 'not_found' });
      return void response.writeHead(isTaken ? 200 : 404).end(isTaken ? `OK - ${body.length}` : '');
    }
    const args = argumentsOf(contentType, body.toString(), searchParams);
    if (pathname.startsWith('/actions/')) {
      const answer = respondTo(world, pathname.split('/').at(-1) ?? '', args ?? {});
      ports.record({ method: 'response_url', args: args ?? {}, at: world.now(), answer: codeOf(answer) });
      return write(response, answer.ok ? 200 : 404, answer);
    }
    if (!pathname.startsWith('/api/')) return void response.writeHead(404).end();
    const method = pathname.slice('/api/'.length);
    await call(method, args, bearer || words(args?.['token']), response);
  };

  async function call(method: string, args: Json | null, token: string, response: ServerResponse): Promise<void> {
    const at = world.now();
    const { token: _token, ...said } = args ?? {};
    const note = (answer: string | null) => ports.record({ method, args: said, at, answer });
    const run = (): Answer => (args === null ? refused('invalid_json') : answerOf(method, said, token));
    const fault = ports.faults.take(method, said);
    switch (fault?.kind) {
      case 'lost-response':
        run();
        note(null);
        return void response.destroy();
      case 'cut':
        note(null);
        return void response.destroy();
      case 'timeout':
        return note(null);
      case 'http-500':
        note('http_500');
        return void response.writeHead(500, { 'Content-Type': 'text/plain' }).end('internal error');
      default:
        return await speak(method, said, fault, run, note, response);
    }
  }

  async function speak(
    method: string,
    args: Json,
    fault: Extract<Fault, { kind: 'slow' | 'error' | 'ratelimited' }> | null,
    run: () => Answer,
    note: (answer: string) => void,
    response: ServerResponse,
  ): Promise<void> {
    const seconds = fault?.kind === 'ratelimited' ? fault.retryAfterSeconds : ports.wait(method, args);
    if (seconds > 0) {
      note('ratelimited');
      return write(response, 429, refused('ratelimited'), { 'Retry-After': String(seconds) });
    }
    const answer = fault?.kind === 'error' ? refused(fault.error) : run();
    note(codeOf(answer));
    if (fault?.kind === 'slow') await pause(fault.milliseconds, undefined, { ref: false });
    write(response, 200, answer);
  }

  function answerOf(method: string, args: Json, token: string): Answer {
    const problem = token === '' ? 'not_authed' : tokenProblem(token, method);
    if (problem !== null) return refused(problem);
    const known = ports.methods[method];
    if (known !== undefined) return known(args);
    return method === 'api.test' ? done({ args }) : refused('unknown_method');
  }
}

const codeOf = (answer: Answer): string => (answer.ok ? 'ok' : words(answer['error']));

function write(response: ServerResponse, status: number, answer: Answer, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(answer));
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
