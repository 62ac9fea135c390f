/**
 * Names and addresses as the customer wrote them: 費曉明, 鳳山東路52號. The extractors read simplified characters and plain
 * commas; an order is printed with the customer's own.
 */
import { Converter } from 'opencc-js/t2cn';
import type { Entities } from './understood.ts';

type AsWritten = (entities: Entities, text: string) => Entities;

/** Loads the dictionary once. */
export function createAsWritten(): AsWritten {
  const simplify = Converter({ from: 't', to: 'cn' });
  return (entities, text) => {
    const { address, name } = entities;
    if (!address?.detail && !name) return entities;
    const written = Array.from(text.normalize('NFKC'));
    const simplified = written.map((character): string => simplify(character));
    const find = (value: string): string => {
      const wide = value.replace(/,/g, '\uFF0C');
      if (text.includes(wide)) return wide;
      const at = text.includes(value) ? -1 : simplified.join('').indexOf(value);
      return at < 0 ? value : said(written, simplified, at, value.length);
    };
    return {
      ...entities,
      name: name === null ? null : find(name),
      address: address?.detail ? { ...address, detail: find(address.detail) } : address,
    };
  };
}

/** What was written where the simplified text has `length` characters from `at`. */
function said(written: readonly string[], simplified: readonly string[], at: number, length: number): string {
  let position = 0;
  return written
    .filter((_, index) => {
      const from = position;
      position += simplified[index]?.length ?? 0;
      return from >= at && from < at + length;
    })
    .join('');
}
