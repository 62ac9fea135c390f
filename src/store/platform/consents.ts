/**
 * Consents to notices outside the time in which we may speak. A consent and a refusal are known by their instant: one that
 * comes again, or comes after a later one, changes nothing.
 */
import type { NoticeConsents } from '../../turn/platform-ports.ts';
import { query, timestamp } from '../connection.ts';
import type { Store } from '../open-store.ts';

export function consentsOn({ pool }: Pick<Store, 'pool'>): NoticeConsents {
  return {
    agreed: async (conversationId, template, times, at) => {
      if (times === 0) await query(pool, REFUSED, [conversationId, template, timestamp(at)]);
      else await query(pool, AGREED, [conversationId, template, times, timestamp(at)]);
    },
    use: async (conversationId, template) => (await query(pool, USE, [conversationId, template])).length > 0,
    giveBack: async (conversationId, template) => void (await query(pool, GIVE_BACK, [conversationId, template])),
  };
}

const AGREED = {
  name: 'consent-agreed',
  text: `
insert into notice_consent (conversation_id, template, "left", agreed_at) values ($1, $2, $3, $4)
on conflict (conversation_id, template) do update set "left" = notice_consent."left" + excluded."left", agreed_at = excluded.agreed_at
where notice_consent.agreed_at < excluded.agreed_at`,
};

/** Of both in one instant the refusal holds. */
const REFUSED = {
  name: 'consent-refused',
  text: `
insert into notice_consent (conversation_id, template, "left", agreed_at) values ($1, $2, 0, $3)
on conflict (conversation_id, template) do update set "left" = 0, agreed_at = excluded.agreed_at
where notice_consent.agreed_at <= excluded.agreed_at`,
};

const USE = {
  name: 'consent-use',
  text: `
update notice_consent set "left" = "left" - 1 where conversation_id = $1 and template = $2 and ("left" > 0) is true returning template`,
};

const GIVE_BACK = {
  name: 'consent-give-back',
  text: 'update notice_consent set "left" = "left" + 1 where conversation_id = $1 and template = $2',
};
