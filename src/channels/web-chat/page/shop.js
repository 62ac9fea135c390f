// @ts-check
/**
 * The page inside a shop's page: the session is held by the shop's page, which `panel.js` does at the other end. Only
 * the shop whose origin the address names is spoken to or heard, and only when it is one of ALLOWED_ORIGINS; the browser
 * lets nobody else frame this page, and no message reach a page of another origin.
 */
(() => {
  const ANSWER_MILLISECONDS_MAX = 15_000;
  const shop = location.hash.slice(1);
  const known = [location.origin, ...(document.body.dataset.shops ?? '').split(' ')];
  if (window.parent === window || !known.includes(shop)) return;

  /** @param {'ready' | 'recall' | 'keep' | 'news' | 'close'} kind @param {string} [ticket] */
  const tell = (kind, ticket) => window.parent.postMessage({ kind, ticket }, shop);
  const close = () => tell('close');

  /** @type {(ticket: string) => void} */
  let answered = () => undefined;
  window.addEventListener('message', ({ origin, source, data }) => {
    if (origin === shop && source === window.parent && data?.kind === 'ticket') answered(String(data.ticket));
  });

  let newest = 0;
  window.DeskShop = {
    /** The ticket the shop's page keeps; empty when it keeps none. @returns {Promise<string>} */
    recall: () =>
      new Promise((resolve, reject) => {
        answered = resolve;
        setTimeout(() => reject(new Error('the page of the shop keeps silent')), ANSWER_MILLISECONDS_MAX);
        tell('recall');
      }),
    /** @param {string} ticket */
    remember: (ticket) => tell('keep', ticket),
    /** Something new from the desk, not the log over again: a closed launcher shows it. */
    heard: ({ from, channelData }) => {
      const place = channelData?.['webchat:sequence-id'] ?? 0;
      if (from.role === 'bot' && place > newest) tell('news');
      newest = Math.max(newest, place);
    },
  };

  const button = /** @type {HTMLElement} */ (document.querySelector('.desk-close'));
  button.hidden = false;
  button.addEventListener('click', close);
  // Escape also ends the choice of a character in an input method.
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing && !event.defaultPrevented) close();
  });
  tell('ready');
})();
