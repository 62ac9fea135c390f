/** Two accounts of one customer: offered to who has proved a ticket, asked of the account known before, told to both. */
export const ACCOUNT_LINK_WORDS = {
  'zh-CN': {
    'link.offer': '这张单记在另一个账号下。那个账号也是您的话，可以合到一起，以后两边都能看到您的全部单子。',
    'link.offer.person': '这张单记在别处，这里只看得到这一张。想在这里看到全部单子，请同事核对一下就行。',
    'link.asked': '我去您之前的聊天里问一声，您在那边点“是我”就合好了，{by}前有效。那边打不开了，就回“人工”，请同事核对。',
    'link.asked.already': '已经在您之前的聊天里问了，等您在那边点“是我”。那边打不开了，就回“人工”，请同事核对。',
    'link.prove-again': '隔得有点久了。请把单号和手机号再发我一次，核对上了我接着帮您合。',
    'link.own': '这张单已经在您这里了，直接说“查进度”就能看到。',
    'link.unwanted': '好的，不合，都和原来一样。还有需要直接说。',
    'link.person': '好的，请同事核对后帮您合到一起。',
    'link.question': '有人用{channel}报对了{numbers}的单号和手机号，想把那个账号和您的合到一起，以后两边都能看到您的单子。是您本人吗？',
    'link.question.again': '是您自己用{channel}报的，就点“是我”，两边的单子合到一起。不是您或者不确定，就点“不是我”，您这边一切照旧。',
    'link.mine': '好的，合到一起了。以后在{channel}和这里都能看到您的全部单子，查进度、改时间直接跟我说。',
    'link.not-mine': '好的，没有合。那个账号不能再查{numbers}，我已转告同事核实。您这边一切照旧，有不对劲的直接跟我说。',
    'link.over': '这件事已经结束了，不用再点。有需要直接跟我说。',
    'link.done': '那边确认了，已经合到一起。您的全部单子在这里都能看到，直接说“查进度”就行。',
    'link.declined': '那边没有确认，所以没有合，这张单也先不在这里办了。需要帮忙就回“人工”，请同事核对后帮您办。',
    'choice.link': '合到一起',
    'choice.link.person': '请同事核对',
    'choice.link.mine': '是我',
    'choice.link.not-mine': '不是我',
  },
  en: {
    'link.offer':
      'This ticket is under another account. If that one is yours too, the two can be put together; then both show all your tickets.',
    'link.offer.person':
      'This ticket was taken down elsewhere and is the only one you see here. To see all of yours, a colleague can check.',
    'link.asked':
      'I am asking in your earlier chat; tap "It\'s me" there by {by} and it is done. If you can\'t open it any more, reply "human".',
    'link.asked.already':
      'I have asked in your earlier chat; tap "It\'s me" there. If you can\'t open it any more, reply "human" and a colleague checks.',
    'link.prove-again': 'That was a while ago. Please send me the number and the phone once more, then I can put them together.',
    'link.own': 'This ticket is here already; just say "progress" to see it.',
    'link.unwanted': 'Of course, everything stays as it is. If you need anything else, just say so.',
    'link.person': 'Of course. A colleague checks it and puts them together.',
    'link.question':
      'Somebody on {channel} gave the right number and phone of {numbers} and wants to join that account with yours, so that both see your tickets. Is it you?',
    'link.question.again':
      'If it was you on {channel}, tap "It\'s me" and the tickets are put together. If not, or you are not sure, tap "Not me": nothing changes for you.',
    'link.mine': 'Done, they are together. You see all your tickets here and on {channel}; ask me for progress or a change at any time.',
    'link.not-mine':
      'Nothing was joined. That account can no longer look up {numbers}, and my colleagues look into it. If anything seems wrong, tell me.',
    'link.over': 'That is settled already; there is nothing to tap. If you need anything, just tell me.',
    'link.done': 'It was confirmed, and they are together. All your tickets are here; just say "progress".',
    'link.declined':
      'It was not confirmed, so nothing was joined, and this ticket can not be handled here. For help reply "human"; a colleague checks it with you.',
    'choice.link': 'Put together',
    'choice.link.person': 'Ask a colleague',
    'choice.link.mine': "It's me",
    'choice.link.not-mine': 'Not me',
  },
} as const;
