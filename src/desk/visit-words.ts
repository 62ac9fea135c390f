/** A visit that staff arranged, in words: what its engineers are sent, and a customer without a chat is sent or told on the phone. */
import type { Appliance } from '../domain/appliance.ts';
import type { VisitWindow } from '../domain/visit-window.ts';
import type { Reading } from '../wording/format.ts';
import { render } from '../wording/render.ts';
import type { ReplyData } from '../wording/reply.ts';

/** First booked; at another time, perhaps with another engineer; at the same time with another one. */
export type VisitChange = 'booked' | 'moved' | 'engineer';

/** `numbers`: every ticket of the visit. `place`: to the district. */
type Told = { readonly numbers: readonly string[]; readonly place: string };

export type VisitWords = {
  readonly given: (visit: Told & { readonly window: VisitWindow }) => string;
  readonly moved: (visit: Told & { readonly before: VisitWindow; readonly window: VisitWindow }) => string;
  readonly off: (visit: Told & { readonly before: VisitWindow }) => string;
  readonly toCustomer: (
    change: VisitChange,
    visit: {
      readonly numbers: readonly string[];
      readonly appliances: readonly Appliance[];
      readonly window: VisitWindow;
      readonly engineer: { readonly name: string; readonly phone: string };
    },
  ) => string;
};

/** In zh-CN: of engineers, and of who never chatted, no other language is known. */
export function visitWords(timeZone: string): VisitWords {
  const reading: Reading = { language: 'zh-CN', timeZone };
  return {
    given: ({ window, ...told }) => render({ key: 'engineer.notice.visit-given', data: { ...facts(told), window: as(window) } }, reading),
    moved: ({ before, window, ...told }) =>
      render({ key: 'engineer.notice.visit-moved', data: { ...facts(told), visit: as(before), window: as(window) } }, reading),
    off: ({ before, ...told }) => render({ key: 'engineer.notice.visit-off', data: { ...facts(told), visit: as(before) } }, reading),
    toCustomer: (change, { numbers, appliances, window, engineer }) => {
      const data: ReplyData = {
        numbers: { as: 'numbers', value: numbers },
        appliances: { as: 'appliances', value: appliances.length > 0 ? appliances : ['other'] },
        window: as(window),
        engineer: { as: 'text', value: engineer.name },
        phone: { as: 'phone', value: engineer.phone },
      };
      return render({ key: `visit.arranged.${change}`, data }, reading);
    },
  };
}

function facts({ numbers, place }: Told): ReplyData {
  return { numbers: { as: 'numbers', value: numbers }, place: { as: 'text', value: place } };
}

function as(value: VisitWindow) {
  return { as: 'window', value } as const;
}
