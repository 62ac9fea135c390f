/**
 * What can go wrong between the fake WeChat platform and who calls it, and how a call is answered then: some faults keep a
 * thing from being done, others only keep the caller from hearing that it was.
 */
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, refused } from './wechat-answer.ts';

export type Fault =
  /** Refused; nothing is done. */
  | { readonly kind: 'errcode'; readonly code: number }
  /** An HTTP status instead of an answer; nothing is done. */
  | { readonly kind: 'status'; readonly status: number }
  /** 200 with a page where JSON belongs; nothing is done. */
  | { readonly kind: 'nonsense' }
  /** Done at once, answered late. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** Done, and the connection is cut before the answer. */
  | { readonly kind: 'answer-lost' }
  /** The connection is cut; nothing is done. */
  | { readonly kind: 'cut' }
  /** Nothing is done, and nothing said as long as the platform lives. */
  | { readonly kind: 'silent' };

/** Answers, or does not, as the fault has it. */
export async function answerUnder(
  fault: Fault | null,
  answered: () => Promise<Answer>,
  response: ServerResponse,
  note: (code: number) => void,
): Promise<void> {
  const speak = (answer: Answer) => {
    note(answer.kind === 'json' ? Number(answer.json['errcode'] ?? 0) : 0);
    write(response, answer);
  };
  switch (fault?.kind) {
    case undefined:
      return speak(await answered());
    case 'errcode':
      return speak(refused(fault.code));
    case 'slow': {
      const answer = await answered();
      await pause(fault.milliseconds, undefined, { ref: false });
      return speak(answer);
    }
    case 'answer-lost':
      await answered();
      response.destroy();
      return;
    case 'cut':
      response.destroy();
      return;
    case 'status':
      response.writeHead(fault.status).end();
      return;
    case 'nonsense':
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html></html>');
      return;
    case 'silent':
      return;
  }
}

function write(response: ServerResponse, answer: Answer): void {
  if (answer.kind === 'json') {
    response.writeHead(200, { 'Content-Type': 'application/json; encoding=utf-8' }).end(JSON.stringify(answer.json));
    return;
  }
  const disposition = `attachment; filename="${answer.name}"`;
  response.writeHead(200, { 'Content-Type': answer.contentType, 'Content-disposition': disposition }).end(answer.bytes);
}
