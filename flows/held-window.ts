/** An engineer found for a window: held while the customer decides, or booked. */
import type { Identifier } from '../src/domain/identifier.ts';
import type { VisitWindow } from '../src/domain/visit-window.ts';

export type BookedEngineer = { readonly id: Identifier; readonly name: string; readonly phone: string };

export type HeldWindow = { readonly appointmentId: Identifier; readonly engineer: BookedEngineer; readonly window: VisitWindow };
