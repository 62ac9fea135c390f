/** Phone, name and model as people give them. */
import type { Phrases } from '../manner.ts';

export const PHONE: Phrases = {
  plain: ['{phone}', '手机{phone}', '我的电话是{phone}', '打{phone}就行', '号码:{phone}'],
  terse: ['{phone}', '{phone}'],
  chatty: ['我手机号{phone},上班时间可能接得慢一点', '打我老公这个吧,{phone},他在家', '{phone},微信同号'],
  elderly: ['我的手机号是{phone}', '{phone}', '你记一下{phone}'],
  cantonese: ['电话{phone}', '我电话係{phone}', '打{phone}搵我'],
  emoji: ['{phone}📱', '{phone}~'],
  english: ['{phone}', 'My number is {phone}', 'You can reach me at {phone}'],
};

/** A model is known: it stands in the same message as the name. */
export const WITH_MODEL: Phrases = {
  plain: ['{name},型号{model}', '{name},机器型号是{model}', '{name} 型号:{model}'],
  terse: ['{name} {model}', '{name} 型号{model}'],
  chatty: ['{name},型号我看看啊,是{model}', '{name},标签上写的{model}'],
  elderly: ['{name}型号是{model}'],
  cantonese: ['{name},型号係{model}'],
  emoji: ['{name},型号{model}✌️'],
  english: ['{name}, the model is {model}'],
};

export const MODEL_UNKNOWN: Phrases = {
  plain: ['型号不知道', '不清楚型号', '标签看不清了'],
  terse: ['不知道', '不清楚'],
  chatty: ['型号我哪知道呀,标签在机器后面看不到'],
  elderly: ['我不知道型号', '那个看不清楚'],
  cantonese: ['唔知型号', '唔清楚'],
  emoji: ['不知道诶🤷', '型号在哪呀找不着😂'],
  english: ["I don't know the model", 'No clue which model'],
};

export const MODELS: Readonly<Record<string, readonly string[]>> = {
  air_conditioner: ['KFR-35GW', 'KFR-72LW', 'KFR-26GW'],
  fridge: ['BCD-470WGHTD', 'BCD-535WT', 'BCD-216TMZL'],
  washer: ['TG100V88', 'EG100MATE', 'XQB80-828'],
  tv: ['55E3F', '65A5', '75U7H'],
  water_heater: ['F60-21WB1', 'JSQ25-13TM', 'EC6002'],
  range_hood: ['CXW-258-EMQ5T', 'CXW-200-27X6'],
  gas_stove: ['JZT-TH29B', 'JZT-7B15'],
};

/** On-site or to the shop. */
export const VISIT_PLEASE: Phrases = {
  plain: ['上门修', '上门吧', '还是师傅上门方便'],
  terse: ['上门', '上门修'],
  chatty: ['太重了拿不动,还是上门吧'],
  elderly: ['上门来修吧', '我走不动你们上门'],
  cantonese: ['上门整啦', '上门吖唔该'],
  emoji: ['上门~', '上门修🙏'],
  english: ['Please come to my home', 'On-site repair please'],
};

export const SHOP_PLEASE: Phrases = {
  plain: ['我自己送过去', '送到网点吧'],
  terse: ['送网点', '自己送'],
  chatty: ['那我自己送去吧,省点上门费'],
  elderly: ['我自己给你们拿过去'],
  cantonese: ['我自己攞过去', '送去网点'],
  emoji: ['我自己送去网点吧'],
  english: ['I will bring it to the shop'],
};
