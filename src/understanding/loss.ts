/** Whether a customer says that nothing was lost and nothing is wanted: then it is a slip and no complaint (S4-002). */

const NOTHING_LOST =
  /没(?:有)?(?:造成|带来|受|产生|引起)?(?:到)?(?:什么|啥|任何|多大|实际|太大|大)*的?(?:损失|损坏|影响)|(?:只是|就是|就想|只想|单纯)[^,。!?;]{0,6}(?:反映|反馈|提醒|提(?:个|一?点)?(?:建议|意见|醒)|说一声|告诉)(?:一下|一声|你们|您们)?|(?:希望|建议|请)(?:你们|以后|下次)*(?:改进|注意|改善|加强)(?:一下)?(?:就(?:行|好|可以))?|(?:下次|以后)(?:注意|改(?:进|正)?)(?:一下|点)?就(?:行|好|可以|成)|no harm done|nothing (?:was )?(?:lost|broken|damaged)|just (?:some |a (?:bit of )?)?feedback|just (?:to let|letting|wanted to let) you know/iu;
const NOTHING_WANTED =
  /(?:不|没)(?:用|要|需要|求|想要|要求)[^,。!?;]{0,4}(?:赔|补偿|退)[^,。!?;]{0,3}|don't (?:want|need) (?:any )?(?:compensation|refund)/giu;
const WANTED = /赔|补偿|退(?:款|钱|货|费)|说法|交代|compensat|refund/iu;

/** `text` as typed. */
export function deniesLoss(text: string): boolean {
  const plain = text.normalize('NFKC');
  return NOTHING_LOST.test(plain) && !WANTED.test(plain.replace(NOTHING_WANTED, ''));
}
