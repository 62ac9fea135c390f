/** The morning digest (S2-042): yesterday, what is live and what is late, in one short message. */
import { type DigestFigures, LIVE_STATUSES } from '../../desk/digest.ts';
import type { LocalDay } from '../../domain/instant.ts';
import { type Said, section } from './blocks.ts';
import type { Telling } from './ticket-words.ts';

/** The digest of the morning of `day`; nothing in it is about one customer. */
export function digestMessage(figures: DigestFigures, day: LocalDay, { word, policy }: Pick<Telling, 'word' | 'policy'>): Said {
  const text = digestText(figures, day, { word, policy });
  return { text, blocks: [section(text)] };
}

function digestText(figures: DigestFigures, day: LocalDay, { word, policy }: Pick<Telling, 'word' | 'policy'>): string {
  const live = LIVE_STATUSES.filter((it) => figures.live[it] > 0).map((it) =>
    word('digest.status', { status: word(`ticket.status.${it}`), count: figures.live[it] }),
  );
  const separator = policy.slack.language === 'zh-CN' ? '\u3001' : ', ';
  const { csat } = figures;
  return [
    `*${word('digest.title', { day })}*`,
    word('digest.yesterday', { opened: figures.opened, resolved: figures.resolved }),
    live.length === 0 ? word('digest.live.none') : word('digest.live', { statuses: live.join(separator) }),
    figures.overdue === 0 ? word('digest.overdue.none') : word('digest.overdue', { count: figures.overdue }),
    word('digest.visits', { count: figures.visits }),
    word('digest.waiting', { count: figures.handoffsWaiting }),
    word('digest.complaints', { count: figures.complaintsOpen }),
    ...(csat === null ? [] : [word('digest.csat', { score: csat.mean.toFixed(1), count: csat.count })]),
  ].join('\n');
}
