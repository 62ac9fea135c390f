/** Reasons of calls to a customer that tell of a visit as it was booked: stale once it is moved, called off or over. */

/** A list for SQL's `in`. */
export const TELLS_OF_VISIT = `'reminder', 'price-notice', 'confirm-booking', 'confirmation', 'change'`;
