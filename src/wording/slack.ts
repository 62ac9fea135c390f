/** What is said of what only Slack lets a customer do: change a message after it was sent. */
export const SLACK_WORDS = {
  'zh-CN': {
    'message-edited': '改过的那条消息，我这里还是原来的内容。要改的地方麻烦您另发一条，就按新的办。',
  },
  en: {
    'message-edited':
      'You changed a message, but here it still reads as you first sent it. Please send the change as a new message and that one counts.',
  },
} as const;
