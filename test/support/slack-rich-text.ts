/**
 * What somebody typed in Slack, the two ways an app is told: `text` with `& < >` escaped, links and mentions in brackets and
 * emoji by their names; `blocks` with the same as parts, where the text is as it was typed.
 */
import type { Json } from './slack-data.ts';

const PARTS =
  /<@([UW][A-Z0-9]+)>|(https?:\/\/[^\s<>]+)|([\w.+-]+@[\w-]+\.[\w.-]+\w)|(\p{Extended_Pictographic}(?:[\uFE0F\u{1F3FB}-\u{1F3FF}]|\u200D\p{Extended_Pictographic})*)/gu;

/** Names the platform has for some; any other gets one made of its number. */
const EMOJI_NAMES: Readonly<Record<string, string>> = {
  '1f600': 'grinning',
  '1f602': 'joy',
  '1f60a': 'blush',
  '1f64f': 'pray',
  '1f44d': '+1',
  '1f44c': 'ok_hand',
  '1f622': 'cry',
  '2705': 'white_check_mark',
  '26a0-fe0f': 'warning',
  '2764-fe0f': 'heart',
};

export function typed(text: string): { readonly text: string; readonly blocks: readonly Json[] } {
  const elements: Json[] = [];
  let written = '';
  let at = 0;
  const plain = (piece: string) => {
    if (piece === '') return;
    elements.push({ type: 'text', text: piece });
    written += escaped(piece);
  };
  for (const match of text.matchAll(PARTS)) {
    plain(text.slice(at, match.index));
    at = match.index + match[0].length;
    const [whole, userId, url, email, emoji] = match;
    if (userId !== undefined) {
      elements.push({ type: 'user', user_id: userId });
      written += whole;
    } else if (url !== undefined) {
      elements.push({ type: 'link', url });
      written += `<${escaped(url)}>`;
    } else if (email !== undefined) {
      elements.push({ type: 'link', url: `mailto:${email}`, text: email });
      written += `<mailto:${email}|${email}>`;
    } else if (emoji !== undefined) {
      const unicode = [...emoji].map((it) => (it.codePointAt(0) ?? 0).toString(16)).join('-');
      const name = EMOJI_NAMES[unicode] ?? `emoji_${unicode}`;
      elements.push({ type: 'emoji', name, unicode });
      written += `:${name}:`;
    }
  }
  plain(text.slice(at));
  if (elements.length === 0) return { text: '', blocks: [] };
  return {
    text: written,
    blocks: [{ type: 'rich_text', block_id: 'typed', elements: [{ type: 'rich_text_section', elements }] }],
  };
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
