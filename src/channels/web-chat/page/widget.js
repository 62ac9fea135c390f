// @ts-check
/**
 * The launcher on a shop's page: one button, and nothing else is loaded until it is pressed (see `panel.js`).
 * `<script src="https://desk.example/widget.js" async data-label="…" data-language="en" data-position="left">`.
 */
(() => {
  const TAG = 'baoxiu-widget';
  const { dataset, src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { label, language, position } = dataset;
  const desk = new URL(src).origin;
  const [called, opening, elsewhere] =
    language === 'en'
      ? [label || 'Repairs & support', 'Opening…', 'Open in a new tab']
      : [label || '在线报修', '正在打开…', '在新窗口打开'];
  const css = `
    :host { all: initial !important }
    button {
      position: fixed;
      ${position === 'left' ? 'left' : 'right'}: 20px;
      bottom: calc(20px + env(safe-area-inset-bottom));
      z-index: 2147483647;
      height: 52px;
      padding: 0 22px;
      border: 0;
      border-radius: 26px;
      background: #0b6e8a;
      color: #fff;
      font: 600 16px system-ui, sans-serif;
      box-shadow: 0 4px 16px #0004;
      cursor: pointer
    }
    button:before {
      content: "";
      display: inline-block;
      width: 14px;
      height: 12px;
      margin: 0 9px -2px 0;
      border: 2px solid;
      border-radius: 9px 9px 9px 0
    }
    button:hover { background: #095b72 }
    button:focus-visible { outline: 3px solid #7cc4da }`;

  const put = () => {
    // The tag may stand on the page twice.
    if (document.querySelector(TAG)) return;
    const root = document.body.appendChild(document.createElement(TAG)).attachShadow({ mode: 'open' });
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [sheet];
    } catch {
      // Safari before 16.4.
      root.appendChild(document.createElement('style')).textContent = css;
    }
    const button = root.appendChild(document.createElement('button'));
    /** @param {string} text */
    const say = (text) => {
      button.textContent = button.ariaLabel = text;
    };
    say(called);
    button.setAttribute('aria-expanded', 'false');
    button.onclick = async () => {
      button.onclick = null;
      say(opening);
      try {
        const { openPanel } = await import(`${desk}/widget/panel.js`);
        await openPanel({ root, button, desk, called, dataset });
      } catch (error) {
        console.error(`${desk} does not open here: is ${location.origin} in its ALLOWED_ORIGINS?`, error);
        say(elsewhere);
        button.onclick = () => open(desk, '', 'noopener');
      }
    };
  };
  if (document.body) put();
  else addEventListener('DOMContentLoaded', put);
})();
