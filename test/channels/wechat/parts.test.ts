/** The wechaty-free pieces of the gateway, against independent implementations and against what must not pass. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCallbackXml } from '../../../src/channels/wechat/callback-xml.ts';
import { createCipher } from '../../../src/channels/wechat/cipher.ts';
import { isSigned, signatureOf } from '../../../src/channels/wechat/signature.ts';
import { TEXT_BYTES_MAX, textParts } from '../../../src/channels/wechat/text-parts.ts';

const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';

describe('the cipher', () => {
  test('reads back what it wrote, of any length', () => {
    const cipher = createCipher('wx1', KEY);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        expect(cipher.decrypt(cipher.encrypt(text))).toBe(text);
      }),
    );
  });

  test('is null for another app, another key, and noise', () => {
    const sealed = createCipher('wx1', KEY).encrypt('<xml/>');
    expect(createCipher('wx2', KEY).decrypt(sealed)).toBeNull();
    expect(createCipher('wx1', KEY.replace('a', 'b')).decrypt(sealed)).toBeNull();
    for (const size of [0, 1, 31, 32, 64]) expect(createCipher('wx1', KEY).decrypt(randomBytes(size).toString('base64'))).toBeNull();
    expect(createCipher('wx1', KEY).decrypt('not base64!')).toBeNull();
  });
});

test('a signature is of the parts in any order, and of nothing else', () => {
  const signed = signatureOf('token', '1409735669', 'nonce');
  expect(signed).toMatch(/^[0-9a-f]{40}$/);
  expect(isSigned(signed, 'nonce', 'token', '1409735669')).toBe(true);
  expect(isSigned(signed, 'nonce', 'token', '1409735668')).toBe(false);
  expect(isSigned('', 'nonce', 'token', '1409735669')).toBe(false);
});

describe('the XML', () => {
  test('is flat fields, a 64-bit number digit by digit', () => {
    const xml =
      '<xml><MsgId>9223372036854775807</MsgId><Content><![CDATA[a <b> & c]]></Content><ScanCodeInfo><ScanResult>1</ScanResult></ScanCodeInfo></xml>';
    expect(readCallbackXml(xml)).toEqual({ MsgId: '9223372036854775807', Content: 'a <b> & c', 'ScanCodeInfo.ScanResult': '1' });
  });

  test.each([
    ['nothing', ''],
    ['JSON', '{"a":1}'],
    ['another root', '<html><a>1</a></html>'],
    ['two roots', '<xml><a>1</a></xml><xml><a>1</a></xml>'],
    ['cut off', '<xml><a>1</a>'],
    ['a document type', '<!DOCTYPE xml [<!ENTITY x "y">]><xml><a>&x;</a></xml>'],
    ['an entity alone', '<xml><!ENTITY x SYSTEM "file:///etc/passwd"><a>1</a></xml>'],
    ['no fields', '<xml></xml>'],
  ])('%s is none', (_, text) => {
    expect(readCallbackXml(text)).toBeNull();
  });
});

describe('text in parts', () => {
  test('is whole, in order, and never longer than the platform takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 3_000 }), (text) => {
        const parts = textParts(text);
        for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(TEXT_BYTES_MAX);
        expect(parts.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
      }),
    );
  });

  test('three thousand characters of Chinese are five parts, cut at full stops', () => {
    const sentence = '\u4E00'.repeat(29);
    const parts = textParts(`${sentence}\u3002`.repeat(100));
    expect(parts).toHaveLength(5);
    for (const part of parts) expect(part.endsWith('\u3002')).toBe(true);
  });

  test('paragraphs are not cut apart where that would cost a part', () => {
    expect(textParts(Array.from({ length: 8 }, () => '\u4E00'.repeat(374)).join('\n'))).toHaveLength(5);
  });
});
