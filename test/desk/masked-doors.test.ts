import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskDoors } from '../../src/desk/masked-doors.ts';

describe('S2-024 a door after a building, an entrance or a word for one', () => {
  it.each([
    ['望京3号楼7531', '望京***'],
    ['7号楼2单元1501室', '***'],
    ['翠湖天地A座1203', '翠湖天地***'],
    ['我在望京3号楼7531\uff0c空调坏了', '我在望京***\uff0c空调坏了'],
    ['3栋502', '***'],
    ['12幢1单元301室', '***'],
    ['B座12层1203', '***'],
    ['三号楼二单元五零一', '***'],
    ['5#楼1203', '***'],
    ['2单元301', '***'],
    ['3单元302室', '***'],
    ['7栋1102户', '***'],
    ['西山壹号院7号楼1501', '西山壹号院***'],
    ['翠湖天地北座1203', '翠湖天地***'],
    ['东方大厦1203', '东方大厦***'],
    ['国贸公寓502', '国贸公寓***'],
    ['建国路88号1501', '建国路***'],
    ['18弄7号502', '18弄***'],
    ['1501室', '***'],
    ['我住1501\uff0c空调不制冷', '我住***\uff0c空调不制冷'],
    ['门牌号是1501', '门牌号是***'],
    ['房间号302', '房间号***'],
    ['8-2-302', '***'],
    ['3号楼 1501', '***'],
    ['3号楼\uff0c1501', '***'],
    ['3号楼2门301', '***'],
    ['A座12A', '***'],
    ['3号楼12A03', '***'],
    ['七号楼一五零一', '***'],
    ['3楼302', '***'],
    ['5号楼1203A', '***'],
    ['阳光小区11号楼3单元2002', '阳光小区***'],
    ['B1座305号房', '***'],
    ['102室漏水', '***漏水'],
    ['融泽嘉园2号院6栋1单元11层1103', '融泽嘉园2号院***'],
    ['天通苑西三区32号楼5单元602', '天通苑西三区***'],
    ['万科城市花园5-1-1001', '万科城市花园***'],
    ['6号楼101冰箱不制冷', '***冰箱不制冷'],
    ['住6号楼1单元201家里没人', '住***家里没人'],
    ['\uff12号楼\uff11\uff15\uff10\uff11', '***'],
    ['6座2103室', '***'],
    ['二十一号楼一八零二', '***'],
    ['家住8栋1单元502号', '家住***'],
    ['3号楼1501-2', '***'],
    ['师傅到12号楼502天天都在', '师傅到***天天都在'],
    ['9栋1203点火点不着', '***点火点不着'],
  ])('%s reads %s', (typed, shown) => {
    expect(maskDoors(typed)).toBe(shown);
    expect(maskDoors(shown)).toBe(shown);
  });

  it.each([
    '3楼漏水',
    '12楼也听得见',
    '7号楼停电了',
    '我在3号楼门口',
    'A座大堂等',
    '2单元电梯坏了',
    '3楼2台空调',
    '3楼1500元修的',
    '3号楼13800138000',
    '3号楼138****8000',
    '2栋2026年建的',
    '5号楼14:30见',
    '3号楼2026-11-21上门',
    'E5故障',
    'F12报错',
    '显示E101和E301',
    '室外机不转',
    '室内机漏水',
    '室温26度',
    '三室一厅',
    '3室2厅',
    '空调KFR-35GW/13',
    '型号BCD-501WKM',
    'XQG100-14HD6',
    'BX-20261121-0003',
    'TS-202611-0007',
    '380元',
    '1500.00元',
    '3号插座断电\uff0c1501错误',
    '插座220V',
    '3楼220V没电',
    '5楼300W的灯',
    '2单元100多户停电',
    '2000房租',
    '8号上午10点',
    '11月22日14:00-16:00',
    '2026-11-21',
    '8-12点都行',
    '3-5天',
    '保修90天',
    '冰箱里2号门关不严',
    '第3层结冰',
    '三楼三台空调',
    '热水器60升',
    '1号线地铁',
    '5号楼都停水了',
    '301医院旁边',
    '住301医院附近',
    '6号楼和7号楼之间',
    '3楼第2个房间',
  ])('leaves %s readable', (text) => {
    expect(maskDoors(text)).toBe(text);
  });

  const number = (min: number, max: number) => fc.integer({ min, max }).map(String);
  const building = fc.oneof(
    fc.tuple(number(1, 60), fc.constantFrom('号楼', '栋', '幢', '座', '#楼', '# ')).map((it) => it.join('')),
    fc.constantFrom('A座', 'C栋', '东座', '甲楼', '三号楼', '十二栋'),
  );
  const way = fc.constantFrom('', '2单元', '一单元', ' 3单元 ', '2门', '12层');
  const door = fc.oneof(
    number(101, 3_608),
    number(101, 3_608).map((it) => `${it}室`),
    number(1, 99).map((it) => `${it}室`),
    number(101, 3_608).map((it) => `${it}号`),
  );
  const before = fc.constantFrom('', '我在', '北京市朝阳区望京', '翠湖天地', '地址是', '阳光小区');
  const after = fc.constantFrom('', '\uff0c空调不制冷', '\u3002', ' 谢谢', '漏水了', '家里有人');

  it('is never readable, wherever it stands and whatever leads to it', () => {
    fc.assert(
      fc.property(before, building, way, door, after, (lead, house, entrance, flat, rest) => {
        const shown = maskDoors(`${lead}${house}${entrance}${flat}${rest}`);
        expect(shown).toBe(`${lead}***${rest}`);
      }),
    );
  });

  it('what is no door stays, whatever building is named before it', () => {
    const harmless = fc.oneof(
      fc
        .tuple(number(100, 3_000), fc.constantFrom('元', '块钱', '度电', '瓦', 'W', 'V', '升', '平米', '年', '多户'))
        .map((it) => it.join('')),
      fc.tuple(fc.constantFrom('E', 'F', 'H'), number(1, 99)).map((it) => it.join('')),
      fc.tuple(number(10, 23), fc.constantFrom(':00', ':30', '点', '号上午')).map((it) => it.join('')),
      fc.constantFrom('BX-20261120-0031', 'KFR-35GW/13', '2026-11-21', '138****8000', '2台空调'),
    );
    fc.assert(
      fc.property(building, fc.constantFrom('', '的', '\uff0c修了'), harmless, after, (house, link, what, rest) => {
        const text = `${house}${link}${what}${rest}`;
        expect(maskDoors(text)).toBe(text);
      }),
    );
  });

  it('a long text of buildings is read in no time', () => {
    const startedAt = performance.now();
    for (const it of ['3号楼', '3单元 ', '1 ', '1-', 'A座,', '一', '12楼1']) maskDoors(it.repeat(5_000));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
