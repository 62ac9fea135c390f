/** A turn in hand: the write being made, and what it is made with. */
import type { ReadButton } from '../understanding/button.ts';
import type { Understand } from '../understanding/understood.ts';
import type { LookUpNeeds } from './asking.ts';
import type { Draft, DraftNeeds } from './draft.ts';
import type { SearchEnquiries } from './enquiries.ts';
import type { Propose } from './proposal.ts';

export type TurnNeeds = DraftNeeds &
  LookUpNeeds & {
    readonly understand: Understand;
    /** Of a label that was offered and came back. */
    readonly readButton: ReadButton;
    /** Asked where `understand` is unsure; null when no model is configured. */
    readonly propose: Propose | null;
    readonly searchEnquiries: SearchEnquiries;
    /** Where customers reach this desk, without a slash at the end. */
    readonly publicUrl: () => string;
  };

/** `windowLost`: an earlier try of this turn found its window or hold gone. */
export type Turn = { readonly draft: Draft; readonly windowLost: boolean; readonly needs: TurnNeeds };
