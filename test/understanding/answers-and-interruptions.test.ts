/** What wins beside an open question, and what a bare sentence is: families of what strangers were misread in, in words of our own. */
import { describe, expect, test } from 'vitest';
import type { ComplaintType } from '../../src/domain/complaint.ts';
import type { Expected } from '../../src/understanding/understood.ts';
import { read } from './reading.ts';

describe('an answer wins over what it only mentions', () => {
  test.each<[string, Expected]>([
    ['那个旧卡取消了,换成13900001111', 'phone'],
    ['打13900001111,别又给我取消了', 'phone'],
    ['13900001111, no cancel please', 'phone'],
    ['礼拜五下午,等我投诉完物业', 'window'],
    ['后天上午吧,让师傅带份报价单行吗', 'window'],
    ['2025年3月2号,你们说还保不保', 'purchasedOn'],
    ['投诉就免了,时间凑不上而已', 'reason'],
    ['订单下重复了', 'reason'],
    ['插座没插紧,白叫师傅了', 'reason'],
    ['嘎吱嘎吱响,楼下要投诉我', 'fault'],
    ['打着火松开手就熄,没漏气', 'fault'],
    ['通电就跳,并没有失火', 'fault'],
    ['不是投诉,就是问个时间,洗衣机的事', 'what'],
    ['浦东新区火星路18号3栋', 'address'],
    ['火旺,着火的火', 'name'],
    ['海曙区丽园北路88号2幢501,投诉的事另说', 'address'],
    ['天河区体育西路9号1302,之前取消那回写的是旧址', 'address'],
    ['吾买尔江,你们改过我一回时间', 'name'],
    ['写汪阿姨吧,邻居都喊我投诉大王', 'name'],
    ['13900001111,上次取消订单留的也是它', 'phone'],
    ['139🌼0000🌼1111', 'phone'],
    ['A12B34567890,举报一下这标签贴得太偏', 'serial'],
    ['前年八月买的,想退单来不及了', 'purchasedOn'],
    ['周三上午,原来取消的那趟也是这个点', 'window'],
    ['周四晚上七点,不用请人工再打来', 'window'],
    ['星期天下午,别叫客服打电话核对了', 'window'],
    ['邻居老李顺手拧好了,一根烟都不抽', 'reason'],
    ['遥控按了没反应,刚换过电池', 'fault'],
    ['打着了就灭,没闻到啥味道', 'fault'],
  ])('%s answers %s', (text, expects) => {
    expect(read(text, expects).intent).toBe('inform');
  });
});

describe('who is called for breaks in', () => {
  test.each<[string, Expected]>([
    ['讲不清楚,接个人工吧', 'fault'],
    ['描述不来,我找人工讲', 'fault'],
    ['太复杂了直接人工行吗', 'what'],
    ['please give me 人工', 'fault'],
    ['不填啦,给我转人公', 'serial'],
    ['小区名字太绕,我要跟客服讲', 'address'],
    ['13900001111,转人工', 'phone'],
    ['说不明白,想和真人聊', 'window'],
  ])('%s, asked for %s', (text, expects) => {
    expect(read(text, expects).intent).toBe('human');
  });

  test.each<[string, Expected, string]>([
    ['没别的要求,往下走', 'wish', 'skip'],
    ['字磨没了,先不填', 'serial', 'skip'],
    ['再说一遍,没听清', 'reason', 'repeat'],
    ['取消上门', 'phone', 'cancel_booking'],
    ['先忙了,不弄了', 'window', 'cancel_flow'],
    ['停,我出趟门', 'phone', 'cancel_flow'],
    ['打住,锅要糊了', 'what', 'cancel_flow'],
    ['先搁这儿吧,老花镜不在手边', 'model', 'cancel_flow'],
    ['13900001111,我要投诉你们', 'phone', 'complaint'],
    ['周三上午,算了,取消预约', 'window', 'cancel_booking'],
    ['海曙区丽园北路88号2幢501,我要举报师傅', 'address', 'complaint'],
  ])('%s, asked for %s, is %s', (text, expects, intent) => {
    expect(read(text, expects).intent).toBe(intent);
  });
});

