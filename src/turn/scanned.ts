/**
 * The code on a product's label was scanned: the product is on the table (S4-013). It is named, never whose it is; what is
 * begun next is about it, and a dialog that can use it takes it at once.
 */
import { type Answers, type CustomerEvent, NOTHING_SAID } from '../../flows/dialog-event.ts';
import { DIALOGS, type FlowName } from '../../flows/registry.ts';
import type { Serial } from '../domain/contact.ts';
import type { ProductOnRecord } from '../domain/terms.ts';
import type { ReplyData, ReplyKey } from '../wording/reply.ts';
import { OPENING_BUTTONS, wantedButton } from './clarify.ts';
import { type Button, type Draft, offer, offerAbout, say } from './draft.ts';
import { keepProduct, sayFirst } from './shown.ts';
import { askAgain, tell } from './tell-dialog.ts';
import type { Turn } from './turn.ts';

const GO_ON: Button = { label: { key: 'choice.go-on', data: {} }, means: { type: 'RESUMED' } };

/** `serial` null: the code is none of ours, or was tampered with. */
export async function scanned(turn: Turn, serial: Serial | null): Promise<void> {
  const { draft, needs } = turn;
  if (draft.owner === 'human') return;
  if (serial === null) return await sayUnread(turn);
  const product = await needs.readings.productBySerial(serial);
  const top = draft.state.stack.at(-1);
  const answers = answersOf(serial, product);
  if (draft.owner === 'bot' && top !== undefined && wantsIt(top.flow, top.context, product)) {
    return await useIt(turn, top.flow, answers, product);
  }
  keepProduct(draft, serial, product);
  if (draft.owner === 'queue') return say(draft, { key: 'handoff.can-do', data: {} });
  if (top !== undefined) return lay(draft, top.flow, answers, product);
  if (product === null) return offer(draft, unlisted('scan.unlisted', serial), [wantedButton('repair'), wantedButton('person')]);
  offer(draft, named('scan.product', product), (['repair', 'warranty', 'complaint', 'person'] as const).map(wantedButton));
}

async function sayUnread(turn: Turn): Promise<void> {
  const { draft } = turn;
  const unread = { key: 'scan.unreadable', data: {} } as const;
  if (draft.owner === 'queue') return say(draft, unread);
  if (draft.state.stack.length === 0) return offer(draft, unread, OPENING_BUTTONS);
  say(draft, unread);
  await askAgain(turn);
}

/** A booking of something else is not changed without a word. */
function wantsIt(flow: FlowName, context: unknown, product: ProductOnRecord | null): boolean {
  if (flow === 'warranty-lookup' || flow === 'complaint') return true;
  if (flow !== 'repair-booking') return false;
  const { appliance } = DIALOGS[flow].about(context);
  return appliance === null || product === null || appliance === product.appliance;
}

/** What comes of it is said after which product it is; a look-up of cover tells of a serial nobody knows by itself. */
async function useIt(turn: Turn, flow: FlowName, answers: Answers, product: ProductOnRecord | null): Promise<void> {
  const { draft } = turn;
  const before = draft.said.length;
  await tell(turn, { type: 'ANSWERED', answers, text: '' }, { type: 'RESUMED' });
  if (product !== null) sayFirst(draft, before, named('scan.product.used', product), flow);
  else if (flow !== 'warranty-lookup') sayFirst(draft, before, unlisted('scan.unlisted.noted', answers.serial ?? ''), flow);
}

/** In the middle of something else: this first, or on with that. */
function lay(draft: Draft, flow: FlowName, answers: Answers, product: ProductOnRecord | null): void {
  const also: CustomerEvent = { type: 'ANSWERED', answers, text: '' };
  const repair: Button = flow === 'repair-booking' ? { label: { key: 'choice.scan-also', data: {} }, means: also } : wantedButton('repair');
  const reply = product === null ? unlisted('scan.unlisted.noted', answers.serial ?? '') : named('scan.product.aside', product);
  offerAbout(draft, flow, draft.state.lastAsked?.asking ?? null, reply, [repair, wantedButton('warranty'), GO_ON]);
}

function answersOf(serial: Serial, product: ProductOnRecord | null): Answers {
  if (product === null) return { ...NOTHING_SAID, serial };
  const { appliance, brand, model } = product;
  return { ...NOTHING_SAID, serial, brand, model, reports: [{ appliance, faults: [], text: null, errorCode: null }] };
}

function named(key: ReplyKey, { appliance, brand, model }: ProductOnRecord) {
  const data: ReplyData = {
    brand: { as: 'text', value: brand },
    appliances: { as: 'appliances', value: [appliance] },
    model: { as: 'text', value: model },
  };
  return { key, data };
}

function unlisted(key: ReplyKey, serial: string) {
  return { key, data: { serial: { as: 'text', value: serial } } } as const;
}
