/** How a chat about a repair is begun, and the small words of any chat. {fault} names appliance and fault. */
import type { Phrases } from '../manner.ts';

/** The fault at once. */
export const WITH_FAULT: Phrases = {
  plain: [
    '{fault}',
    '{fault},想约个师傅看看',
    '你好,{fault}',
    '{fault},能上门修一下吗',
    '在吗?{fault}',
    '{fault},怎么约维修',
    '麻烦问下,{fault},可以上门吗',
  ],
  terse: ['{fault}', '{fault} 要修', '{fault} 来人修', '修一下 {fault}'],
  chatty: ['{fault}', '哎你好呀,{fault},你们能派个师傅来瞧瞧不', '{fault},愁死我了,赶紧给我安排个人来修吧'],
  elderly: ['{fault}', '喂你好{fault}', '{fault}找个师傅给我修修', '小姑娘啊{fault}'],
  cantonese: ['{fault}', '你好,{fault},可唔可以派人嚟睇下', '{fault},想搵师傅上门整', '唔该,{fault}'],
  emoji: ['{fault}', 'hi~{fault}', '{fault},可以来修吗🙏', '在吗在吗,{fault}'],
  english: ['{fault}', 'Hi, {fault}. Can you send someone?', 'Hello. {fault}. I would like to book a repair', '{fault}, please help'],
};

/** A visit, without a word of what for. */
export const BARE: Phrases = {
  plain: ['我要报修', '你好,我想约个维修', '家里有样电器坏了,得修修', '想预约师傅上门维修', '有个东西坏了能修吗'],
  terse: ['报修', '要修东西', '约维修'],
  chatty: ['你好你好,家里有个电器坏了,想请你们来给看看', '请问一下报修是在这里弄吗,我家电器出毛病了'],
  elderly: ['喂我要报个修', '家里东西坏了要找人修', '同志我要修电器'],
  cantonese: ['我想報修', '屋企有电器坏咗,想搵人整', '你好,想约师傅维修'],
  emoji: ['报修~', '要报修一下下🙏', '有东西坏了要修😭'],
  english: ['I need a repair', 'Hello, I want to book a repair visit', 'Something at home is broken, can you fix it?'],
};

/** Asked which appliance. */
export const WHICH: Phrases = {
  plain: ['{appliance}', '是{appliance}', '{appliance}坏了'],
  terse: ['{appliance}'],
  chatty: ['哦,是我们家{appliance}', '是{appliance}啦,就厨房客厅那边那台'],
  elderly: ['{appliance}呀', '是{appliance}坏了'],
  cantonese: ['係{appliance}', '{appliance}啊'],
  emoji: ['{appliance}😭', '是{appliance}~'],
  english: ['The {appliance}', "It's my {appliance}"],
};

export const YES: Phrases = {
  plain: ['确认', '对的', '没问题', '对,没错', '都对', '可以,就这样', '好的,确认', '是的'],
  terse: ['确认', '对', '嗯', '行', '可以', 'ok', '好'],
  chatty: ['对对对,没错,就这样定吧', '嗯嗯都对,麻烦你们了', '好嘞,没问题,就这么约'],
  elderly: ['对对', '好的好的', '是的没错', '行就这样吧', '哎对的'],
  cantonese: ['啱晒', '冇问题', '系啊', '好,确认', '得'],
  emoji: ['确认👌', '没问题✅', '对的对的👍', 'ok👌'],
  english: ['Yes', 'Correct', 'Yes, confirm', 'Yes that is right', 'Looks good'],
};

/** To the address that is on record. */
export const SAME_PLACE: Phrases = {
  plain: ['对,还是这里', '还是这个地址', '是的,一样'],
  terse: ['对', '嗯 一样', '还是这里'],
  chatty: ['对对,还是我家,没搬', '嗯,地址没变'],
  elderly: ['对的还是这里', '是的是的'],
  cantonese: ['系啊,同一个地址', '啱'],
  emoji: ['对的👌', '还是这里~'],
  english: ['Yes, same address', 'Same address'],
};

export const THANKS: Phrases = {
  plain: ['谢谢', '好的,谢谢', '麻烦了', '收到,谢谢你'],
  terse: ['谢了', 'ok', '好'],
  chatty: ['好的好的,太感谢了,那我就等师傅来啦', '谢谢你啊,办得挺快的'],
  elderly: ['谢谢你啊姑娘', '好的谢谢', '麻烦你了啊'],
  cantonese: ['多謝晒', '唔该晒', '好,唔该'],
  emoji: ['谢谢🌹', '好哒谢谢😘', '谢谢啦❤️'],
  english: ['Thanks', 'Thank you very much', 'Great, thanks'],
};

/** Back after a while. */
export const BACK_AGAIN: Phrases = {
  plain: ['我回来了', '刚才有事走开了', '不好意思,刚接了个电话', '在吗'],
  terse: ['在吗', '回来了'],
  chatty: ['哎呀不好意思,刚才孩子闹,我回来了', '刚去做饭了,我们说到哪了'],
  elderly: ['喂还在吗', '我刚才去开门了'],
  cantonese: ['我返嚟喇', '唔好意思,头先行开咗'],
  emoji: ['我回来啦', '刚刚走开了一下🏃'],
  english: ["I'm back", 'Sorry, I was away'],
};

export const GO_ON: Phrases = {
  plain: ['继续', '接着刚才的吧', '要的,继续'],
  terse: ['继续', '嗯'],
  chatty: ['继续吧继续吧', '要的,接着弄'],
  elderly: ['继续吧', '要的要的'],
  cantonese: ['继续啦', '要嘅,继续'],
  emoji: ['继续👌'],
  english: ['Go on', 'Yes, continue'],
};
