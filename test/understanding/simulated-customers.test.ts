/** What simulated customers said and was misread, each with invented neighbours; said on Friday 2026-11-20. */
import { describe, expect, it, test } from 'vitest';
import type { Expected } from '../../src/understanding/understood.ts';
import { visit } from './labelled.ts';
import { read } from './reading.ts';

describe('a name beside a model', () => {
  test.each([
    ['彭佳怡 型号CXW-258-EMQ5T', '彭佳怡', 'CXW-258-EMQ5T'],
    ['我叫杨子涵 型号:JSQ25-13TM', '杨子涵', 'JSQ25-13TM'],
    ['董淑珍,型号BCD-535WT', '董淑珍', 'BCD-535WT'],
    ['联系人写徐美玲 型号:KFR-26GW', '徐美玲', 'KFR-26GW'],
    ['高生 型号係EC6002', '高生', 'EC6002'],
    ['我姓胡,胡女士 型号:XQB80-828', '胡女士', 'XQB80-828'],
    ['赵国强 TG100V88', '赵国强', 'TG100V88'],
    ['我叫彭雨桐 机器型号是JZT-TH29B', '彭雨桐', 'JZT-TH29B'],
    ['罗先生 机器型号是CXW-200-27X6', '罗先生', 'CXW-200-27X6'],
    ['我叫李雨桐,标签上写的65A5', '李雨桐', '65A5'],
    ['李建国 型号KFR-35GW', '李建国', 'KFR-35GW'],
    ['欧阳娜娜 型号是BCD-470W', '欧阳娜娜', 'BCD-470W'],
    ['型号MG100V70WD5 张美丽', '张美丽', 'MG100V70WD5'],
    ['型号:XQG100-B14,姓王', '王', 'XQG100-B14'],
    ['KFR-72LW 吴敏', '吴敏', 'KFR-72LW'],
    ['周杰,机器上写的是EG8012', '周杰', 'EG8012'],
    ['联系人林晓燕,型号写着JSQ30-16E', '林晓燕', 'JSQ30-16E'],
    ['免贵姓郑 型号BCD-218', '郑', 'BCD-218'],
    ['陈小姐,型号75U7H', '陈小姐', '75U7H'],
    ['我是黄志明 电视型号65A5', '黄志明', '65A5'],
    ['叫我刘姐就行 型号CXW-260', '刘姐', 'CXW-260'],
    ['型号我看看啊,是65A5', null, '65A5'],
    ['标签上写的75U7H', null, '75U7H'],
  ])('%s', (text, name, model) => {
    expect(read(text, 'name').entities).toMatchObject({ name, model });
  });
});

