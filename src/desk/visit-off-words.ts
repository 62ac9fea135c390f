/** A visit that staff called off, in words: what its engineer and a customer without a chat are sent, or told on the phone. */
import type { Appliance } from '../domain/appliance.ts';
import type { VisitWindow } from '../domain/visit-window.ts';
import { render } from '../wording/render.ts';

export type VisitOffWords = {
  /** `numbers`: every ticket of the visit. */
  readonly toEngineer: (visit: { readonly numbers: readonly string[]; readonly window: VisitWindow; readonly place: string }) => string;
  readonly toCustomer: (ticket: { readonly number: string; readonly appliance: Appliance | null }) => string;
};

/** In zh-CN: of engineers, and of who never chatted, no other language is known. */
export function visitOffWords(timeZone: string): VisitOffWords {
  const reading = { language: 'zh-CN', timeZone } as const;
  return {
    toEngineer: ({ numbers, window, place }) => {
      const data = {
        numbers: { as: 'numbers', value: numbers },
        visit: { as: 'window', value: window },
        place: { as: 'text', value: place },
      } as const;
      return render({ key: 'engineer.notice.visit-off', data }, reading);
    },
    toCustomer: ({ number, appliance }) => {
      const data = {
        numbers: { as: 'numbers', value: [number] },
        appliances: { as: 'appliances', value: [appliance ?? 'other'] },
      } as const;
      return render({ key: 'visit.called-off', data }, reading);
    },
  };
}
