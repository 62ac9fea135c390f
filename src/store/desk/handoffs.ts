/**
 * Changes to handoffs. Each is one transaction that locks the conversation before the handoff, in the order a bot turn
 * does, and raises the conversation's revision when it changes who talks: a turn in flight then writes nothing.
 */
import type { HandoffStore } from '../../desk/handoffs.ts';
import { maskOf } from '../../desk/known-facts.ts';
import type { Identifier } from '../../domain/identifier.ts';
import { instantOf } from '../../domain/instant.ts';
import type { OutgoingBody, PlacedMessage } from '../../turn/message.ts';
import type { Owner } from '../../turn/ports.ts';
import { attachmentRows, attachmentsOf, keepAttachments } from '../accept-with-attachments.ts';
import { inTransaction, timestamp } from '../connection.ts';
import { outgoingBody } from '../message-body.ts';
import { SEALED } from '../purposes.ts';
import { putInChat, sayWord } from './chat-word.ts';
import { tellConversation } from './conversation-event.ts';
import { type DeskConnection, writeAudit, writeTicketEvent } from './desk-connection.ts';
import { lockHandoff, whyNot } from './handoff-lock.ts';
import { insertNote } from './handoff-note.ts';
import { listHandoffsOn, readHandoff, readHandoffOn } from './handoff-row.ts';
import { factsOfConversations } from './known-facts.ts';
import { beginChatSurvey } from './survey-clock.ts';

/** Handoffs over the store. */
export function handoffStore(connection: DeskConnection): HandoffStore {
  const { pool, seal } = connection;
  return {
    list: listHandoffsOn(connection),
    read: readHandoffOn(connection),

    claim: async (handoffId, staff, word, change) => {
      const done = await inTransaction(pool, async (client) => {
        const found = await lockHandoff(client, handoffId);
        if (found === null) return { kind: 'no-such-handoff' } as const;
        if (found.status === 'resolved') return { kind: 'already-resolved' } as const;
        if (found.owner !== null)
          return found.owner.id === staff.id
            ? ({ kind: 'claimed' } as const)
            : ({ kind: 'claimed-by-another', owner: found.owner } as const);
        await client.query(CLAIM, [handoffId, staff.id, timestamp(change.at)]);
        await sayWord(client, connection, found.conversationId, { ...word, at: change.at, owner: 'human' });
        await writeTicketEvent(client, found.ticketId, 'handoff-claimed', change);
        await writeAudit(client, change);
        return { kind: 'claimed' } as const;
      });
      return done.kind === 'claimed' ? { kind: 'claimed', handoff: await readHandoff(connection, handoffId) } : done;
    },

    putDown: async ({ handoffId, owner, change }, where) => {
      const no = await inTransaction(pool, async (client) => {
        const found = await lockHandoff(client, handoffId);
        const notYours = whyNot(found, owner);
        if (notYours !== null || found === null) return notYours;
        const at = timestamp(change.at);
        if (where.to === 'queue') {
          await client.query(REQUEUE, [handoffId]);
          await client.query(HAND_OVER, [found.conversationId, 'queue' satisfies Owner]);
        } else {
          const knownOf = await factsOfConversations(connection, [found.conversationId]);
          await client.query(RESOLVE, [handoffId, maskOf(knownOf(found.conversationId))(where.outcome), at]);
          if (where.survey !== null) await beginChatSurvey(client, handoffId, where.survey);
          if (where.note !== null) await insertNote(client, seal, handoffId, where.note, at);
          await client.query(HAND_OVER, [found.conversationId, 'bot' satisfies Owner]);
          const event = {
            id: where.eventId,
            key: `released:${handoffId}`,
            at: change.at,
            body: { kind: 'event', event: 'released-to-bot' },
          } as const;
          await tellConversation(client, seal, found.conversationId, event);
        }
        await writeTicketEvent(client, found.ticketId, where.to === 'queue' ? 'handoff-queued' : 'handoff-resolved', change);
        await writeAudit(client, change);
        return null;
      });
      return no ?? { kind: 'put-down', handoff: await readHandoff(connection, handoffId) };
    },

    say: async ({ handoffId, owner, change }, { id, speaker, text, files }, filesPerConversationMax) => {
      const attachments = attachmentRows(files, seal);
      const body: OutgoingBody = {
        text,
        speaker,
        choices: [],
        links: [],
        files: attachments.map(({ id: fileId, name, contentType, size, thumbnailSize }) => ({
          id: fileId,
          name,
          contentType,
          size,
          hasThumbnail: thumbnailSize !== null,
        })),
        dialog: { flow: null, asking: null, reply: [] },
        ticket: null,
      };
      const done = await inTransaction(pool, async (client) => {
        const found = await lockHandoff(client, handoffId);
        const notYours = whyNot(found, owner);
        if (found === null) return { kind: 'no-such-handoff' } as const;
        const { conversationId } = found;
        const said = (message: PlacedMessage) => ({ kind: 'said', conversationId, message }) as const;
        // Said by this very request before: its answer got lost, not its effect.
        const { rows: before } = await client.query<Said>(SAID, [id, conversationId]);
        if (before[0]) return said(messageSaid(id, before[0], seal));
        if (notYours !== null) return notYours;
        if (attachments.length > 0) {
          const kept = await attachmentsOf(client, conversationId);
          if (kept + attachments.length > filesPerConversationMax) return { kind: 'conversation-full' } as const;
          await keepAttachments(client, { conversationId, at: change.at }, attachments, seal);
        }
        const message = { id, sender: 'staff', body, at: change.at } as const;
        const seq = await putInChat(client, connection, conversationId, message, null);
        await writeAudit(client, change);
        return said({ ...message, seq });
      });
      if (done.kind !== 'said') return done;
      const knownOf = await factsOfConversations(connection, [done.conversationId]);
      return { ...done, known: knownOf(done.conversationId) };
    },

    note: async (handoffId, note, change) => {
      const isThere = await inTransaction(pool, async (client) => {
        if ((await client.query('select from handoff where id = $1', [handoffId])).rowCount === 0) return false;
        if (await insertNote(client, seal, handoffId, note, timestamp(change.at))) await writeAudit(client, change);
        return true;
      });
      return isThere ? { kind: 'noted', handoff: await readHandoff(connection, handoffId) } : { kind: 'no-such-handoff' };
    },
  };
}

type Said = { readonly seq: number; readonly body_sealed: Buffer; readonly created_at: Date };

function messageSaid(id: Identifier, { seq, body_sealed, created_at }: Said, seal: DeskConnection['seal']): PlacedMessage {
  const body = outgoingBody(seal.open(SEALED.messageBody, body_sealed));
  return { id, seq, sender: 'staff', body, at: instantOf(created_at.getTime()) };
}

const SAID = 'select seq, body_sealed, created_at from message where id = $1 and conversation_id = $2';

const CLAIM = `update handoff set status = 'claimed', owner_id = $2, claimed_at = $3 where id = $1 and status = 'queued'`;

/** The customer keeps their place: they have been waiting since they asked. */
const REQUEUE = `update handoff set status = 'queued', owner_id = null, claimed_at = null where id = $1 and status = 'claimed'`;

const RESOLVE = `update handoff set status = 'resolved', outcome = $2, resolved_at = $3 where id = $1 and status = 'claimed'`;

const HAND_OVER = 'update conversation set owner = $2, revision = revision + 1 where id = $1';