describe('a name', () => {
  test.each([
    ['我姓罗,罗先生', '罗先生'],
    ['我姓陈,陈女士', '陈女士'],
    ['敝姓陈 陈女士', '陈女士'],
    ['我姓孙,叫我孙小姐就得', '孙小姐'],
    ['我姓赵 叫我赵小姐就得', '赵小姐'],
    ['我姓肖,叫我肖生就得', '肖生'],
    ['叫我蒋生就得', '蒋生'],
    ['My name is Anna Schmidt', 'Anna Schmidt'],
    ['My name is Tom Baker', 'Tom Baker'],
    ["I'm David Miller", 'David Miller'],
    ["It's John Smith", 'John Smith'],
    ['Anna', 'Anna'],
    ['Please call me Mr. Wang', 'Mr. Wang'],
    ['This is Maria Garcia speaking', 'Maria Garcia'],
    ['the name is Peter Parker, thanks', 'Peter Parker'],
    ['my name is li wei', 'li wei'],
    ['高浩然', '高浩然'],
    ['高浩然。', '高浩然'],
    ['高兴华', '高兴华'],
    ['温雅琴', '温雅琴'],
    ['万芳', '万芳'],
    ['常建军', '常建军'],
    ['江一帆', '江一帆'],
    ['荣海', '荣海'],
    ['姓司徒,叫司徒小姐', '司徒小姐'],
    ['我姓欧阳,欧阳先生', '欧阳先生'],
    ['姓唐的,唐阿姨', '唐阿姨'],
    ['免贵姓韩,韩老师', '韩老师'],
    ['我姓王', '王'],
    ['我老公叫陈建国', '陈建国'],
    ['他叫于洋 型号不知道', '于洋'],
  ])('%s', (text, name) => {
    expect(read(text, 'name').entities.name).toBe(name);
  });

  test.each<[string, string]>([
    ['联系人改成唐先生', '唐先生'],
    ['联系人改成肖先生', '肖先生'],
    ['联系人改成刘', '刘'],
    ['称呼错了,应该是司马女士', '司马女士'],
    ['名字改成李雪梅', '李雪梅'],
    ['联系人换成王建国吧', '王建国'],
    ['姓名写错了,是陈晓东', '陈晓东'],
    ['名字不对,是郭靖', '郭靖'],
    ['称呼改一下,叫吴女士', '吴女士'],
    ['联系人写错了 应该是周先生', '周先生'],
    ['把联系人改为徐小姐', '徐小姐'],
    ['联系人改我老公名字,郑伟', '郑伟'],
  ])('whatever is asked: %s', (text, name) => {
    for (const expects of ['window', 'confirm', 'address', null] as const)
      expect(read(text, expects).entities.name, expects ?? '').toBe(name);
  });

  test.each([
    ['空调漏水,后天上午,北京市丰台区方庄路8号院2号楼602,13800130004,赵强', '赵强'],
    ['空调漏水,后天上午,北京市丰台区方庄路8号院2号楼602,13800130004,王芳', '王芳'],
    ['冰箱不制冷 13800130004 刘洋', '刘洋'],
    ['洗衣机不转,上海市浦东新区世纪大道100号3号楼501,李娜,13912345678', '李娜'],
    ['电视黑屏,13912345678,欧阳小明', '欧阳小明'],
    ['热水器打不着火,明天下午,深圳市南山区后海大道2388号3栋802,13500001111 周雨薇', '周雨薇'],
    ['空调不冷,北京市朝阳区望京街道阜通东大街6号院3号楼1509,孙先生,13912345678', '孙先生'],
    ['空调漏水,王芳', null],
    ['空调漏水,13800130004,谢谢', null],
    ['空调漏水,13800130004,明天', null],
    ['空调漏水,13800130004,尽快', null],
    ['空调漏水,13800130004,包修好', null],
  ])('at the end of all in one: %s', (text, name) => {
    expect(read(text).entities.name).toBe(name);
  });

  test.each<[string, Expected]>([
    ['随便', 'name'],
    ['不想说', 'name'],
    ['高级空调', 'name'],
    ['都行', 'name'],
    ['没有', 'name'],
    ['等一下', 'name'],
    ['My fridge is broken', 'name'],
    ['Yes', 'name'],
    ['I do not know', 'name'],
    ['联系人不变', 'window'],
    ['改成明天', 'window'],
  ])('is not in %s', (text, expects) => {
    expect(read(text, expects).entities.name).toBeNull();
  });
});

describe('a correction', () => {
  test.each<[string, string[]]>([
    ['搞错了,应该是电视按什么都没反应,开不了机', ['tv']],
    ['不好意思搞错了,应该是电视按什么都没反应,开不了机', ['tv']],
    ['等等,我说错了,是洗衣机', ['washer']],
    ['等等,我说错了,洗碗机不排水', ['dishwasher']],
    ['不好意思打错了 是冰箱不是空调', ['fridge']],
    ['哎呀打错了 不是冰箱 是热水器打火没反应 不着', ['water_heater']],
    ['口误,热水器', ['water_heater']],
    ['说错了说错了,是油烟机', ['range_hood']],
    ['不对不对,是烘干机', ['dryer']],
    ['弄错了 是微波炉不加热', ['microwave']],
    ['打错字了,是洗碗机', ['dishwasher']],
    ['啊写错了,电饭煲', ['rice_cooker']],
    ['sorry I meant the dishwasher', ['dishwasher']],
    ['讲错咗,系雪柜', ['fridge']],
    ['我记错了,坏的是净水器', ['water_purifier']],
  ])('%s', (text, appliances) => {
    for (const expects of ['fault', 'address', 'window', 'confirm', 'phone'] as const) {
      const { intent, entities } = read(text, expects);
      expect({ intent, appliances: entities.appliances }, expects).toEqual({ intent: 'correct', appliances });
    }
  });

  test.each<[string, Expected]>([
    ['洗衣机老是报错', 'fault'],
    ['师傅上次装错了', 'fault'],
    ['你们搞错了吧', 'what'],
  ])('is not %s', (text, expects) => {
    expect(read(text, expects).intent).not.toBe('correct');
  });
});

