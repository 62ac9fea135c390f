// @ts-check
/**
 * The customer page: opens the desk, keeps the resume ticket (and nothing else) so that a reload or a visit days later
 * goes on in the same conversation, and tells the customer when the line is down. Talking is Web Chat's business.
 */
(() => {
  const DIRECT_LINE = `${location.origin}/v3/directline`;
  const TICKET_KEY = 'baoxiu.resume';
  const ANSWER_MILLISECONDS_MAX = 15_000;
  const UPLOAD_MILLISECONDS_MAX = 60_000;
  const LOST_SHOWN_AFTER_MILLISECONDS = 4_000;
  const REFUSED_SOCKETS_MAX = 2;
  const STATUS = { EXPIRED_TOKEN: 3, FAILED_TO_CONNECT: 4 };

  const desk = /** @type {HTMLElement} */ (document.querySelector('.desk'));
  const lost = /** @type {HTMLElement} */ (document.querySelector('.desk-lost'));
  const refused = /** @type {HTMLElement} */ (document.querySelector('.desk-refused'));

  /** The shop's page around this one; undefined where there is none. See shop.js. */
  const shop = window.DeskShop;

  /** @param {'connecting' | 'chat' | 'unreachable'} state */
  const show = (state) => {
    desk.dataset.state = state;
  };

  // ---- the ticket: kept by the shop's page around this one, else here; where storage is forbidden in memory ------------

  let ticketInMemory = '';
  const recall = async () => {
    if (shop !== undefined) return shop.recall();
    try {
      return localStorage.getItem(TICKET_KEY) ?? ticketInMemory;
    } catch {
      return ticketInMemory;
    }
  };
  /** @param {string} ticket */
  const remember = (ticket) => {
    if (shop !== undefined) return shop.remember(ticket);
    ticketInMemory = ticket;
    try {
      if (ticket === '') localStorage.removeItem(TICKET_KEY);
      else localStorage.setItem(TICKET_KEY, ticket);
    } catch {
      // Kept in memory above.
    }
  };

  // ---- the session ------------------------------------------------------------------------------------------------

  /** A token for the conversation of the ticket we keep, or for a new one when we keep none or it is no longer good. */
  const admit = async () => {
    const ticket = await recall();
    const response = await fetch(`${DIRECT_LINE}/tokens/generate`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(ticket === '' ? {} : { resume: ticket }),
      signal: AbortSignal.timeout(ANSWER_MILLISECONDS_MAX),
    });
    const answer = await response.json();
    if (answer.error?.code === 'BadResumeTicket') {
      remember('');
      return admit();
    }
    if (!response.ok) throw new Error(`tokens/generate answered ${response.status}`);
    remember(answer.resume);
    return answer;
  };

  /** The stock client in use, and the store of what Web Chat shows. */
  let current = null;
  let store = null;
  let opening = false;

  /** Opens the conversation where it stands; what was shown comes again from the log, an unsent text stays. */
  const open = async () => {
    if (opening) return;
    opening = true;
    if (desk.dataset.state !== 'chat') show('connecting');
    lost.hidden = true;
    current?.end();
    current = null;
    try {
      const { token } = await admit();
      const webSocket = refusedSockets < REFUSED_SOCKETS_MAX;
      const directLine = window.WebChat.createDirectLine({ token, domain: DIRECT_LINE, webSocket, timeout: UPLOAD_MILLISECONDS_MAX });
      current = directLine;
      directLine.connectionStatus$.subscribe((status) => {
        if (directLine !== current) return;
        // After a long sleep the token has run out, and the stock client goes on asking with the old one.
        if (status === STATUS.EXPIRED_TOKEN) void open();
        if (status === STATUS.FAILED_TO_CONNECT) show('unreachable');
      });
      const draft = unsentTexts();
      store = window.WebChat.createStore({}, () => (next) => (action) => {
        if (action.type === 'DIRECT_LINE/INCOMING_ACTIVITY') shop?.heard(action.payload.activity);
        return isTakenBack(action) ? undefined : next(action);
      });
      if (draft !== '') putBack(draft);
      render(directLine);
      show('chat');
      lineDown();
    } catch (error) {
      console.error(error);
      show('unreachable');
    } finally {
      opening = false;
    }
  };

  const putBack = (text) => store.dispatch({ type: 'WEB_CHAT/SET_SEND_BOX', payload: { text } });

  /** What the customer wrote and nobody got: back to the input, where they see it and decide. */
  const unsentTexts = () => {
    if (store === null) return '';
    const { activities, sendBoxValue } = store.getState();
    const unsent = activities.filter((it) => it.from.role === 'user' && it.channelData?.['webchat:send-status'] !== 'sent');
    return [...unsent.map((it) => it.text), sendBoxValue].filter((text) => text).join('\n');
  };

  /**
   * Web Chat's 重试 would send a second message and leave the failed one standing: instead the conversation is opened
   * anew, and the text is back in the input. Only a message that was sent before has an id already.
   */
  const sendsAgain = ({ channelData }) => channelData?.clientActivityID !== undefined;

  // ---- files: what the desk would not take is not even sent, and what it refuses is said in words ----------------------

  const tellRefused = (code) => {
    const said = refused.querySelector(`[data-code="${code}"]`) ?? refused.querySelector('[data-code="other"]');
    for (const it of refused.querySelectorAll('[data-code]')) it.hidden = it !== said;
    refused.hidden = code === null;
  };

  const faultOfFiles = ({ attachments = [], channelData = {} }) => {
    if (attachments.length > Number(document.body.dataset.filesPerMessageMax)) return 'TooManyAttachments';
    const isLarge = (size) => size > Number(document.body.dataset.uploadBytesMax);
    return channelData.attachmentSizes?.some(isLarge) ? 'MessageSizeTooBig' : null;
  };

  const isTakenBack = ({ type, payload, meta }) => {
    if (type === 'DIRECT_LINE/POST_ACTIVITY_REJECTED') {
      const sent = store.getState().activities.find((it) => it.channelData?.clientActivityID === meta.clientActivityID);
      if (sent?.attachments?.length > 0) tellRefused(payload?.xhr?.response?.error?.code ?? 'other');
    }
    if (type !== 'DIRECT_LINE/POST_ACTIVITY') return false;
    const { activity } = payload;
    const fault = faultOfFiles(activity);
    // The files of a message that failed can't be put back, unlike its words.
    tellRefused(fault ?? (sendsAgain(activity) && activity.attachments?.length > 0 ? 'other' : null));
    if (sendsAgain(activity)) void open();
    else if (fault !== null) setTimeout(putBack, 0, activity.text ?? '');
    return fault !== null || sendsAgain(activity);
  };

  // ---- the line: the stock client reconnects by itself, silently; after a while the customer should know ---------------

  let lostTimer = 0;
  const lineUp = () => {
    clearTimeout(lostTimer);
    lost.hidden = true;
  };
  const lineDown = () => {
    clearTimeout(lostTimer);
    if (refusedSockets >= REFUSED_SOCKETS_MAX) return;
    lostTimer = window.setTimeout(() => {
      lost.hidden = desk.dataset.state !== 'chat';
    }, LOST_SHOWN_AFTER_MILLISECONDS);
  };

  // Some company networks let no WebSocket through, though the desk itself answers: then the stock client polls.
  let refusedSockets = 0;
  window.WebSocket = class extends WebSocket {
    /** @param {string | URL} url @param {string | string[]} [protocols] */
    constructor(url, protocols) {
      super(url, protocols);
      const directLine = current;
      let opened = false;
      this.addEventListener('open', () => {
        opened = true;
        refusedSockets = 0;
        lineUp();
      });
      this.addEventListener('close', () => {
        if (directLine !== current) return;
        if (!opened) refusedSockets += 1;
        if (refusedSockets >= REFUSED_SOCKETS_MAX) void open();
        else lineDown();
      });
    }
  };

  // ---- how it looks -------------------------------------------------------------------------------------------------

  const ACCENT = '#0b6e8a';
  const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif';

  const styleOptions = {
    accent: ACCENT,
    backgroundColor: '#f7f9fa',
    primaryFont: FONT,
    subtle: '#5b6773',
    botAvatarInitials: '修',
    botAvatarBackgroundColor: ACCENT,
    userAvatarInitials: '我',
    userAvatarBackgroundColor: '#8a97a3',
    avatarSize: 36,
    bubbleBackground: '#fff',
    bubbleBorderColor: '#dfe5ea',
    bubbleBorderRadius: 14,
    bubbleFromUserBackground: '#d9eef4',
    bubbleFromUserBorderColor: '#c3e2eb',
    bubbleFromUserBorderRadius: 14,
    bubbleMinHeight: 36,
    bubbleMinWidth: 40,
    bubbleMaxWidth: 520,
    paddingRegular: 10,
    suggestedActionLayout: 'flow',
    suggestedActionBorderRadius: 18,
    suggestedActionBorderWidth: 1,
    suggestedActionHeight: 38,
    suggestedActionsFlowMaxHeight: 220,
    suggestedActionTextColor: ACCENT,
    sendBoxTextWrap: true,
    sendBoxHeight: 48,
    sendBoxMaxHeight: 160,
    sendBoxButtonColor: ACCENT,
    uploadAccept: document.body.dataset.uploadAccept,
    sendAttachmentOn: 'attach',
    enableUploadThumbnail: false,
    sendTimeoutForAttachments: UPLOAD_MILLISECONDS_MAX,
    maxMessageLength: Number(document.body.dataset.messageCharactersMax),
  };

  /** For screen readers, to whom Web Chat says "bot" before everything that is not the customer's. */
  const SAID_BY_THE_DESK = { ACTIVITY_BOT_SAID_ALT: '服务台说：', ACTIVITY_BOT_ATTACHED_ALT: '服务台发来：' };

  const render = (directLine) => {
    const place = document.createElement('div');
    place.style.height = '100%';
    desk.querySelector('.desk-chat')?.replaceChildren(place);
    window.WebChat.renderWebChat(
      {
        directLine,
        store,
        locale: 'zh-CN',
        nonce: document.body.dataset.nonce,
        styleOptions,
        ...window.DeskPeople,
        overrideLocalizedStrings: {
          ...SAID_BY_THE_DESK,
          TEXT_INPUT_PLACEHOLDER: '请输入您的问题，如：空调不制冷',
        },
      },
      place,
    );
  };

  // ---- start ----------------------------------------------------------------------------------------------------------

  const retry = () => (window.WebChat === undefined ? location.reload() : open());
  for (const button of document.querySelectorAll('button[data-action="retry"]')) button.addEventListener('click', retry);
  document.querySelector('button[data-action="understood"]')?.addEventListener('click', () => tellRefused(null));
  // A failure before the chat stands must not leave the customer before a spinner.
  window.addEventListener('error', () => desk.dataset.state === 'connecting' && show('unreachable'));
  void open();
})();
