/** What was typed after `/ticket`, in the words of either language, as Slack hands it over. */
import { plainTextOf } from './slack-text.ts';

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'unknown' }
  /** The right word, and not what it needs. */
  | { readonly kind: 'wanting'; readonly of: 'find' | 'show' | 'staff' | 'merge' }
  | { readonly kind: 'find'; readonly q: string }
  | { readonly kind: 'show'; readonly number: string }
  | { readonly kind: 'new' }
  | { readonly kind: 'staff'; readonly userId: string; readonly email: string }
  | { readonly kind: 'merge'; readonly keep: string; readonly duplicate: string };

type Verb = 'help' | 'find' | 'show' | 'new' | 'staff' | 'merge';

/** Chinese words stand without a blank before what follows. */
const VERBS: readonly (readonly [Verb, RegExp])[] = [
  ['help', /^(?:help|\?|帮助|\uff1f)$/iu],
  ['find', /^(?:find\b|search\b|查找|查询|查|找|搜)/iu],
  ['show', /^(?:show\b|open\b|查看|看)/iu],
  ['new', /^(?:new\b|新建|开单|新单)/iu],
  ['staff', /^(?:staff\b|绑定|认领)/iu],
  ['merge', /^(?:merge\b|并单|合并)/iu],
];
/** A longer word that begins like a shorter one of another meaning. */
const SHOW_FIRST = /^查看/u;

const MENTION = /<@([A-Z][A-Z0-9]{1,63})(?:\|[^>]*)?>/u;
const EMAIL = /[^\s<>|:@]{1,64}@[^\s<>|@]{1,190}\.[^\s<>|@]{2,60}/u;

export function parseCommand(text: string): Command {
  const typed = text.trim().replaceAll('\u3000', ' ');
  if (typed === '') return { kind: 'help' };
  const found = SHOW_FIRST.test(typed) ? VERBS.find(([verb]) => verb === 'show') : VERBS.find(([, pattern]) => pattern.test(typed));
  if (found === undefined) return { kind: 'unknown' };
  const [verb, pattern] = found;
  const rest = typed.replace(pattern, '').trim();
  const plain = plainTextOf({ text: rest });
  switch (verb) {
    case 'help':
    case 'new':
      return { kind: verb };
    case 'find':
      return plain === '' ? { kind: 'wanting', of: verb } : { kind: verb, q: plain };
    case 'show':
      return plain === '' ? { kind: 'wanting', of: verb } : { kind: verb, number: plain };
    case 'staff': {
      const userId = MENTION.exec(rest)?.[1];
      const email = EMAIL.exec(rest.replace(MENTION, ' '))?.[0];
      return userId === undefined || email === undefined ? { kind: 'wanting', of: verb } : { kind: verb, userId, email };
    }
    case 'merge': {
      const [keep, duplicate, ...more] = plain.split(/\s+/u);
      const isTwo = keep !== undefined && duplicate !== undefined && more.length === 0;
      return isTwo ? { kind: verb, keep, duplicate } : { kind: 'wanting', of: verb };
    }
  }
}