describe('a fault', () => {
  test.each([
    ['空调制热没反应,吹的是凉风', ['not_heating']],
    ['空调没热风', ['not_heating']],
    ['空调没有热风', ['not_heating']],
    ['热水器烧了两个小时水还是冰的', ['not_heating']],
    ['热水器烧半天水还是凉的', ['not_heating']],
    ['空调开制热出来的是凉风', ['not_heating']],
    ['空调开了制热不起作用', ['not_heating']],
    ['热水器出来的水冰凉', ['not_heating']],
    ['空调暖风没有', ['not_heating']],
    ['空调不出暖风', ['not_heating']],
    ['空调制热没效果', ['not_heating']],
    ['空调一直吹热风', ['not_cooling']],
    ['洗衣机好嘈', ['noisy']],
    ['洗衣機好嘈', ['noisy']],
    ['冷氣機好嘈', ['noisy']],
    ['雪櫃嘈到死', ['noisy']],
    ['洗衣機脫水嗰陣好大聲', ['noisy']],
    ['油烟机太嘈杂', ['noisy']],
    ['洗衣机不肯脱水', ['not_spinning']],
    ['洗衣机死活不脱水', ['not_spinning']],
    ['洗衣机不愿意转', ['not_spinning']],
    ['波轮不肯转', ['not_spinning']],
    ['冰箱彻底不制冷了', ['not_cooling']],
    ['雪櫃結晒霜', ['frosting']],
    ['煤气灶打火不着', ['not_igniting']],
    ['煤气灶老是灭火', ['flame_out']],
    ['电视有竖条', ['display']],
    ['电视花平了', ['display']],
    ['AC heating is not working, no warm air', ['not_heating']],
    ['空调一开就不怎么凉', ['not_cooling']],
    ['雪柜冇晒冻气', ['not_cooling']],
    ['空调制不了热', ['not_heating']],
    ['洗衣機去唔到水', ['not_draining']],
    ['洗碗机排唔到水', ['not_draining']],
    ['冰箱响', ['noisy']],
    ['油烟机响的厉害', ['noisy']],
    ['你好冷氣機好嘈可唔可以派人嚟睇下', ['noisy']],
    ['燃气灶打火啪啪响就是不着', ['not_igniting']],
    ['电视屏幕全是条纹', ['display']],
    ['电视有声音没有人影', ['display']],
    ['冰箱结双了好厚一层', ['frosting']],
    ['The gas water heater does not ignite', ['not_igniting']],
    ['The flame of my gas stove goes out by itself', ['flame_out']],
    ['The TV screen shows vertical lines', ['display']],
  ])('%s', (text, faults) => {
    expect(read(text).entities.faults).toEqual(faults);
    expect(read(text, 'fault').entities.faults).toEqual(faults);
  });
});

describe('a time in the description of a fault', () => {
  test.each([
    '冰箱声音大,半夜特别吵',
    '冰箱前两天就不太对,今天彻底不制冷了,一冰箱的菜呢',
    '昨晚开始漏水',
    '空调晚上一开就滴水',
    '洗衣机早上还好好的,下午就不转了',
    '热水器今天洗澡没热水',
    '今天冰箱不制冷了',
    '空调夜里嗡嗡响',
    '电视今天早上黑屏了',
    '冰箱半夜跳闸',
    '油烟机中午炒菜的时候声音很大',
    '热水器晚上洗到一半就凉了',
    '这几天冰箱老是结霜',
    '今早起来地上都是水,洗衣机漏的',
  ])('is no wish: %s', (text) => {
    expect(read(text).entities.visitWishes).toEqual([]);
    expect(read(text, 'fault').entities.visitWishes).toEqual([]);
  });

  test.each([
    ['空调不制冷,明天上午', [visit('2026-11-21', { part: 'morning' })]],
    ['空调漏水明天能来吗', [visit('2026-11-21')]],
    ['今天冰箱不制冷了,明天下午来修', [visit('2026-11-21', { part: 'afternoon' })]],
    ['冰箱不制冷,后天', [visit('2026-11-22')]],
    ['洗衣机漏水,今天能修吗', [visit('2026-11-20')]],
    ['热水器不热,晚上有空', [visit('2026-11-20', { part: 'evening' })]],
    ['明天下午修空调不制冷', [visit('2026-11-21', { part: 'afternoon' })]],
    ['想约周六上午修冰箱,不制冷', [visit('2026-11-21', { part: 'morning' })]],
    ['后天上午空调漏水来看看', [visit('2026-11-22', { part: 'morning' })]],
  ])('leaves the wish: %s', (text, wishes) => {
    expect(read(text).entities.visitWishes).toEqual(wishes);
  });

  it('is one when a time is asked for', () => {
    expect(read('晚上', 'window').entities.visitWishes).toHaveLength(1);
    expect(read('今天不制冷了,今天', 'window').entities.visitWishes).toHaveLength(1);
  });
});

