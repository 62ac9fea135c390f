/** What appliances, faults, complaints and wishes are called, per language. */
import type { Appliance, Fault } from '../domain/appliance.ts';
import type { ComplaintCategory, ComplaintWish } from '../domain/complaint.ts';
import type { ChatChannel, Language } from '../domain/ticket.ts';

type Names<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>;

export const APPLIANCE_NAMES: Names<Appliance> = {
  'zh-CN': {
    air_conditioner: '空调',
    dishwasher: '洗碗机',
    dryer: '烘干机',
    fridge: '冰箱',
    gas_stove: '燃气灶',
    microwave: '微波炉',
    range_hood: '油烟机',
    rice_cooker: '电饭煲',
    robot_vacuum: '扫地机器人',
    tv: '电视',
    washer: '洗衣机',
    water_heater: '热水器',
    water_purifier: '净水器',
    fan: '电风扇',
    vacuum: '吸尘器',
    hair_dryer: '电吹风',
    disinfection_cabinet: '消毒柜',
    other: '这台家电',
  },
  en: {
    air_conditioner: 'air conditioner',
    dishwasher: 'dishwasher',
    dryer: 'dryer',
    fridge: 'fridge',
    gas_stove: 'gas stove',
    microwave: 'microwave',
    range_hood: 'range hood',
    rice_cooker: 'rice cooker',
    robot_vacuum: 'robot vacuum',
    tv: 'TV',
    washer: 'washing machine',
    water_heater: 'water heater',
    water_purifier: 'water purifier',
    fan: 'fan',
    vacuum: 'vacuum cleaner',
    hair_dryer: 'hair dryer',
    disinfection_cabinet: 'disinfection cabinet',
    other: 'appliance',
  },
};

export const CHANNEL_NAMES: Names<ChatChannel> = {
  'zh-CN': { 'web-chat': '网页聊天', wechat: '微信', slack: 'Slack', terminal: '终端' },
  en: { 'web-chat': 'the web chat', wechat: 'WeChat', slack: 'Slack', terminal: 'the terminal' },
};

export const FAULT_NAMES: Names<Fault> = {
  'zh-CN': {
    consumable: '要换耗材',
    display: '画面不正常',
    door_stuck: '门打不开',
    error_code: '显示故障码',
    flame_out: '用着会熄火',
    frosting: '结霜',
    leaking: '漏水',
    no_power: '开不了机',
    noisy: '响声大',
    not_cooling: '不制冷',
    not_draining: '不排水',
    not_heating: '不加热',
    not_igniting: '打不着火',
    not_spinning: '不转',
    remote: '遥控失灵',
    smell: '有异味',
    trip: '跳闸',
    other: '其他毛病',
  },
  en: {
    consumable: 'consumable to replace',
    display: 'faulty picture',
    door_stuck: 'door stuck',
    error_code: 'error code shown',
    flame_out: 'flame goes out',
    frosting: 'frosting',
    leaking: 'leaking',
    no_power: 'will not start',
    noisy: 'noisy',
    not_cooling: 'not cooling',
    not_draining: 'not draining',
    not_heating: 'not heating',
    not_igniting: 'not igniting',
    not_spinning: 'not spinning',
    remote: 'remote not working',
    smell: 'bad smell',
    trip: 'trips the breaker',
    other: 'another fault',
  },
};

/** S2-058 */
export const COMPLAINT_CATEGORY_NAMES: Names<ComplaintCategory> = {
  'zh-CN': { 'product-quality': '产品质量', 'repair-service': '维修服务', 'after-sales-service': '售后服务', other: '其他' },
  en: {
    'product-quality': 'product quality',
    'repair-service': 'repair service',
    'after-sales-service': 'after-sales service',
    other: 'other',
  },
};

export const COMPLAINT_WISH_NAMES: Names<ComplaintWish> = {
  'zh-CN': { repair: '重修', exchange: '换货', return: '退货', refund: '退费', apology: '道歉', other: '其他' },
  en: {
    repair: 'repair it again',
    exchange: 'an exchange',
    return: 'a return',
    refund: 'a refund',
    apology: 'an apology',
    other: 'something else',
  },
};

/** What a fault is called of one appliance: a washer that does not spin may turn and not spin-dry, a fan just stands. */
export function faultName(appliance: Appliance, fault: Fault, language: Language): string {
  if (appliance === 'washer' && fault === 'not_spinning' && language === 'zh-CN') return '不转/不脱水';
  return FAULT_NAMES[language][fault];
}