describe('a read-back is right or wrong in many words', () => {
  test.each(['眼镜戴上瞧过,都对', '半个字都没差', '就按这个来吧', '对着嘞', '没毛病', '照这个办'])('%s affirms', (text) => {
    expect(read(text, 'confirm').intent).toBe('affirm');
  });

  test.each(['这哪是我说的', '跟我讲的对不上', '记串了', '搞错脱了', '唔係咁样', '不是这么回事', '写的啥呀'])('%s denies', (text) => {
    expect(read(text, 'confirm').intent).toBe('deny');
  });
});

test.each(['都对,就是时间再晚点', '没问题,不过电话不对'])('%s agrees to nothing yet', (text) => {
  expect(read(text, 'confirm').intent).toBe('correct');
});

describe('what is not held against us', () => {
  test.each([
    ['我知道过保了,照价收就行,电视花屏,后天下午来人', 'book_repair'],
    ['反正洗衣机底下一摊水,不晓得哪儿漏的,住杭州拱墅区莫干山路88号2幢301', 'book_repair'],
    ['消毒柜不亮了,该多少是多少,明早十点前来', 'book_repair'],
    ['求师傅晚半个钟头出发,我在地铁上', 'reschedule'],
    ['订好的清洗不做了,我们单位有人会弄', 'cancel_booking'],
    ['头回见这么上心的修理工,得夸', 'praise'],
    ['你们售后夜里有人值班没有', 'ask_hours'],
  ])('%s is %s', (text, intent) => {
    expect(read(text).intent).toBe(intent);
  });

  test.each([
    '装个净水器喷我一柜子水,米面全糟蹋了',
    '拆机把我家网线给铰断了',
    '修一个坏俩,门铃让他弄哑了',
    '扫码付给他个人,说没有发票',
    '你们人叼着烟拆煤气灶',
  ])('%s is a complaint', (text) => {
    expect(read(text).intent).toBe('complaint');
  });
});

describe('asked nothing, nobody answers', () => {
  test.each([
    ['微波炉转一会就停,打13900001111', 'book_repair'],
    ['烘干机不热,周四晚上七点在家', 'book_repair'],
    ['端午回乡下,调到6月25号下午', 'reschedule'],
    ['这礼拜出差,顺延到下礼拜二', 'reschedule'],
  ])('%s is %s', (text, intent) => {
    expect(read(text).intent).toBe(intent);
  });
});

describe('a repair held against us', () => {
  test.each(['跑了四趟,洗碗机照样不排水', '刚修的电视又没图像,钱白花了', '烘干机修完跟没修一样,还是不热'])('%s is a complaint', (text) => {
    expect(read(text)).toMatchObject({ intent: 'complaint', entities: { complaintTypes: ['not_fixed'] } });
  });

  test.each(['前几天修过的电视又没图像了,麻烦再派师傅来', '上次修完好好的,这回又不排水,约个时间来看看'])(
    '%s wishes another visit',
    (text) => {
      expect(read(text).intent).toBe('book_repair');
    },
  );
});

describe('what a complaint is about', () => {
  test.each<[string, ComplaintType[]]>([
    ['你们两家客服来回踢皮球', ['other']],
    ['师傅没上门,系统里却显示已完成', ['other']],
    ['他硬赖我自己用坏的,讹了我四百', ['overcharge']],
    ['进了门改口要一百五', ['overcharge']],
    ['掏出他自己的收款码叫我扫', ['private_payment']],
    ['说走公司账要等,私底下给他三百就行', ['private_payment']],
    ['梯子把我家墙纸拖出一道口子', ['damage']],
    ['约的六号没来,约的八号还是没来', ['late']],
  ])('%s is about %j', (text, types) => {
    expect(read(`我要投诉,${text}`)).toMatchObject({ intent: 'complaint', entities: { complaintTypes: types } });
  });
});
