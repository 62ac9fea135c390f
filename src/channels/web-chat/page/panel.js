// @ts-check
/**
 * The chat on a shop's page: the desk's page in a frame beside the launcher, a panel on a desktop, the whole screen on
 * a phone. The session is held here, in the shop's own storage: in the frame of a third party browsers forbid it or
 * part it.
 *
 * The frame says `ready`, `recall` (it is told the resume ticket), `keep` (a new ticket), `news` and `close`; nobody
 * else is heard, and the ticket goes nowhere else. The other end is `shop.js`.
 */
const TICKET_KEY = 'baoxiu.resume';
const READY_MILLISECONDS_MAX = 20_000;
const READY_MILLISECONDS_AFTER_LOAD = 3_000;
/** Everything the chat does: calls and sockets of its own origin, files in new windows. It can't move the shop's page. */
const MAY = 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads';

/** @param {'left' | 'right'} side */
const style = (side) => `
  iframe {
    position: fixed;
    ${side}: 20px;
    bottom: 84px;
    z-index: 2147483647;
    visibility: hidden;
    width: 400px;
    height: min(680px, 100vh - 104px);
    border: 0;
    border-radius: 14px;
    background: #f7f9fa;
    box-shadow: 0 8px 32px rgb(31 41 51 / 24%);
  }
  [aria-expanded='true'] ~ iframe { visibility: visible }
  .news::after {
    content: '';
    position: absolute;
    top: 0;
    right: 4px;
    width: 14px;
    height: 14px;
    border-radius: 50%;
    background: #d92d20;
  }
  @media (max-width: 480px), (max-height: 480px) {
    iframe { inset: 0; width: 100%; height: 100%; border-radius: 0 }
    [aria-expanded='true'] { visibility: hidden }
  }`;

/**
 * Opens the chat for the first time; from then on the button opens and closes it. Rejects when the frame does not say
 * that it is ready: the desk is away, or one of the two pages does not allow the other.
 *
 * @param {{ root: ShadowRoot, button: HTMLButtonElement, desk: string, called: string, dataset: DOMStringMap }} launcher
 * @returns {Promise<void>}
 */
export function openPanel({ root, button, desk, called, dataset }) {
  const news = dataset.language === 'en' ? 'new message' : '有新消息';
  dress(root, style(dataset.position === 'left' ? 'left' : 'right'));
  const frame = document.createElement('iframe');
  frame.title = called;
  frame.setAttribute('sandbox', MAY);
  frame.src = `${desk}/#${location.origin}`;

  const isOpen = () => button.getAttribute('aria-expanded') === 'true';
  /** @param {boolean} hasNews */
  const mark = (hasNews) => {
    button.classList.toggle('news', hasNews);
    button.setAttribute('aria-label', hasNews ? `${called} ${news}` : called);
  };
  /** @param {boolean} open */
  const show = (open) => {
    button.setAttribute('aria-expanded', String(open));
    mark(false);
    (open ? frame : button).focus();
  };

  return new Promise((resolve, reject) => {
    let isReady = false;
    const begin = () => {
      isReady = true;
      button.textContent = called;
      button.onclick = () => show(!isOpen());
      resolve();
      show(true);
    };
    addEventListener('message', ({ origin, source, data }) => {
      if (origin !== desk || source === null || source !== frame.contentWindow) return;
      if (data?.kind === 'ready' && !isReady) begin();
      if (data?.kind === 'recall') frame.contentWindow.postMessage({ kind: 'ticket', ticket: recall() }, desk);
      if (data?.kind === 'keep') keep(String(data.ticket));
      if (data?.kind === 'news' && !isOpen()) mark(true);
      if (data?.kind === 'close') show(false);
    });
    button.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape' && isOpen()) show(false);
    });
    const giveUp = () => {
      if (isReady) return;
      frame.remove();
      reject(new Error('the frame is not ready'));
    };
    setTimeout(giveUp, READY_MILLISECONDS_MAX);
    // What a browser shows in place of a page it refused is loaded too.
    frame.addEventListener('load', () => setTimeout(giveUp, READY_MILLISECONDS_AFTER_LOAD));
    root.append(frame);
  });
}

/**
 * By an element, which a shop's strict policy forbids, only in Safari before 16.4.
 *
 * @param {ShadowRoot} root @param {string} css
 */
function dress(root, css) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    const element = document.createElement('style');
    element.textContent = css;
    root.append(element);
  }
}

// ---- the ticket: where the shop's page may store nothing it lives as long as the page ---------------------------------

let ticketInMemory = '';

function recall() {
  try {
    return localStorage.getItem(TICKET_KEY) ?? ticketInMemory;
  } catch {
    return ticketInMemory;
  }
}

/** @param {string} ticket */
function keep(ticket) {
  try {
    if (ticket === '') localStorage.removeItem(TICKET_KEY);
    else localStorage.setItem(TICKET_KEY, ticket);
    ticketInMemory = '';
  } catch {
    ticketInMemory = ticket;
  }
}