describe('a day', () => {
  test.each([
    ['12月1日来就行', visit('2026-12-01')],
    ['11月28日来吧', visit('2026-11-28')],
    ['The earliest you have', visit(null, { flag: 'asap' })],
    ['the day after tomorrow at 3 pm', visit('2026-11-22', { part: 'afternoon', timeFrom: '15:00', bound: 'at' })],
    ['Day after tomorrow, 3pm', visit('2026-11-22', { part: 'afternoon', timeFrom: '15:00', bound: 'at' })],
    ['the day after tomorrow in the morning', visit('2026-11-22', { part: 'morning' })],
    ['at 3 pm the day after tomorrow', visit('2026-11-22', { part: 'afternoon', timeFrom: '15:00', bound: 'at' })],
    ['Thursday 26 November afternoon', visit('2026-11-26', { part: 'afternoon' })],
    ['Sunday 29 November evening', visit('2026-11-29', { part: 'evening' })],
    ['Monday 30 November', visit('2026-11-30')],
    ['Monday, November 30', visit('2026-11-30')],
    ['Wednesday 25 November morning works for me', visit('2026-11-25', { part: 'morning' })],
    ['on Saturday the 28th of November', visit('2026-11-28')],
    ['30 November (Monday)', visit('2026-11-30')],
    ['Tuesday 24 Nov at 10am', visit('2026-11-24', { part: 'morning', timeFrom: '10:00', bound: 'at' })],
    ['周四11月26号下午', visit('2026-11-26', { part: 'afternoon' })],
    ['11月30日周一', visit('2026-11-30')],
    ['11月29号(周日)晚上', visit('2026-11-29', { part: 'evening' })],
    ['约大后天傍晚以后吧', visit('2026-11-23', { part: 'evening' })],
    ['大后天傍晚以后', visit('2026-11-23', { part: 'evening' })],
    ['明天下午以后', visit('2026-11-21', { part: 'afternoon' })],
    ['后天晚上以后都行', visit('2026-11-22', { part: 'evening' })],
    ['后天以后都行', visit('2026-11-22', { bound: 'after' }, null)],
    ['周六以后', visit('2026-11-21', { bound: 'after' }, null)],
  ])('%s', (text, wish) => {
    expect(read(text, 'window').entities.visitWishes).toEqual([wish]);
  });
});

describe('a flame that does not come', () => {
  test.each(['热水器打不着火🔥❌', '打不着火🔥', '煤气灶点不着🔥', '灶打不着🔥😭', '燃气灶不打火🔥', '🔥打不着', '热水器打不了火🔥'])(
    '%s is no fire',
    (text) => {
      expect(read(text)).toMatchObject({ entities: { danger: null } });
    },
  );

  test.each([
    '插座🔥🔥',
    '厨房🔥了快来',
    '空调冒🔥',
    '热水器🔥',
    '打不着火,然后轰一下着火了🔥',
    '打不着火,现在🔥🔥🔥',
    '打不着火🔥,后来着火了',
  ])('%s is one', (text) => {
    expect(read(text).entities.danger).toBe('fire');
  });
});

describe('an address', () => {
  test.each([
    ['北京市丰台区方庄路8号院2号楼602🏠', '方庄路8号院2号楼602'],
    ['北京市丰台区方庄路8号院2号楼602室🏠', '方庄路8号院2号楼602室'],
    ['北京市通州区梨园镇云景里小区16号楼3单元502 门口有门禁 到了打电话', '梨园镇云景里小区16号楼3单元502'],
    ['深圳市龙华区人民路320号锦绣江南4栋1501 门口有门禁 到了打电话', '人民路320号锦绣江南4栋1501'],
    ['北京市朝阳区劲松八区805号楼3门401室 有电梯', '劲松八区805号楼3门401室'],
    ['上海市浦东新区世纪大道100号3号楼501📍', '世纪大道100号3号楼501'],
    ['北京市朝阳区阜通东大街6号院3号楼1509😊😊', '阜通东大街6号院3号楼1509'],
    ['北京市朝阳区阜通东大街6号院3号楼1509 门禁密码不用输', '阜通东大街6号院3号楼1509'],
    ['北京市朝阳区阜通东大街6号院3号楼1509 小区北门进', '阜通东大街6号院3号楼1509'],
    ['北京市朝阳区阜通东大街6号院3号楼1509你记好了没有', '阜通东大街6号院3号楼1509'],
    ['北京市朝阳区阜通东大街6号院 3号楼 1509', '阜通东大街6号院 3号楼 1509'],
    ['北京市朝阳区望京街道 阜通东大街6号院3号楼1509室', '望京街道 阜通东大街6号院3号楼1509室'],
    ['就是北京市朝阳区望京西园三区312号楼1单元602那里', '望京西园三区312号楼1单元602'],
    ['北京市朝阳区劲松八区805号楼3门401室这边', '劲松八区805号楼3门401室'],
  ])('%s', (text, detail) => {
    expect(read(text, 'address').entities.address?.detail).toBe(detail);
  });
});

