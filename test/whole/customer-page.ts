/** A customer in a real browser: what they type, press and see, and everything that a careful browser would complain about. */
import type { Browser, BrowserContext, BrowserContextOptions, FrameLocator, Locator, Page } from 'playwright-core';
import type { WholeDesk } from '../support/whole-desk.ts';

export type Said = { readonly from: 'customer' | 'desk'; readonly text: string };

/** How a bubble is signed: the letters of its avatar and the name above it, null where there is none. */
export type Face = { readonly avatar: string | null; readonly name: string | null; readonly text: string };

/** What a customer does in the chat, wherever it stands. */
export type Talk = {
  readonly type: (text: string) => Promise<void>;
  /** Presses a button that is on offer now. */
  readonly press: (label: string) => Promise<void>;
  /** The labels on offer. */
  readonly choices: () => Promise<readonly string[]>;
  /** Waits until the newest thing the desk said has this in it, and returns all of it. */
  readonly hears: (text: string, timeoutMilliseconds?: number) => Promise<string>;
  /** Every bubble, oldest first; lines without anything in them are left out. */
  readonly transcript: () => Promise<readonly Said[]>;
};

export type CustomerPage = Talk & {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Who speaks in each bubble, as the customer sees it. */
  readonly faces: () => Promise<readonly Face[]>;
  /** Types a text and comes back when the desk has it for good, answered or not. */
  readonly post: (text: string) => Promise<void>;
  readonly conversationId: () => Promise<string>;
  /** Errors on the console, errors of the page, breaches of its policy, requests to anywhere else. */
  readonly troubles: () => readonly string[];
};

export type Screen = { readonly width: number; readonly height: number; readonly scale?: number };

export const PHONE: Screen = { width: 375, height: 780 };
export const DESKTOP: Screen = { width: 1_280, height: 800 };

export const ANSWER_MILLISECONDS_MAX = 15_000;
/** Runs in the page, before anything else does. */
export const TELLS_BREACHES =
  "document.addEventListener('securitypolicyviolation', (event) => console.error('policy:', event.violatedDirective, event.blockedURI))";

/** Opens the page as somebody who was never here, and waits for the greeting. */
export async function openCustomerPage(browser: Browser, desk: Pick<WholeDesk, 'url'>, screen: Screen): Promise<CustomerPage> {
  return visit(await browser.newContext(deviceOf(screen)), desk);
}

/** A browser in China with this screen. */
export function deviceOf({ width, height, scale = 1 }: Screen): BrowserContextOptions {
  const isPhone = width < 500;
  return {
    viewport: { width, height },
    deviceScaleFactor: scale,
    isMobile: isPhone,
    hasTouch: isPhone,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  };
}

/** Another tab of the same browser. */
export async function visit(context: BrowserContext, desk: Pick<WholeDesk, 'url'>): Promise<CustomerPage> {
  context.setDefaultTimeout(ANSWER_MILLISECONDS_MAX);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    const ours = url.startsWith(`${desk.url}/`) || url.startsWith('data:') || url.startsWith('blob:');
    if (!ours) troubles.push(`request: ${url}`);
  });
  page.on('websocket', (socket) => {
    if (!socket.url().startsWith(`${desk.url.replace('http', 'ws')}/`)) troubles.push(`socket: ${socket.url()}`);
  });
  await page.addInitScript({ content: TELLS_BREACHES });
  await page.goto(`${desk.url}/`);
  const feed = page.getByRole('feed');
  await feed.locator('.webchat__bubble').first().waitFor();

  const talk = talkIn(page, troubles);
  return {
    ...talk,
    page,
    context,
    faces: () => facesOf(feed),
    async post(text) {
      const taken = page.waitForResponse((it) => it.request().method() === 'POST' && it.url().endsWith('/activities') && it.ok());
      await talk.type(text);
      await taken;
    },
    async conversationId() {
      const ticket = await page.evaluate<string>("localStorage.getItem('baoxiu.resume')");
      return (JSON.parse(Buffer.from(ticket.split('.')[1] ?? '', 'base64url').toString('utf8')) as { conv: string }).conv;
    },
    troubles: () => troubles,
  };
}

/** The chat in a page of its own, or in a frame of another's. */
export function talkIn(view: Page | FrameLocator, troubles: readonly string[]): Talk {
  const feed = view.getByRole('feed');
  return {
    async type(text) {
      const box = view.getByRole('textbox').first();
      await box.fill(text);
      await box.press('Enter');
    },
    press: (label) => button(view, label).click(),
    choices: () => view.getByRole('toolbar').getByRole('button').allInnerTexts(),
    async hears(text, timeoutMilliseconds = ANSWER_MILLISECONDS_MAX) {
      const newest = feed
        .locator('> article')
        .filter({ hasNot: view.locator('.webchat__stacked-layout--from-user') })
        .last();
      const bubble = newest.locator('.webchat__bubble').filter({ hasText: text });
      await bubble.waitFor({ timeout: timeoutMilliseconds }).catch(async () => {
        const shown = (await transcriptOf(feed)).map((it) => `${it.from}: ${it.text}`);
        throw new Error(`nothing with "${text}" within ${timeoutMilliseconds} ms; shown:\n${shown.join('\n')}\n${troubles.join('\n')}`);
      });
      return bubble.innerText();
    },
    transcript: () => transcriptOf(feed),
  };
}

function button(view: Page | FrameLocator, label: string): Locator {
  // The same labels stand in the live region, for screen readers.
  return view.getByRole('toolbar').getByRole('button', { name: label, exact: true });
}

function transcriptOf(feed: Locator): Promise<readonly Said[]> {
  return feed.evaluate((element) =>
    [...element.querySelectorAll(':scope > article')].flatMap((article) => {
      const bubble = article.querySelector('.webchat__bubble__content');
      if (bubble === null) return [];
      const lines = [...bubble.querySelectorAll('.webchat__text-content')].map((line) => line.textContent ?? '');
      const from = article.querySelector('.webchat__stacked-layout--from-user') === null ? ('desk' as const) : ('customer' as const);
      return [{ from, text: lines.filter((line) => line.trim() !== '').join('\n') }];
    }),
  );
}

function facesOf(feed: Locator): Promise<readonly Face[]> {
  return feed.evaluate((element) =>
    [...element.querySelectorAll(':scope > article')].flatMap((article) => {
      const bubble = article.querySelector('.webchat__bubble__content');
      if (bubble === null) return [];
      const letters = (selector: string) => article.querySelector(selector)?.textContent ?? null;
      return [
        { avatar: letters('.webchat__stacked-layout__avatar-gutter > *'), name: letters('.desk-person'), text: bubble.textContent ?? '' },
      ];
    }),
  );
}
