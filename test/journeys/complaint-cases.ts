/** Customers with a visit behind them, and what their complaints left in the store. */
import type { Chat, Shop } from '../support/chat.ts';

const HOME = '北京市朝阳区望京街道阜通东大街6号院3号楼1501';

/** Somebody who had a visit: booked for Sunday, two to four. */
export async function withVisit(shop: Shop): Promise<{ readonly chat: Chat; readonly visit: string }> {
  const chat = await shop.customer();
  await chat.saysAll(`空调不制冷,后天下午三点,${HOME},13800138000`, '王芳', '确认');
  chat.hears('booked');
  const [ticket] = await shop.rows<{ number: string }>('select number from ticket where conversation_id = $1', [chat.conversationId]);
  return { chat, visit: ticket?.number ?? '' };
}

type Case = {
  readonly number: string;
  readonly form: string;
  readonly purchased_on: string | null;
  readonly model: string | null;
  readonly priority: string;
  readonly due: string;
  readonly category: string;
  readonly wish: string | null;
  readonly department: string;
  readonly gravities: readonly string[];
  readonly about: string | null;
  readonly statements: readonly string[];
};

/** The complaints of a chat, oldest first, with the words as they were said. */
export async function casesOf(shop: Shop, chat: Chat): Promise<readonly Case[]> {
  const rows = await shop.rows<Omit<Case, 'statements' | 'model'> & { readonly id: string; readonly details_sealed: Buffer }>(
    `select t.id, t.number, t.details_sealed, t.priority, c.form, c.purchased_on, to_char(t.due_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') as due,
            c.category, c.wish, c.department, c.gravities, a.number as about
     from ticket t join complaint_case c on c.ticket_id = t.id left join ticket a on a.id = c.about_ticket_id
     where t.conversation_id = $1 order by t.opened_at, t.number`,
    [chat.conversationId],
  );
  return Promise.all(
    rows.map(async ({ id, details_sealed, ...it }) => {
      const said = await shop.rows<{ text_sealed: Buffer }>(
        'select text_sealed from complaint_statement where ticket_id = $1 order by at, id',
        [id],
      );
      const { model } = JSON.parse(shop.core.store.seal.open('ticket.details', details_sealed)) as { readonly model: string | null };
      return { ...it, model, statements: said.map((one) => shop.core.store.seal.open('complaint.statement', one.text_sealed)) };
    }),
  );
}

/** Why staff were called because of a chat, by name. */
export const pagesOf = async (shop: Shop, chat: Chat) =>
  (await shop.rows<{ reason: string }>('select reason from page where conversation_id = $1 order by reason', [chat.conversationId])).map(
    (it) => it.reason,
  );

/** The complaint number in what was last said, empty when there is none. */
export const numberIn = (chat: Chat): string => /TS-\d{6}-\d{4}/u.exec(chat.text())?.[0] ?? '';
