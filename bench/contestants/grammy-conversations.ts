/**
 * grammY with its conversations plugin, as https://grammy.dev/plugins/conversations shows: the dialog is an async function that
 * waits, its log is kept in the storage and replayed at every message; the ticket is written in `external`.
 */
import {
  type Conversation,
  type ConversationData,
  type ConversationFlavor,
  conversations,
  createConversation,
  type VersionedState,
} from '@grammyjs/conversations';
import type { Context } from 'grammy';
import type { OpenContestant } from '../contestant.ts';
import { type GrammyNeeds, openGrammy } from '../grammy-bot.ts';
import { type Booking, confirmation, corrected, DONE, QUESTIONS, writeTicket, YES } from '../plain-booking.ts';

type Outside = ConversationFlavor<Context>;

export const open: OpenContestant = (databaseUrl) =>
  openGrammy<Outside>(databaseUrl, (bot, needs) => {
    bot.use(
      conversations<Outside, Context>({ storage: { type: 'key', version: 0, adapter: needs.storage<VersionedState<ConversationData>>() } }),
    );
    bot.use(createConversation(bookingWith(needs), 'booking'));
    bot.on('message:text', (ctx) => ctx.conversation.enter('booking'));
  });

function bookingWith({ pool }: GrammyNeeds) {
  return async (conversation: Conversation<Outside, Context>, ctx: Context): Promise<void> => {
    const ask = async (question: string): Promise<string> => {
      await ctx.reply(question);
      const { message } = await conversation.waitFor('message:text');
      return message.text;
    };
    let booking: Booking = {
      appliance: await ask(QUESTIONS.appliance),
      fault: await ask(QUESTIONS.fault),
      address: await ask(QUESTIONS.address),
      phone: await ask(QUESTIONS.phone),
      window: await ask(QUESTIONS.window),
    };
    for (let said = await ask(confirmation(booking)); said !== YES; said = await ask(confirmation(booking))) {
      booking = corrected(booking, said);
    }
    await conversation.external(() => writeTicket(pool, String(ctx.chatId), booking));
    await ctx.reply(DONE);
  };
}
