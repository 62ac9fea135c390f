import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkPass, type Pass, signPass } from '../../../src/channels/web-chat/pass.ts';
import { identifierFrom } from '../../../src/domain/identifier.ts';
import { DAY, MINUTE } from '../../../src/domain/instant.ts';

const key = Buffer.alloc(32, 1);
const start = Date.parse('2026-11-20T08:00:00Z');
const pass: Pass = { kind: 'token', conversationId: identifierFrom(start, new Uint8Array(10)), account: 'web_abc', user: 'dl_张三' };

const payloadOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
const withPayload = (token: string, payload: unknown) => {
  const [header, , mac] = token.split('.');
  return [header, Buffer.from(JSON.stringify(payload)).toString('base64url'), mac].join('.');
};

describe('a pass', () => {
  it('says what was signed, until it expires', () => {
    const token = signPass(key, pass, start);
    expect(checkPass(key, token, 'token', start + 59 * MINUTE)).toEqual({ kind: 'good', pass });
    expect(checkPass(key, token, 'token', start + 60 * MINUTE)).toEqual({ kind: 'expired' });
  });

  it('outlives a token as a resume ticket, and a stream pass is over in minutes', () => {
    expect(checkPass(key, signPass(key, { ...pass, kind: 'resume' }, start), 'resume', start + 179 * DAY).kind).toBe('good');
    expect(checkPass(key, signPass(key, { ...pass, kind: 'stream' }, start), 'stream', start + 3 * MINUTE).kind).toBe('expired');
  });

  it.each(['token', 'stream', 'resume'] as const)('of kind %s is good for nothing else', (kind) => {
    const token = signPass(key, { ...pass, kind }, start);
    for (const other of ['token', 'stream', 'resume'] as const)
      expect(checkPass(key, token, other, start).kind).toBe(other === kind ? 'good' : 'forged');
  });

  it('is forged when a letter of it was changed, whatever the letter', () => {
    const token = signPass(key, pass, start);
    const other = identifierFrom(start + 1, new Uint8Array(10));
    const forgeries = [
      withPayload(token, { ...payloadOf(token), conv: other }),
      withPayload(token, { ...payloadOf(token), exp: 9_999_999_999 }),
      signPass(Buffer.alloc(32, 2), pass, start),
      token.slice(0, -4),
      `${token}x`,
      `${token}.x`,
      '',
      'nonsense',
      '..',
      'x'.repeat(5_000),
    ];
    for (const forgery of forgeries) expect(checkPass(key, forgery, 'token', start)).toEqual({ kind: 'forged' });
  });

  it('does not fall for a token that claims to need no signature', () => {
    const token = signPass(key, pass, start);
    const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const payload = token.split('.')[1] ?? '';
    const mac = createHmac('sha256', key).update(`${header}.${payload}`).digest('base64url');
    expect(checkPass(key, `${header}.${payload}.`, 'token', start)).toEqual({ kind: 'forged' });
    expect(checkPass(key, `${header}.${payload}.${mac}`, 'token', start)).toEqual({ kind: 'forged' });
  });
});
