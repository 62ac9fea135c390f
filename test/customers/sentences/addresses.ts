/** Doors that do not exist, in places that do: where simulated customers live, and how they say so. */
import type { Phrases } from '../manner.ts';

export type Door = {
  readonly city: string;
  readonly district: string;
  /** As it should stand on the ticket. */
  readonly detail: string;
};

export const ADDRESSES: readonly Door[] = [
  { city: '北京市', district: '朝阳区', detail: '望京西园三区312号楼1单元602' },
  { city: '北京市', district: '朝阳区', detail: '劲松八区805号楼3门401室' },
  { city: '北京市', district: '朝阳区', detail: '甘露园南里25号楼1806' },
  { city: '北京市', district: '海淀区', detail: '学院路30号院7号楼502' },
  { city: '北京市', district: '海淀区', detail: '知春里28号楼5单元301' },
  { city: '北京市', district: '海淀区', detail: '西二旗大街39号院12号楼2单元1103' },
  { city: '北京市', district: '东城区', detail: '东直门内大街9号院4号楼808' },
  { city: '北京市', district: '西城区', detail: '月坛南街26号院2号楼1202' },
  { city: '北京市', district: '丰台区', detail: '方庄芳群园一区18号楼906' },
  { city: '北京市', district: '通州区', detail: '梨园镇云景里小区16号楼3单元502' },
  { city: '北京市', district: '昌平区', detail: '回龙观东大街336号院9号楼701' },
  { city: '北京市', district: '大兴区', detail: '黄村镇兴华大街21号院5号楼1404' },
  { city: '上海市', district: '浦东新区', detail: '张杨路1458弄6号楼1201室' },
  { city: '上海市', district: '浦东新区', detail: '锦绣路2580弄33号402室' },
  { city: '上海市', district: '徐汇区', detail: '漕宝路400弄12号603室' },
  { city: '上海市', district: '静安区', detail: '延长中路628弄3号1502室' },
  { city: '上海市', district: '闵行区', detail: '莘松路958弄27号楼501室' },
  { city: '上海市', district: '杨浦区', detail: '国定路580弄8号204室' },
  { city: '上海市', district: '长宁区', detail: '仙霞路350弄5号楼1103室' },
  { city: '上海市', district: '普陀区', detail: '曹杨路1222弄16号902室' },
  { city: '上海市', district: '宝山区', detail: '共江路1208弄41号302室' },
  { city: '深圳市', district: '南山区', detail: '桃园路168号花园城2栋1705' },
  { city: '深圳市', district: '南山区', detail: '后海大道2388号海景苑3栋802' },
  { city: '深圳市', district: '福田区', detail: '景田北街28号景丽苑5栋603' },
  { city: '深圳市', district: '福田区', detail: '福民路116号金桂大厦B座2203' },
  { city: '深圳市', district: '罗湖区', detail: '翠竹路1058号翠园小区6栋404' },
  { city: '深圳市', district: '宝安区', detail: '新安四路218号碧海花园9栋1202' },
  { city: '深圳市', district: '龙岗区', detail: '龙翔大道2188号中心城7栋1单元905' },
  { city: '深圳市', district: '龙华区', detail: '人民路320号锦绣江南4栋1501' },
];

/** Where nobody of ours goes. */
export const ELSEWHERE: readonly Door[] = [
  { city: '石家庄市', district: '长安区', detail: '建设北大街66号3号楼902' },
  { city: '哈尔滨市', district: '南岗区', detail: '学府路88号5号楼1单元301' },
  { city: '洛阳市', district: '涧西区', detail: '中州西路12号院4号楼502' },
  { city: '昆明市', district: '盘龙区', detail: '北京路928号7栋1803' },
  { city: '兰州市', district: '城关区', detail: '东岗西路338号2单元701' },
  { city: '南宁市', district: '青秀区', detail: '民族大道118号3栋1201' },
];

/** {door} is all of it, from the city to the room. */
export const WHERE: Phrases = {
  plain: ['{door}', '地址是{door}', '在{door}', '上门地址:{door}', '{door},门口有门禁,到了打电话', '我住{door}'],
  terse: ['{door}', '{door}', '地址 {door}'],
  chatty: [
    '我们家在{door},小区门口不太好停车,师傅骑车来最方便',
    '哦地址啊,{door},电梯房,直接上来就行',
    '我家住{door},去年刚搬过来的',
    '你记一下哈,{door},进小区左手边第二栋就是',
  ],
  elderly: ['我家住在{door}', '地址我念给你听啊{door}', '{door}你记好了没有', '就是{door}那里'],
  cantonese: ['我住喺{door}', '地址係{door}', '{door},唔该', '上门去{door}'],
  emoji: ['{door}🏠', '📍{door}', '住{door}~', '{door}谢谢啦🙏'],
  english: ['{door}', 'My address is {door}', "It's {door}", 'Please come to {door}'],
};

/** The first part alone: {place} is city, district and street, without a door. */
export const WHEREABOUTS: Phrases = {
  plain: ['{place}', '在{place}这边'],
  terse: ['{place}'],
  chatty: ['我们在{place}那边'],
  elderly: ['我住在{place}', '{place}这里', '在{place}呢'],
  cantonese: ['喺{place}'],
  emoji: ['{place}这边~'],
  english: ['In {place}'],
};
