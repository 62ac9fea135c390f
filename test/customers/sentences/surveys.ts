/** How people rate a repair, or don't. By score, 1 to 5. */
export const SCORES: Readonly<Record<number, readonly string[]>> = {
  5: ['5', '5分', '很满意', '五分', '⭐⭐⭐⭐⭐', '非常满意,师傅很专业', '满分', '给5分'],
  4: ['4', '4分', '满意', '四分', '四星', '打4分吧'],
  3: ['3', '3分', '一般', '一般般', '三分', '马马虎虎吧'],
  2: ['2', '2分', '不太满意', '不满意', '两分', '两颗星'],
  1: ['1', '1分', '很不满意', '非常不满意', '一分', '一星'],
};

export const REASONS = ['来得太晚了', '收费有点高', '师傅话都不说一句', '弄得满地都是灰也不收拾', '等了两个小时', '约了三次才来'];

/** Said by those for whom it is not solved. */
export const REASONS_UNSOLVED = ['才两天又坏了', '修完还有响声', '根本没修到点子上', '等了两个小时'];

export const SOLVED = ['解决了', '修好了', '好了,能用了', '嗯,解决了'];
export const UNSOLVED = ['没解决', '还跟原来一样', '没有,还是不行', '没修好'];

export const DECLINED = ['不评了', '跳过', '没空', '算了不打分'];

/** {fault} is of another appliance. */
export const SOMETHING_NEW = ['{fault},也帮我约一下', '对了,{fault},能再约个师傅吗', '正好问一下,{fault}', '{fault}'];
