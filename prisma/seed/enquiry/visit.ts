/** When people answer and engineers come, and what may be changed about a visit. */
import type { EnquiryText } from '../../../src/domain/enquiry.ts';

export const VISIT_TEXTS: readonly EnquiryText[] = [
  {
    key: 'hours.people',
    topic: 'visit',
    text: {
      'zh-CN': '人工客服{hours}在线。报修、改时间我随时能办，不用等上班。',
      en: 'People answer {hours}. Booking and moving visits I do at any time.',
    },
  },
  {
    key: 'hours.visits',
    topic: 'visit',
    text: {
      'zh-CN': '上门时间从{firstWindow}到{lastWindow}，分几个时间段，您选方便的。说一下家电和毛病，我给您看哪天有空。',
      en: 'Visits are between {firstWindow} and {lastWindow}, in several windows to choose from. Tell me the appliance and the fault, and I show you the open ones.',
    },
  },
  {
    key: 'hours.holidays',
    topic: 'visit',
    text: {
      'zh-CN': '人工客服{hours}，{daysOff}。上门看师傅的空档，报修时能选到的日子就是能来的。',
      en: 'People answer {hours}; {daysOff}. Visits depend on the engineers: any day you can choose when booking is a day they come.',
    },
  },
  {
    key: 'hours.round-the-clock',
    topic: 'visit',
    text: {
      'zh-CN': '我一直都在，报修、改时间随时办；人工客服{hours}。有漏电、冒烟、燃气味，任何时候直接说，值班人员马上处理。',
      en: 'I am here day and night for booking; people answer {hours}. An electric shock, smoke or a smell of gas: say so at any time, somebody on duty sees to it at once.',
    },
  },
  {
    key: 'visit.soonest',
    topic: 'visit',
    text: {
      'zh-CN': '最快{lead}后，要看您那边师傅的空档。告诉我家电、毛病和地址，马上给您看最早的时间。',
      en: 'At the earliest {lead} from now, depending on the engineers near you. Tell me the appliance, the fault and the address, and I show you the first opening.',
    },
  },
  {
    key: 'visit.horizon',
    topic: 'visit',
    text: {
      'zh-CN': '最远可以约到{horizonDays}天后。再往后的日子，到时候来说一声就能约。',
      en: 'Up to {horizonDays} days ahead. For a later day, come back nearer the time.',
    },
  },
  {
    key: 'repair.duration',
    topic: 'visit',
    text: {
      'zh-CN': '要看是什么毛病。师傅现场检测后告诉您要多久；要等配件的，会先跟您定好哪天再来。',
      en: 'It depends on the fault. The engineer tells you after the inspection; if a part must be ordered, you agree on the day first.',
    },
  },
  {
    key: 'visit.reschedule',
    topic: 'visit',
    text: {
      'zh-CN': '可以改，不收费。离上门还有{changeCutoff}以上，跟我说“改时间”当场就改；再晚我请调度联系师傅。',
      en: 'You can, at no cost. More than {changeCutoff} before the visit, say “change the time” and I do it at once; later than that a dispatcher calls the engineer.',
    },
  },
  {
    key: 'visit.cancel',
    topic: 'visit',
    text: {
      'zh-CN': '可以取消，取消{cancelFee}。离上门还有{changeCutoff}以上，跟我说“取消上门”就办好；再晚我请调度联系师傅。',
      en: 'You can; cancelling {cancelFee}. More than {changeCutoff} before the visit, say “cancel the visit” and it is done; later than that a dispatcher calls the engineer.',
    },
  },
  {
    key: 'visit.late',
    topic: 'visit',
    text: {
      'zh-CN': '过了约好的时间师傅还没到，跟我说“师傅没来”，我马上请调度去找，{lateMinutes}分钟内回您。',
      en: 'When the window has passed and nobody came, tell me “the engineer did not come”: a dispatcher looks for them and you hear within {lateMinutes} minutes.',
    },
  },
  {
    key: 'visit.absent',
    topic: 'visit',
    text: {
      'zh-CN': '家里要有大人在，不一定是您本人。报修时告诉我到时候谁在家、电话多少，师傅联系那位。',
      en: 'An adult must be at home, not necessarily you. Tell me when booking who it is and their number; the engineer calls them.',
    },
  },
  {
    key: 'visit.call-ahead',
    topic: 'visit',
    text: {
      'zh-CN': '会的。师傅出发前先联系您，前一天我也会提醒。约好后，师傅的姓名和电话都发给您。',
      en: 'Yes. The engineer contacts you before setting out, and I remind you the day before. Once booked, you have their name and number.',
    },
  },
  {
    key: 'booking.how',
    topic: 'visit',
    text: {
      'zh-CN': '在这里就能约。说一下哪样家电、什么毛病、哪天方便，比如“冰箱不制冷，明天下午”，我接着帮您安排。',
      en: 'Right here. Tell me the appliance, the fault and a day that suits you, such as “fridge not cooling, tomorrow afternoon”, and I arrange it.',
    },
  },
];
