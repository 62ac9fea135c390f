/** A visit window is what a customer is promised: two instants, such as 14:00 and 16:00 of one local day. */
import type { Instant } from './instant.ts';

export type VisitWindow = { readonly from: Instant; readonly to: Instant };
