/**
 * The text every extractor reads: one width, simplified characters, Mandarin words, no control characters, at most
 * `TEXT_CHARACTERS_MAX` long.
 */
import { Converter } from 'opencc-js/t2cn';
import { areaNames } from './area.ts';
import { CANTONESE } from './cantonese.ts';
import { DIALECT } from './dialect.ts';
import { translateEnglish } from './english.ts';
import { HOMOPHONES } from './homophone.ts';
import { MISSPELLINGS } from './misspelling.ts';

/** A longer message is read to here. */
const TEXT_CHARACTERS_MAX = 4_000;

export type PlainText = (raw: string) => string;

/** Loads the dictionaries once. */
export function createPlainText(): PlainText {
  const convert = Converter({ from: 't', to: 'cn' });
  const toSimplified = (text: string): string => fixCharacters(convert(fixCantoneseIs(text)));
  const simplify = sparing(toSimplified, placesChangedBy(toSimplified));
  const toMandarin = rewriting({ ...HOMOPHONES, ...MISSPELLINGS, ...DIALECT, ...CANTONESE });
  const speakMandarin = sparing(toMandarin, placesChangedBy(toMandarin));
  return (raw) => {
    const clean = stripInvisible(raw.slice(0, TEXT_CHARACTERS_MAX).normalize('NFKC')).slice(0, TEXT_CHARACTERS_MAX);
    return speakMandarin(translateEnglish(simplify(clean)))
      .replace(/[ \t]+/g, ' ')
      .trim();
  };
}

type Rewrite = (text: string) => string;

function rewriting(words: Readonly<Record<string, string>>): Rewrite {
  const pattern = anyOf(Object.keys(words));
  return (text) => text.replace(pattern, (word) => words[word] ?? word);
}

/** 喀喇沁旗 and 乾县: a place keeps its name, whatever its characters mean elsewhere. */
function sparing(rewrite: Rewrite, places: readonly string[]): Rewrite {
  const pattern = anyOf(places);
  return (text) => {
    const kept = text.match(pattern) ?? [];
    return text
      .split(pattern)
      .map((between, index) => rewrite(between) + (kept[index] ?? ''))
      .join('');
  };
}

function placesChangedBy(rewrite: Rewrite): readonly string[] {
  return areaNames().filter((name) => rewrite(name) !== name);
}

/** The longest first. */
function anyOf(words: readonly string[]): RegExp {
  return new RegExp([...words].sort((one, other) => other.length - one.length).join('|'), 'g');
}

/** Control characters and the private-use characters of the masks become spaces; joiners and selectors of emoji go. */
function stripInvisible(text: string): string {
  return text.replace(/[\uFE00-\uFE0F\u200B-\u200F\u2060\uFEFF\u00AD]|\u20E3/g, '').replace(/[\p{Cc}\p{Co}\p{Cs}\uFFFD]+/gu, ' ');
}

/** 係 is the Cantonese "is", but a part of 關係 and 聯係. */
function fixCantoneseIs(text: string): string {
  return text.replace(/(?<![關关聯联干])係/g, '是');
}

/** opencc keeps 著, which Taiwan writes for 着 in 著火, 點不著. */
function fixCharacters(text: string): string {
  return text
    .replace(/著(?![名作称])/g, '着')
    .replace(/裏/g, '里')
    .replace(/処/g, '处');
}
