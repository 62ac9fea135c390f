import { describe, expect, it } from 'vitest';
import { ATTACHMENT_KINDS, FILE_KINDS, fileKindOf, mediaKindOf } from '../../src/domain/file-kind.ts';
import { fileNameOf } from '../../src/domain/file-name.ts';
import { aHead, HEADS } from '../support/files.ts';

describe('the kind of a file', () => {
  it.each([
    ['jpeg', 'image/jpeg'],
    ['png', 'image/png'],
    ['gif', 'image/gif'],
    ['webp', 'image/webp'],
    ['heic', 'image/heic'],
    ['heicOfSomeKind', 'image/heic'],
    ['pdf', 'application/pdf'],
    ['mp4', 'video/mp4'],
  ] as const)('%s is told by its bytes: %s', (kind, contentType) => {
    expect(fileKindOf(aHead(kind))?.contentType).toBe(contentType);
    expect(FILE_KINDS.map((it) => it.contentType)).toContain(contentType);
  });

  it('of a voice message is known where a platform brings it, and is none that may be uploaded', () => {
    expect(mediaKindOf(aHead('amr'))?.contentType).toBe('audio/amr');
    expect(fileKindOf(aHead('amr'))).toBeNull();
    expect(ATTACHMENT_KINDS.map((it) => it.contentType)).toEqual([...FILE_KINDS.map((it) => it.contentType), 'audio/amr']);
  });

  it('of what a platform brings is else the same as of an upload', () => {
    for (const head of Object.keys(HEADS) as (keyof typeof HEADS)[])
      if (head !== 'amr') expect(mediaKindOf(aHead(head))).toBe(fileKindOf(aHead(head)));
  });

  it.each(['avif', 'quickTime', 'exe', 'html', 'svg', 'zip'] as const)('%s is none we take', (kind) => {
    expect(fileKindOf(aHead(kind))).toBeNull();
  });

  it('is none for nothing at all, and for every cut-off beginning nothing is thrown', () => {
    expect(fileKindOf(new Uint8Array())).toBeNull();
    for (const head of Object.values(HEADS))
      for (let length = 0; length < head.length; length++) expect(() => fileKindOf(head.subarray(0, length))).not.toThrow();
  });

  it('is read from a view into larger bytes, and a box that lies about its size is no way out of them', () => {
    const around = Buffer.concat([Buffer.alloc(7), aHead('heicOfSomeKind', 28)]);
    expect(fileKindOf(around.subarray(7))?.contentType).toBe('image/heic');
    const lying = aHead('mp4', 20);
    lying.writeUInt32BE(0xffffffff);
    expect(fileKindOf(lying)?.contentType).toBe('video/mp4');
  });
});

describe('the name of a file', () => {
  const kindOf = (kind: keyof typeof HEADS) => mediaKindOf(aHead(kind)) ?? FILE_KINDS[0];
  const named = (given: string, kind: keyof typeof HEADS = 'png') => {
    const found = kindOf(kind);
    if (found === undefined) throw new Error('a kind we take');
    return fileNameOf(given, found);
  };

  it.each([
    ['a plain one', '铭牌.png', '铭牌.png'],
    ['another ending of the same kind', 'IMG_0412.JPEG', 'IMG_0412.jpeg', 'jpeg'],
    ['an ending that lies', 'invoice.pdf.exe', 'invoice.pdf.exe.png'],
    ['none', '', 'photo.png'],
    ['nothing but an ending', '.pdf', 'file.pdf', 'pdf'],
    ['a video without one', '  ', 'video.mp4', 'mp4'],
    ['a voice message without one', '', 'voice.amr', 'amr'],
    ['a path', '../../etc/passwd', 'passwd.png'],
    ['a path of Windows', 'C:\\Users\\me\\a.png', 'a.png'],
    ['lines and control characters', 'a\r\nSet-Cookie: b\0.png', 'aSet-Cookie_ b.png'],
    ['signs that turn letters round', 'a\u202egnp.exe', 'agnp.exe.png'],
    ['half a character', 'a\ud83d.png', 'a\ufffd.png'],
    ['what file systems forbid', 'a<b>:"|?*.png', 'a_b______.png'],
    ['dots and blanks around it', ' ..a . .png', 'a.png'],
  ] as const)('from %s', (_, given, name, kind: keyof typeof HEADS = 'png') => {
    expect(named(given, kind)).toBe(name);
  });

  it('is at most 80 characters with its ending', () => {
    expect([...named(`${'图'.repeat(5_000)}.png`)]).toHaveLength(80);
    expect(named(`${'图'.repeat(5_000)}.png`)).toMatch(/图\.png$/u);
  });
});
