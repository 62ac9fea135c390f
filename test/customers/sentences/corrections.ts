/** Slips put right, and minds changed when the visit is read back. */
import type { Phrases } from '../manner.ts';

/** {fault} names the right appliance with what is wrong with it; {wrong} the appliance said before. */
export const OTHER_APPLIANCE = [
  '不对,说错了,是{fault}',
  '哎呀打错了,不是{wrong},是{fault}',
  '等等,我说错了,{fault}',
  '错了错了,{fault}',
  '不好意思搞错了,应该是{fault}',
];

export const OTHER_PHONE = [
  '电话错了,是{phone}',
  '刚才手机号打错了,应该是{phone}',
  '号码写错一位,是{phone}',
  '等下,电话用{phone}这个',
  '不对,换个电话{phone}',
];

export const OTHER_ADDRESS = ['地址错了,应该是{door}', '刚才地址发错了,是{door}', '地址改一下,{door}', '不是那里,是{door}'];

export const OTHER_NAME = ['名字写错了,是{name}', '称呼错了,应该是{name}', '联系人改成{name}'];

/** At the read-back. */
export const OTHER_TIME: Phrases = {
  plain: ['时间改到{when}吧', '改成{when}', '那天有事了,换成{when}行吗', '时间不行,{when}吧'],
  terse: ['改{when}', '换{when}'],
  chatty: ['哎等一下,我想起来那天要出门,换到{when}行不行', '时间能不能改到{when}呀'],
  elderly: ['时间改一下{when}来', '那天不行换{when}吧'],
  cantonese: ['改做{when}得唔得', '换过{when}啦'],
  emoji: ['改到{when}可以吗🙏'],
  english: ['Please change it to {when}', 'Could we make it {when} instead?'],
};
