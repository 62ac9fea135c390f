/**
 * Bot Framework SDK dialogs: waterfalls with prompts in a component dialog, as its sample 05.multi-turn-prompt and
 * https://learn.microsoft.com/azure/bot-service/bot-builder-dialog-manage-complex-conversation-flow show (a read-back that
 * repeats is `replaceDialog`); ConversationState is kept by a Storage of ours and saved before a turn ends.
 */
import {
  type Activity,
  ActivityTypes,
  BotAdapter,
  ConversationState,
  type ResourceResponse,
  type StatePropertyAccessor,
  type Storage,
  type StoreItems,
  TurnContext,
} from 'botbuilder-core';
import {
  ChoiceFactory,
  ChoicePrompt,
  ComponentDialog,
  DialogSet,
  type DialogState,
  type DialogTurnResult,
  DialogTurnStatus,
  ListStyle,
  TextPrompt,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import pg from 'pg';
import { CONNECTIONS, type OpenContestant } from '../contestant.ts';
import {
  type Booking,
  confirmation,
  corrected,
  countAsSaid,
  countTickets,
  DONE,
  makeTickets,
  plainLongScript,
  QUESTIONS,
  SCRIPT,
  writeTicket,
  YES,
} from '../plain-booking.ts';

export const open: OpenContestant = async (databaseUrl) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  await makeTickets(pool);
  await pool.query('create table if not exists bot_state (key text primary key, value jsonb not null)');
  const state = new ConversationState(storageIn(pool));
  const dialogState = state.createProperty<DialogState>('DialogState');
  const dialog = new BookingDialog(pool);
  const adapter = new CollectingAdapter();
  return {
    script: () => SCRIPT,
    longScript: (_customer, turn) => plainLongScript(turn),
    prepare: () => Promise.resolve(),
    take: async ({ customer, id, text }) => {
      const context = new TurnContext(adapter, activityOf(customer, id, text));
      await adapter.run(context, async (turn) => {
        await dialog.run(turn, dialogState);
        await state.saveChanges(turn, false);
      });
      return adapter.takeReplies(context);
    },
    settle: () => Promise.resolve(),
    tickets: () => countTickets(pool),
    ticketsAsSaid: (customers) => countAsSaid(pool, customers),
    tables: ['bot_state'],
    close: () => pool.end(),
  };
};

// ---- the dialog ---------------------------------------------------------------------------------------------------

const ASK = 'ask';
const CHOOSE = 'choose';
const BOOKING = 'booking';
const READ_BACK = 'read-back';
const WINDOWS = ['周五 14:00–16:00', '周六 10:00–12:00'];

class BookingDialog extends ComponentDialog {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super('root');
    this.#pool = pool;
    const ask = (question: string) => (step: WaterfallStepContext) => step.prompt(ASK, question);
    const keep = (slot: keyof Booking, question: string) => (step: WaterfallStepContext) => {
      bookingOf(step)[slot] = String(step.result);
      return step.prompt(ASK, question);
    };
    const window = new ChoicePrompt(CHOOSE, undefined, 'zh-cn');
    window.style = ListStyle.none;
    this.addDialog(new TextPrompt(ASK));
    this.addDialog(window);
    this.addDialog(
      new WaterfallDialog(BOOKING, [
        ask(QUESTIONS.appliance),
        keep('appliance', QUESTIONS.fault),
        keep('fault', QUESTIONS.address),
        keep('address', QUESTIONS.phone),
        (step) => {
          bookingOf(step).phone = String(step.result);
          return step.prompt(CHOOSE, { prompt: QUESTIONS.window, choices: ChoiceFactory.toChoices(WINDOWS) });
        },
        (step) => {
          bookingOf(step).window = (step.result as { readonly value: string }).value;
          return step.replaceDialog(READ_BACK, bookingOf(step));
        },
      ]),
    );
    this.addDialog(
      new WaterfallDialog(READ_BACK, [(step) => step.prompt(ASK, confirmation(step.options)), (step) => this.#readBack(step)]),
    );
    this.initialDialogId = BOOKING;
  }

  async #readBack(step: WaterfallStepContext<Booking>): Promise<DialogTurnResult> {
    const said = String(step.result);
    if (said !== YES) return step.replaceDialog(READ_BACK, corrected(step.options, said));
    await writeTicket(this.#pool, step.context.activity.from.id, step.options);
    await step.context.sendActivity(DONE);
    return step.endDialog();
  }

  /** Goes on with what is active, or begins. */
  async run(turn: TurnContext, accessor: StatePropertyAccessor<DialogState>): Promise<void> {
    const dialogs = new DialogSet(accessor);
    dialogs.add(this);
    const context = await dialogs.createContext(turn);
    const { status } = await context.continueDialog();
    if (status === DialogTurnStatus.empty) await context.beginDialog(this.id);
  }
}

function bookingOf(step: WaterfallStepContext): { -readonly [slot in keyof Booking]: Booking[slot] } {
  return step.values;
}

// ---- what it stands on --------------------------------------------------------------------------------------------

/** BotState writes with the eTag `*`, the last one wins, so a plain upsert is all that is asked. */
function storageIn(pool: pg.Pool): Storage {
  return {
    read: async (keys) => {
      const { rows } = await pool.query<{ key: string; value: object }>({
        name: 'read',
        text: 'select key, value from bot_state where key = any($1)',
        values: [keys],
      });
      return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
    },
    write: async (changes: StoreItems) => {
      for (const [key, value] of Object.entries(changes)) {
        await pool.query({
          name: 'write',
          text: 'insert into bot_state values ($1, $2) on conflict (key) do update set value = excluded.value',
          values: [key, value],
        });
      }
    },
    delete: async (keys) => {
      await pool.query({ name: 'delete', text: 'delete from bot_state where key = any($1)', values: [keys] });
    },
  };
}

/** Keeps what a turn sends until the turn is durable; by its activity, for the context is behind a proxy while the turn runs. */
class CollectingAdapter extends BotAdapter {
  readonly #replies = new WeakMap<Activity, string[]>();

  run(context: TurnContext, logic: (context: TurnContext) => Promise<void>): Promise<void> {
    return this.runMiddleware(context, logic);
  }

  takeReplies(context: TurnContext): string {
    return (this.#replies.get(context.activity) ?? []).join('\n');
  }

  override sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    const replies = this.#replies.get(context.activity) ?? [];
    this.#replies.set(context.activity, replies);
    for (const { text } of activities) if (text !== undefined) replies.push(text);
    return Promise.resolve(activities.map((_, place) => ({ id: String(place) })));
  }

  override updateActivity(): Promise<void> {
    throw new Error('invariant: nothing is edited here');
  }

  override deleteActivity(): Promise<void> {
    throw new Error('invariant: nothing is deleted here');
  }

  override continueConversation(): Promise<void> {
    throw new Error('invariant: nobody is written to first here');
  }
}

function activityOf(customer: number, id: string, text: string): Partial<Activity> {
  return {
    type: ActivityTypes.Message,
    id,
    channelId: 'bench',
    serviceUrl: 'https://bench.invalid',
    locale: 'zh-cn',
    conversation: { id: String(customer), name: '', isGroup: false, conversationType: 'personal' },
    from: { id: String(customer), name: '王小明' },
    recipient: { id: 'bot', name: 'Baoxiu' },
    text,
  };
}
