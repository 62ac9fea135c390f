import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../src/channels/slack/command-text.ts';

describe('what is typed after /ticket', () => {
  it.each([
    ['', { kind: 'help' }],
    ['  ', { kind: 'help' }],
    ['help', { kind: 'help' }],
    ['\u5e2e\u52a9', { kind: 'help' }],
    ['find BX-20261120-0031', { kind: 'find', q: 'BX-20261120-0031' }],
    ['FIND 138 0013 8000', { kind: 'find', q: '138 0013 8000' }],
    ['\u67e513800138000', { kind: 'find', q: '13800138000' }],
    ['\u67e5\u3000DEMO2026IN0001', { kind: 'find', q: 'DEMO2026IN0001' }],
    ['find <tel:13800138000|138-0013-8000>', { kind: 'find', q: '138-0013-8000' }],
    ['show BX-20261120-0031', { kind: 'show', number: 'BX-20261120-0031' }],
    ['\u770bBX-20261120-0031', { kind: 'show', number: 'BX-20261120-0031' }],
    ['\u67e5\u770b BX-20261120-0031', { kind: 'show', number: 'BX-20261120-0031' }],
    ['new', { kind: 'new' }],
    ['\u65b0\u5efa', { kind: 'new' }],
    ['staff <@U0LI|li> li@example.com', { kind: 'staff', userId: 'U0LI', email: 'li@example.com' }],
    ['staff <@U0LI> <mailto:li@example.com|li@example.com>', { kind: 'staff', userId: 'U0LI', email: 'li@example.com' }],
    ['merge BX-1 BX-2', { kind: 'merge', keep: 'BX-1', duplicate: 'BX-2' }],
  ])('%s', (text, command) => {
    expect(parseCommand(text)).toEqual(command);
  });

  it.each([
    ['find', 'find'],
    ['\u67e5', 'find'],
    ['show ', 'show'],
    ['staff li@example.com', 'staff'],
    ['staff <@U0LI>', 'staff'],
    ['merge BX-1', 'merge'],
    ['merge BX-1 BX-2 BX-3', 'merge'],
  ])('%s wants more', (text, of) => {
    expect(parseCommand(text)).toEqual({ kind: 'wanting', of });
  });

  it.each(['newer', 'finding', 'BX-20261120-0031', 'delete everything'])('%s is not understood', (text) => {
    expect(parseCommand(text)).toEqual({ kind: 'unknown' });
  });
});