describe('an answer', () => {
  it('with a number that holds 12345 threatens with no authority', () => {
    expect(read('说错了,是13812345678', 'phone').entities.gravities).toEqual([]);
    expect(read('我要打12345', 'what').entities.gravities).toContain('regulator');
  });

  it('gives the number of whoever picks up', () => {
    expect(read('打我老公这个吧,150-5128-3536,他在家', 'phone').entities.onSiteContact).toEqual({ who: '老公', phone: '+8615051283536' });
  });

  test.each([
    'On-site repair please',
    'on site',
    'Onsite please',
    'please send someone to my home',
    'send an engineer please',
    'Can you come to my place',
    'home visit',
    'at home please',
    'come to my house',
    'door-to-door',
    'a technician should come here',
  ])('%s is a visit', (text) => {
    expect(read(text, 'serviceMode').entities.serviceMode).toBe('on-site');
  });

  test.each([
    ['It is DEMO2026RV0004', 'DEMO2026RV0004'],
    ["It's DEMO2020EX0001", 'DEMO2020EX0001'],
    ['the number is DEMO2020EX0001', 'DEMO2020EX0001'],
  ])('%s is the serial', (text, serial) => {
    expect(read(text, 'serial').entities.serial).toBe(serial);
  });

  test.each([
    ['哎发票早扔了,什么都没留', false],
    ['小票早就丢了', false],
    ['发票留着呢', true],
  ])('%s says whether there is proof', (text, hasProof) => {
    expect(read(text, 'proof').entities.hasProof).toBe(hasProof);
  });

  test('非常满意师傅很专业 is a five, with no mark between', () => {
    expect(read('非常满意师傅很专业', 'score').entities.score).toBe(5);
  });

  test.each([
    ['上个礼拜修的冰箱,才用两天又不制冷了,这叫修好了吗', 'repair-service'],
    ['前天修好的空调今天又漏水', 'repair-service'],
    ['刚买的冰箱就不制冷', 'product-quality'],
  ])('%s is of the class %s', (text, category) => {
    expect(read(text, 'what').entities.category).toBe(category);
  });

  test.each(['自己送', '自己拿吧', '我自己攞过去'])('%s is a way to the service point', (text) => {
    expect(read(text, 'serviceMode').entities.serviceMode).toBe('store');
  });

  test.each(["I'll bring it in", 'I will take it to the store', 'drop it off at the service point', 'I can bring it to you', 'carry in'])(
    '%s is a way to the service point',
    (text) => {
      expect(read(text, 'serviceMode').entities.serviceMode).toBe('store');
    },
  );

  test.each([
    ['AC heating is not working', ['air_conditioner']],
    ['my AC is broken', ['air_conditioner']],
    ['the aircon leaks', ['air_conditioner']],
    ["It's a treadmill", ['other']],
    ['A treadmill', ['other']],
    ['blender', ['other']],
    ['my coffee machine', ['other']],
    ['humidifier', ['other']],
    ['laptop', ['other']],
    ['massage chair', ['other']],
    ['electric kettle', ['other']],
    ['air fryer', ['other']],
    ['air purifier', ['other']],
  ])('%s names it', (text, appliances) => {
    expect(read(text, 'appliance').entities.appliances).toEqual(appliances);
  });

  test.each([
    ['好了,能用了', true],
    ['好了 能用了', true],
    ['好了能用了', true],
    ['能用了', true],
    ['可以用了', true],
    ['修好能用了', true],
    ['好了好了', true],
    ['现在能正常用', true],
    ['还跟原来一样', false],
    ['还是不能用', false],
    ['用不了', false],
    ['还是老毛病', false],
    ['没好,不能用', false],
  ])('%s says whether it is solved', (text, resolved) => {
    const { intent, entities } = read(text, 'resolved');
    expect(entities.resolved).toBe(resolved);
    expect(['inform', 'affirm', 'deny']).toContain(intent);
  });
});
