/**
 * The person at home when it is not the customer (给我妈报修, 到时候联系我爱人 139…), with the phone the wording gives to
 * that person.
 */
import type { OnSiteContact } from '../domain/contact.ts';
import type { FoundPhone } from './phone.ts';

const WHO: Readonly<Record<string, string>> = {
  妈: '妈妈',
  妈妈: '妈妈',
  母亲: '母亲',
  老妈: '妈妈',
  爸: '爸爸',
  爸爸: '爸爸',
  父亲: '父亲',
  老爸: '爸爸',
  爸妈: '爸妈',
  父母: '父母',
  爱人: '爱人',
  老公: '老公',
  老婆: '老婆',
  媳妇: '媳妇',
  太太: '太太',
  先生: '先生',
  儿子: '儿子',
  女儿: '女儿',
  婆婆: '婆婆',
  公公: '公公',
  岳母: '岳母',
  岳父: '岳父',
  丈母娘: '丈母娘',
  奶奶: '奶奶',
  爷爷: '爷爷',
  外婆: '外婆',
  姥姥: '姥姥',
  姥爷: '姥爷',
  外公: '外公',
  姐姐: '姐姐',
  姐: '姐姐',
  哥哥: '哥哥',
  哥: '哥哥',
  弟弟: '弟弟',
  妹妹: '妹妹',
  弟: '弟弟',
  妹: '妹妹',
  室友: '室友',
  邻居: '邻居',
  租客: '租客',
  房客: '租客',
  租户: '租客',
  房东: '房东',
  保姆: '保姆',
  阿姨: '阿姨',
  物业: '物业',
  同事: '同事',
  朋友: '朋友',
  家人: '家人',
  老人: '老人',
  男朋友: '男朋友',
  女朋友: '女朋友',
  对象: '对象',
};
const NAMES = Object.keys(WHO)
  .sort((a, b) => b.length - a.length)
  .join('|');
const PERSON = `(?:我的?|我们家?|家里的?|俺)?(${NAMES})(?!妈|爸)`;
const MINE = `(?:我的?|我们家?|俺|家里的?)(${NAMES})`;
const PATTERNS: readonly RegExp[] = [
  new RegExp(`(?:到时候?|那天|上门时?|师傅|来之?前|来的时候|直接|请|就|上门前)*(?:联系|打给|打电话给|找|通知|拨打?|打)${PERSON}`),
  new RegExp(`(?:替|帮|给|为|代)${MINE}(?:家)?(?:里)?(?:的)?(?:报修|修|约|预约|叫|问|报|登记|下单|弄|申请|那)`),
  new RegExp(`${MINE}(?:的)?(?:电话|手机|号码|联系方式|联系电话)`),
  new RegExp(`${MINE}(?:会|那天|到时候?|一个人|白天|平时|都|就)*(?:在家|在那|接待|开门|等着|接电话|等师傅)`),
  new RegExp(`(?:现场)?联系人(?:是|:|写)?${MINE}`),
  new RegExp(`(?:是)?${MINE}家(?:里)?的`),
];
const HERS = /(?:电话|手机|号码|联系方式|联系电话)?(?:是|:|为)?[\s,,(]*$/;
const MINE_PHONE = /(?:我的?|本人的?)(?:电话|手机|号码|号)(?:是|:)?\s*$/;
const REACH_CHARACTERS = 14;

export type Contacts = { readonly onSite: OnSiteContact | null; readonly own: FoundPhone | null };

/** Splits the phones found between the customer and the person on site. */
export function readContacts(text: string, phones: readonly FoundPhone[]): Contacts {
  const match = PATTERNS.map((pattern) => pattern.exec(text)).find((found) => found !== null);
  const who = match ? WHO[match[1] ?? ''] : undefined;
  if (!match || !who) return { onSite: null, own: phones[0] ?? null };
  const end = match.index + match[0].length;
  const theirs = phones.find((phone) => belongsTo(text, end, phone)) ?? null;
  const own = phones.find((phone) => phone !== theirs) ?? null;
  return { onSite: { who, phone: theirs?.phone ?? null }, own };
}

/** The number follows the person with no 我的电话 and no other sentence between. */
function belongsTo(text: string, end: number, phone: FoundPhone): boolean {
  if (phone.at < end || phone.at - end > REACH_CHARACTERS) return false;
  const between = text.slice(end, phone.at);
  return (
    !MINE_PHONE.test(between) &&
    !/[。;!?]|打我|我的|本人/.test(between) &&
    (between.length <= 2 || HERS.test(between) || !/修|约|报/.test(between))
  );
}
