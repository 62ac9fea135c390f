/** Notices in words: zh-CN, because of somebody who never chatted no other language is known. */
import type { Appliance } from '../domain/appliance.ts';
import { unreachable } from '../domain/unreachable.ts';
import { render } from '../wording/render.ts';
import type { PutInWords } from './notice.ts';

export function noticeWords(timeZone: string): PutInWords {
  const reading = { language: 'zh-CN', timeZone } as const;
  return (notice) => {
    const { ticket, appliance, window } = notice;
    const known: readonly Appliance[] = [appliance ?? 'other'];
    const facts = {
      numbers: { as: 'numbers', value: [ticket] },
      appliances: { as: 'appliances', value: known },
      window: { as: 'window', value: window },
    } as const;
    switch (notice.kind) {
      case 'reminder':
        return render({ key: 'notice.reminder', data: facts }, reading);
      case 'price-notice':
        return render({ key: 'notice.price', data: { ...facts, day: { as: 'day', value: notice.effectiveFrom } } }, reading);
      default:
        return unreachable(notice);
    }
  };
}
