/**
 * grammY with its session plugin and a state made by hand, as https://grammy.dev/plugins/session shows: the session is read
 * before the handler, written after it, and only then is the update handled.
 */
import type { Context, SessionFlavor } from 'grammy';
import { session } from 'grammy';
import type { OpenContestant } from '../contestant.ts';
import { openGrammy } from '../grammy-bot.ts';
import { answer, type State, writeTicket } from '../plain-booking.ts';

export const open: OpenContestant = (databaseUrl) =>
  openGrammy<Context & SessionFlavor<State>>(databaseUrl, (bot, { pool, storage }) => {
    bot.use(session({ initial: (): State => ({}), storage: storage<State>() }));
    bot.on('message:text', async (ctx) => {
      const { state, reply, ticket } = answer(ctx.session, ctx.message.text);
      ctx.session = state;
      if (ticket !== null) await writeTicket(pool, String(ctx.chatId), ticket);
      await ctx.reply(reply);
    });
  });
