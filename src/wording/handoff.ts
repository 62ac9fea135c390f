/** A person comes to the chat, another one goes on, or what was settled is taken up again: the customer is told who, and need not begin anew. */
export const HANDOFF_WORDS = {
  'zh-CN': {
    'staff.correction': '更正一下：{text}',
    'handoff.claimed': '{name}来帮您了，前面说的都能看到，不用再说一遍。',
    'handoff.transferred': '换{name}接着帮您，前面说的都在，不用重复。',
    'handoff.reopened': '您那件事，我们请同事接着办。前面说的都在，不用重复。',
    'staff.colleague': '客服同事',
  },
  en: {
    'staff.correction': 'A correction: {text}',
    'handoff.claimed': '{name} is here for you now and sees all you have told us; no need to say it again.',
    'handoff.transferred': '{name} goes on with this for you. All you told us is there; no need to repeat it.',
    'handoff.reopened': 'A colleague takes up your matter again. All you told us is there; no need to repeat it.',
    'staff.colleague': 'A colleague',
  },
} as const;
